import { afterEach, expect, test } from 'vitest';
import { invoicing } from '../testing/invoicing.ts';

const { ask, one, sql, bank, mutate, posted, postage } = await invoicing();

// Whatever a test does: each personal account is the sum of its items (rule 47).
afterEach(async () => {
  expect(
    await sql(
      `SELECT a.account FROM (SELECT account, sum(debit - credit) AS balance FROM finance.account_day WHERE personal GROUP BY 1) a
       LEFT JOIN (SELECT account, sum(open_amount) AS open FROM finance.open_item GROUP BY 1) i USING (account) WHERE a.balance <> coalesce(i.open, 0)`,
    ),
  ).toEqual([]);
});

const itemOf = async (reference: string): Promise<string> =>
  (
    await ask(one, 'query ($r: String) { openItems(filter: { reference: { eq: $r } }) { edges { node { id } } } }', {
      r: reference,
    })
  ).openItems.edges[0].node.id;
const received = async (amount: string, bookedOn: string): Promise<string> =>
  (await bank('createBankTransaction', { bankAccount: 'DE1', bookedOn, amount }, 'bankTransaction { id }'))
    .bankTransaction.id;
const match = (id: string, input: object) =>
  bank(
    'matchBankTransaction',
    { id, ...input },
    'bankTransaction { journalEntry { number lines { account { number } debit { amount } } } } error { code }',
  );
const cancel = (id: string) =>
  mutate('cancelSalesInvoice', { id, reason: 'Goods sent back' }, one, 'cancellation { number openAmount { amount } }');

/** 116.00 of 2020-12, of which 2 % are kept back in January. */
const of2020 = () =>
  posted({
    suppliedOn: '2020-12-30',
    issuedOn: '2020-12-30',
    lines: [{ articleId: postage, quantity: '1', unitPrice: '100.00' }],
  });

test('an invoice with a cash discount on a bank posting is cancelled once the assignment is taken back, and credits what was paid', async () => {
  const invoice = await of2020();
  const id = await received('113.68', '2021-01-08');
  const discount = { account: '8736', amount: '-2.32', taxCode: 'U19' };
  const { bankTransaction } = await match(id, {
    items: [{ openItemId: await itemOf(invoice.number), amount: '116.00' }],
    lines: [discount],
  });
  const { error } = await cancel(invoice.id);
  expect(error).toMatchObject({
    code: 'DISCOUNT_ON_BANK',
    message: expect.stringContaining(`${bankTransaction.journalEntry.number} of 8 Jan 2021`),
  });

  await bank('unmatchBankTransaction', { id, postedOn: '2021-01-08', reason: 'Cancelled' }, 'error { code }');
  const { cancellation } = await cancel(invoice.id);
  expect(cancellation.openAmount.amount).toBe('0.00');
  await match(id, { lines: [{ account: '10000', amount: '113.68' }] });
  expect(await sql(`SELECT open_amount FROM finance.open_item WHERE open_amount <> 0`)).toEqual([
    { open_amount: '-113.68' },
  ]);
  expect(
    await sql(
      `SELECT account, sum(debit - credit) AS rest FROM finance.account_day WHERE account IN ('8736', '8400', '1776') GROUP BY 1 HAVING sum(debit - credit) <> 0`,
    ),
  ).toEqual([]);
});

test('a payment without discount does not stand in the way, whatever else the bank booked with it', async () => {
  const invoice = await of2020();
  await match(await received('111.00', '2021-01-08'), {
    items: [{ openItemId: await itemOf(invoice.number), amount: '116.00' }],
    lines: [{ account: '4970', amount: '-5.00' }],
  });
  expect((await cancel(invoice.id)).cancellation.openAmount.amount).toBe('116.00');
});

test('a discount takes the rate of its documents and not that of the bank’s day; everything else that of its date of supply (rules 8, 15)', async () => {
  const lines = async (more: object, number: string) => {
    const invoice = await of2020();
    const { bankTransaction } = await match(await received('113.68', '2021-01-08'), {
      items: [{ openItemId: await itemOf(invoice.number), amount: '116.00' }],
      lines: [{ account: number, amount: '-2.32', taxCode: 'U19', ...more }],
    });
    return bankTransaction.journalEntry.lines
      .filter(({ account }: { account: { number: string } }) => [number, '1776'].includes(account.number))
      .map(({ debit }: { debit: { amount: string } }) => debit.amount);
  };
  expect(await lines({}, '8736')).toEqual(['2.00', '0.32']);
  expect(await lines({ suppliedOn: '2021-01-02' }, '8736')).toEqual(['1.95', '0.37']);
  expect(await lines({}, '8400')).toEqual(['1.95', '0.37']);
  expect(await lines({ suppliedOn: '2020-12-31' }, '8400')).toEqual(['2.00', '0.32']);
});

test('items of several rates leave a discount at the rate of the day', async () => {
  const old = await of2020();
  const fresh = await posted({
    suppliedOn: '2021-01-02',
    issuedOn: '2021-01-02',
    lines: [{ articleId: postage, quantity: '1', unitPrice: '100.00' }],
  });
  const { bankTransaction } = await match(await received('232.62', '2021-01-08'), {
    items: [
      { openItemId: await itemOf(old.number), amount: '116.00' },
      { openItemId: await itemOf(fresh.number), amount: '119.00' },
    ],
    lines: [{ account: '8736', amount: '-2.38', taxCode: 'U19' }],
  });
  expect(bankTransaction.journalEntry.lines).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ account: { number: '8736' }, debit: { amount: '2.00' } }),
      expect.objectContaining({ account: { number: '1776' }, debit: { amount: '0.38' } }),
    ]),
  );
});
