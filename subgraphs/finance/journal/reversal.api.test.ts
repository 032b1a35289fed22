import { newId } from '@valeo/kit/ids.ts';
import { twoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { expect, test } from 'vitest';
import { finance } from '../finance.subgraph.ts';

const { one, ask, publish } = await twoTenants(finance);

const customer = newId();
await publish(one, 'crm.BusinessPartner', customer, { name: 'Customer', country: 'DE' });

async function posted(postedOn = '2024-05-02'): Promise<string> {
  const lines = [
    { customerId: customer, debit: '50.00' },
    { account: '8400', credit: '50.00' },
  ];
  const { postJournalEntries } = await ask(
    one,
    'mutation ($input: PostJournalEntriesInput!) { postJournalEntries(input: $input) { entries { id } errors { code } } }',
    { input: { entries: [{ postedOn, text: 'Claim', reference: 'C1', lines }] } },
  );
  return postJournalEntries.entries[0].id;
}

const reverse = async (id: string, postedOn: string) =>
  (
    await ask(
      one,
      `mutation ($input: ReverseJournalEntryInput!) {
        reverseJournalEntry(input: $input) { journalEntry { id } error { code fields { path code } } }
      }`,
      { input: { id, postedOn, reason: 'Wrong' } },
    )
  ).reverseJournalEntry;

const items = async () =>
  (
    await ask(
      one,
      `query ($filter: OpenItemFilter) { openItems(filter: $filter, orderBy: [{ field: OPEN_AMOUNT, direction: ASC }]) {
        edges { node { id amount { amount } openAmount { amount } status } } } }`,
      { filter: { partnerId: { eq: customer }, openAmount: { ne: '0' } } },
    )
  ).openItems.edges.map(({ node }: { node: object }) => node);

test('an entry is reversed once, however many ask at the same time and in whatever year (rule 38)', async () => {
  const id = await posted();
  const answers = await Promise.all(
    ['2024-05-03', '2024-05-03', '2025-01-02', '2026-01-02', '2027-01-02'].map((day) => reverse(id, day)),
  );
  expect(answers.filter(({ journalEntry }) => journalEntry)).toHaveLength(1);
  expect(answers.flatMap(({ error }) => error?.code ?? [])).toEqual(Array(4).fill('ALREADY_REVERSED'));
});

test('a reversal is not dated before its entry', async () => {
  const id = await posted('2024-06-10');
  expect((await reverse(id, '2024-06-09')).error).toMatchObject({
    code: 'DATE_OUT_OF_RANGE',
    fields: [{ path: 'postedOn' }],
  });
  expect((await reverse(id, '2024-06-10')).error).toBeNull();
});

test('the items of a reversed entry are settled; what was paid stays as a credit (rule 54)', async () => {
  expect(await items()).toEqual([]);
  const id = await posted('2024-07-01');
  const [item] = await items();
  const { createBankTransaction } = await ask(
    one,
    'mutation ($input: CreateBankTransactionInput!) { createBankTransaction(input: $input) { bankTransaction { id } } }',
    { input: { bankAccount: 'DE1', bookedOn: '2024-07-05', amount: '20.00' } },
  );
  await ask(
    one,
    'mutation ($input: MatchBankTransactionInput!) { matchBankTransaction(input: $input) { error { code } } }',
    { input: { id: createBankTransaction.bankTransaction.id, openItemId: item.id } },
  );
  expect((await reverse(id, '2024-07-10')).error).toBeNull();
  expect(await items()).toMatchObject([
    { amount: { amount: '-50.00' }, openAmount: { amount: '-20.00' }, status: 'PARTIAL' },
  ]);
});
