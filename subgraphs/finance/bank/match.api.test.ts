import { newId } from '@valeo/kit/ids.ts';
import { twoTenants, withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { finance } from '../finance.subgraph.ts';

const { one, two, ask, answer, mutate, publish } = await twoTenants(finance);
const customer = newId();

const NODE = `id status partner { id } journalEntry { id text source reversedBy { id } lines { account { number } debit { amount } credit { amount } } }
  openItem { id } settlements { openItem { reference openAmount { amount } status } amount { amount } }`;
const run = (name: string, input: object, caller = one) =>
  mutate(name, input, `bankTransaction { ${NODE} } error { code fields { path code } }`, caller);
const create = async (amount: string): Promise<string> =>
  (
    await run('createBankTransaction', {
      bankAccount: 'DE02',
      bookedOn: '2024-02-01',
      amount,
      counterpartName: 'Bank',
      purpose: 'x',
    })
  ).bankTransaction.id;
const match = (id: string, input: object, caller = one) => run('matchBankTransaction', { id, ...input }, caller);
const unmatch = (id: string, more: object = {}) =>
  run('unmatchBankTransaction', { id, postedOn: '2024-02-02', reason: 'Wrong item', ...more });

/** Opens an item of the customer: a claim, or with a minus a credit. */
async function claim(amount: string, reference: string): Promise<string> {
  const size = amount.replace('-', '');
  const [own, other] = amount.startsWith('-') ? ['credit', 'debit'] : ['debit', 'credit'];
  await ask(
    one,
    'mutation ($input: PostJournalEntriesInput!) { postJournalEntries(input: $input) { errors { message } } }',
    {
      input: {
        entries: [
          {
            postedOn: '2024-01-02',
            text: reference,
            reference,
            lines: [
              { customerId: customer, [own as string]: size },
              { account: '8400', [other as string]: size },
            ],
          },
        ],
      },
    },
  );
  return (await items(reference))[0].node.id;
}
const items = async (reference: string) =>
  (
    await ask(
      one,
      'query ($r: String) { openItems(filter: { reference: { eq: $r } }) { edges { node { id status account openAmount { amount } } } } }',
      { r: reference },
    )
  ).openItems.edges;
const open = async (reference: string) => (await items(reference))[0].node.openAmount.amount;
const shownLines = (transaction: { journalEntry: { lines: Record<string, { number: string; amount: string }>[] } }) =>
  transaction.journalEntry.lines.map(
    ({ account, debit, credit }) => `${account?.number} ${debit?.amount} ${credit?.amount}`,
  );

beforeAll(() => publish(one, 'crm.BusinessPartner', customer, { name: 'Kunde', country: 'DE' }));

describe('matching', () => {
  test('settles several items, one of them in part, less a credit and less charges', async () => {
    const wanted = [
      [await claim('100.00', 'A1'), '100.00'],
      [await claim('50.00', 'A2'), '30.00'],
      [await claim('-20.00', 'A3'), '-20.00'],
    ] as const;
    const { bankTransaction } = await match(await create('105.00'), {
      items: wanted.map(([openItemId, amount]) => ({ openItemId, amount })),
      lines: [{ account: '4970', amount: '-5.00', text: 'Charges' }],
    });
    expect(bankTransaction).toMatchObject({ status: 'MATCHED', partner: { id: customer }, openItem: null });
    expect(shownLines(bankTransaction)).toEqual([
      '1200 105.00 0.00',
      '10000 0.00 100.00',
      '10000 0.00 30.00',
      '10000 20.00 0.00',
      '4970 5.00 0.00',
    ]);
    expect(
      bankTransaction.settlements
        .map(({ openItem }: { openItem: { reference: string; status: string } }) =>
          [openItem.reference, openItem.status].join(' '),
        )
        .sort(),
    ).toEqual(['A1 CLEARED', 'A2 PARTIAL', 'A3 CLEARED']);
    expect([await open('A1'), await open('A2'), await open('A3')]).toEqual(['0.00', '20.00', '0.00']);
  });

  test('posts to accounts alone, with the tax split off', async () => {
    const { bankTransaction } = await match(await create('-11.90'), {
      lines: [{ account: '4970', amount: '-11.90', taxCode: 'V19' }],
      text: 'Charges January',
    });
    expect(shownLines(bankTransaction)).toEqual(['1200 0.00 11.90', '4970 10.00 0.00', '1576 1.90 0.00']);
    expect(bankTransaction.journalEntry).toMatchObject({
      text: 'Charges January',
      source: `finance.BankTransaction:${bankTransaction.id}`,
    });
  });

  test('what is paid too much stands open on the account of the partner', async () => {
    const { bankTransaction } = await match(await create('12.00'), {
      items: [{ openItemId: await claim('10.00', 'B1'), amount: '10.00' }],
      lines: [{ account: '10000', amount: '2.00' }],
    });
    const { openItems } = await ask(
      one,
      'query ($p: ID) { openItems(filter: { partnerId: { eq: $p }, amount: { eq: "-2.00" } }) { edges { node { openAmount { amount } } } } }',
      { p: customer },
    );
    expect(openItems.edges).toMatchObject([{ node: { openAmount: { amount: '-2.00' } } }]);
    await unmatch(bankTransaction.id);
    expect(await open('B1')).toBe('10.00');
  });

  test('tells every fault at its place, and posts nothing', async () => {
    const item = await claim('10.00', 'C1');
    const id = await create('10.00');
    expect(
      (
        await match(id, {
          items: [
            { openItemId: item, amount: '10.01' },
            { openItemId: item, amount: '-1.00' },
            { openItemId: newId(), amount: '1.00' },
            { openItemId: item, amount: '0' },
          ],
          lines: [
            { account: '4970', amount: '1.00', taxCode: 'X' },
            { account: '4970', amount: '0.00' },
          ],
        })
      ).error.fields.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`),
    ).toEqual([
      'items.0.amount AMOUNT_EXCEEDS_OPEN',
      'items.1.amount AMOUNT_EXCEEDS_OPEN',
      'items.2.openItemId UNKNOWN_OPEN_ITEM',
      'items.3.amount AMOUNT_ZERO',
      'lines.0.taxCode UNKNOWN_TAX_CODE',
      'lines.1.amount AMOUNT_ZERO',
    ]);
    // The same item twice cannot be settled beyond what is open.
    const twice = [
      { openItemId: item, amount: '6.00' },
      { openItemId: item, amount: '6.00' },
    ];
    expect((await match(id, { items: twice })).error.fields).toMatchObject([{ path: 'items.1.amount' }]);
    expect((await match(id, { items: [{ openItemId: item, amount: '9.00' }] })).error).toMatchObject({
      code: 'AMOUNT_NOT_ASSIGNED',
      fields: [{ path: 'items' }],
    });
    expect((await match(id, {})).error.code).toBe('AMOUNT_NOT_ASSIGNED');
    expect((await match(id, { lines: [{ account: '1400', amount: '10.00' }] })).error).toMatchObject({
      code: 'CONTROL_ACCOUNT',
      fields: [{ path: 'lines.0.account' }],
    });
    expect(await open('C1')).toBe('10.00');
  });
});

describe('taking a match back', () => {
  test('reverses the entry and opens the items, and the transaction can be posted otherwise', async () => {
    const id = await create('40.00');
    const item = await claim('40.00', 'D1');
    const matched = (await match(id, { openItemId: item })).bankTransaction;
    const { bankTransaction } = await unmatch(id);
    expect(bankTransaction).toMatchObject({ status: 'OPEN', journalEntry: null, openItem: null, settlements: [] });
    expect((await items('D1'))[0].node).toMatchObject({ status: 'OPEN', openAmount: { amount: '40.00' } });
    const { journalEntry } = await ask(one, 'query ($id: ID!) { journalEntry(id: $id) { reversedBy { text } } }', {
      id: matched.journalEntry.id,
    });
    expect(journalEntry.reversedBy.text).toMatch(/^Storno .*: Wrong item$/);
    expect((await unmatch(id)).error.code).toBe('NOT_MATCHED');

    const again = await match(id, { lines: [{ account: '2700', amount: '40.00' }] });
    expect(again.bankTransaction).toMatchObject({ status: 'MATCHED' });
    expect((await match(id, { openItemId: item })).error.code).toBe('ALREADY_MATCHED');
    expect((await unmatch(id)).bankTransaction.status).toBe('OPEN');
  });

  test.each([
    ['has not been used', '0', []],
    ['was paid back in part', '15.00', ['15.00']],
    ['was paid back', '40.00', ['40.00']],
  ])(
    'an item that was reversed meanwhile and its credit, which %s, settle each other (rules 38, 54)',
    async (name, refunded, left) => {
      const id = await create('40.00');
      const item = await claim('40.00', `R ${name}`);
      await match(id, { openItemId: item });
      const { openItem } = await ask(one, 'query ($id: ID!) { openItem(id: $id) { journalEntry { id } } }', {
        id: item,
      });
      await ask(
        one,
        'mutation ($input: ReverseJournalEntryInput!) { reverseJournalEntry(input: $input) { error { code } } }',
        { input: { id: openItem.journalEntry.id, postedOn: '2024-02-01', reason: 'Storno' } },
      );
      const all = async () =>
        (await items(`R ${name}`)).map(({ node }: { node: { id: string; openAmount: { amount: string } } }) => node);
      const credit = (await all()).find(
        (node: { openAmount: { amount: string } }) => node.openAmount.amount === '-40.00',
      );
      if (refunded !== '0')
        await match(await create(`-${refunded}`), { items: [{ openItemId: credit.id, amount: `-${refunded}` }] });
      expect((await unmatch(id)).error).toBeNull();
      const open = (await all()).flatMap((node: { openAmount: { amount: string } }) =>
        node.openAmount.amount === '0.00' ? [] : [node.openAmount.amount],
      );
      expect(open).toEqual(left);
    },
  );

  test('is refused once the credit from it is used, in a closed month, and to others', async () => {
    const id = await create('7.00');
    await match(id, { lines: [{ account: '10000', amount: '7.00' }] });
    const { openItems } = await ask(
      one,
      'query ($p: ID) { openItems(filter: { partnerId: { eq: $p }, amount: { eq: "-7.00" } }) { edges { node { id } } } }',
      { p: customer },
    );
    const refund = await create('-3.00');
    await match(refund, { items: [{ openItemId: openItems.edges[0].node.id, amount: '-3.00' }] });
    expect((await unmatch(id)).error.code).toBe('CREDIT_USED');
    await unmatch(refund);
    await ask(one, 'mutation ($input: SetPeriodStateInput!) { setPeriodState(input: $input) { error { code } } }', {
      input: { fiscalYear: 2025, month: 5, state: 'LOCKED' },
    });
    expect((await unmatch(id, { postedOn: '2025-05-05' })).error).toMatchObject({
      code: 'PERIOD_CLOSED',
      fields: [{ path: 'postedOn' }],
    });
    expect((await unmatch(id, { postedOn: '2019-05-05' })).error).toMatchObject({
      code: 'DATE_OUT_OF_RANGE',
      fields: [{ path: 'postedOn' }],
    });
    const input = { id, postedOn: '2024-02-02', reason: 'x' };
    expect((await run('unmatchBankTransaction', input, two)).error.code).toBe('NOT_FOUND');
    const { errors } = await answer(
      withPermissions(one, 'finance:write'),
      'mutation ($input: UnmatchBankTransactionInput!) { unmatchBankTransaction(input: $input) { error { code } } }',
      { input },
    );
    expect(errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await unmatch(id)).bankTransaction.status).toBe('OPEN');
  });
});

test('an entry with items on two accounts has each settled alone', async () => {
  const other = newId();
  await publish(one, 'crm.BusinessPartner', other, { name: 'Andere', country: 'DE' });
  await ask(
    one,
    'mutation ($input: PostJournalEntriesInput!) { postJournalEntries(input: $input) { errors { message } } }',
    {
      input: {
        entries: [
          {
            postedOn: '2024-01-02',
            text: 'Two',
            reference: 'TWO',
            lines: [
              { customerId: customer, debit: '10.00' },
              { customerId: other, debit: '10.00' },
              { account: '8400', credit: '20.00' },
            ],
          },
        ],
      },
    },
  );
  const [first, second] = (await items('TWO')).map(({ node }: { node: { id: string } }) => node.id);
  await match(await create('4.00'), { openItemId: first });
  const left = new Map(
    (await items('TWO')).map(({ node }: { node: { id: string; openAmount: { amount: string } } }) => [
      node.id,
      node.openAmount.amount,
    ]),
  );
  expect([left.get(first), left.get(second)]).toEqual(['6.00', '10.00']);
});

test('the account of the partner who pays is not that of the bank', async () => {
  const account = (await items('TWO'))[0].node.account;
  const [{ node }] = await items('TWO');
  const refused = await match(await create('3.00'), { openItemId: node.id, account });
  expect(refused.error).toMatchObject({ code: 'CONTROL_ACCOUNT', fields: [{ path: 'account' }] });
});
