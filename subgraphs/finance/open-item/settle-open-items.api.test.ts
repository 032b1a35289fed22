import { newId } from '@valeo/kit/ids.ts';
import { twoTenants, withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { finance } from '../finance.subgraph.ts';

const { one, two, ask, answer, mutate, publish, sql } = await twoTenants(finance);
const customer = newId();
const other = newId();

beforeAll(async () => {
  await publish(one, 'crm.BusinessPartner', customer, { name: 'Kunde', country: 'DE' });
  await publish(one, 'crm.BusinessPartner', other, { name: 'Anderer', country: 'DE' });
});

// Whatever a test does: each personal account is the sum of its items (rule 47).
afterEach(async () => {
  expect(
    await sql(
      `SELECT a.account FROM (SELECT account, sum(debit - credit) AS balance FROM finance.account_day WHERE personal GROUP BY 1) a
       LEFT JOIN (SELECT account, sum(open_amount) AS open FROM finance.open_item GROUP BY 1) i USING (account) WHERE a.balance <> coalesce(i.open, 0)`,
    ),
  ).toEqual([]);
});

let count = 0;
/** Opens an item: a claim, or with a minus a credit. */
async function item(amount: string, customerId = customer): Promise<{ id: string; reference: string }> {
  count += 1;
  const reference = `B-${count}`;
  const size = amount.replace('-', '');
  const [own, across] = amount.startsWith('-') ? ['credit', 'debit'] : ['debit', 'credit'];
  const lines = [
    { customerId, [own as string]: size },
    { account: '8400', [across as string]: size },
  ];
  const entries = [{ postedOn: '2024-01-02', text: reference, reference, lines }];
  await mutate('postJournalEntries', { entries }, 'errors { message }');
  const { openItems } = await ask(
    one,
    'query ($r: String) { openItems(filter: { reference: { eq: $r } }) { edges { node { id } } } }',
    { r: reference },
  );
  return { id: openItems.edges[0].node.id, reference };
}
const open = async (...items: { id: string }[]) => {
  const rows = await sql<{ id: string; open_amount: string }>('SELECT id, open_amount FROM finance.open_item');
  return items.map(({ id }) => rows.find((row) => row.id === id)?.open_amount);
};
const settle = (items: readonly [{ id: string }, string?][], more: object = {}, caller = one) =>
  mutate(
    'settleOpenItems',
    { items: items.map(([{ id }, amount]) => ({ openItemId: id, amount })), settledOn: '2024-02-01', ...more },
    'journalEntry { id text lines { account { number } debit { amount } credit { amount } } } error { code message fields { path code } }',
    caller,
  );

test('a credit pays a part of an invoice without any money, and the reversal opens both again', async () => {
  const [invoice, credit] = [await item('119.00'), await item('-19.00')];
  const { journalEntry } = await settle([[invoice, '19.00'], [credit]]);
  expect(journalEntry).toMatchObject({
    text: `Ausgleich ${invoice.reference}, ${credit.reference} Kunde`,
    lines: [{ credit: { amount: '19.00' } }, { debit: { amount: '19.00' } }],
  });
  expect(await open(invoice, credit)).toEqual(['100.00', '0.00']);

  const reverse = () =>
    mutate(
      'reverseJournalEntry',
      { id: journalEntry.id, postedOn: '2024-02-03', reason: 'Wrong invoice' },
      'journalEntry { id } error { code }',
    );
  expect((await reverse()).error).toBeNull();
  expect(await open(invoice, credit)).toEqual(['119.00', '-19.00']);
  expect((await reverse()).error.code).toBe('ALREADY_REVERSED');
});

test('several items are settled at once, each up to what is open of it', async () => {
  const [a, b, credit] = [await item('10.00'), await item('20.00'), await item('-30.00')];
  expect((await settle([[a, '10.01'], [b], [credit]])).error).toMatchObject({
    code: 'AMOUNT_EXCEEDS_OPEN',
    fields: [{ path: 'items.0.amount' }],
  });
  expect((await settle([[a, '-1.00'], [credit]])).error.code).toBe('AMOUNT_EXCEEDS_OPEN');
  expect((await settle([[a, '0.00'], [credit]])).error.code).toBe('AMOUNT_ZERO');
  expect((await settle([[a], [b, '15.00'], [credit]])).error).toMatchObject({
    code: 'AMOUNT_NOT_ASSIGNED',
    message: 'Claims and credits differ by -€5.00.',
  });
  expect((await settle([[a], [b], [credit]])).error).toBeNull();
  expect(await open(a, b, credit)).toEqual(['0.00', '0.00', '0.00']);
  // Twice named counts twice.
  const [claim, back] = [await item('10.00'), await item('-10.00')];
  expect((await settle([[claim, '6.00'], [claim, '6.00'], [back]])).error.code).toBe('AMOUNT_EXCEEDS_OPEN');
  expect((await settle([[claim, '6.00'], [claim, '4.00'], [back]])).error).toBeNull();
});

test('two at the same time do not settle an item twice', async () => {
  const [claim, credit] = [await item('50.00'), await item('-50.00')];
  const answers = await Promise.all([settle([[claim], [credit]]), settle([[credit], [claim]])]);
  expect(answers.map(({ error }) => error?.code ?? 'OK').sort()).toEqual(['AMOUNT_ZERO', 'OK']);
});

test('only items of one partner and of the own company, in an open period and by who may post', async () => {
  const [claim, credit, foreign] = [await item('10.00'), await item('-10.00'), await item('-10.00', other)];
  expect((await settle([[claim], [foreign]])).error).toMatchObject({
    code: 'PARTNERS_DIFFER',
    fields: [{ path: 'items.1.openItemId' }],
  });
  expect((await settle([[claim], [credit]], {}, two)).error.code).toBe('UNKNOWN_OPEN_ITEM');
  await mutate('setPeriodState', { fiscalYear: 2023, month: 5, state: 'LOCKED' }, 'error { code }');
  expect((await settle([[claim], [credit]], { settledOn: '2023-05-02' })).error).toMatchObject({
    code: 'PERIOD_CLOSED',
    fields: [{ path: 'settledOn' }],
  });
  const query = 'mutation ($input: SettleOpenItemsInput!) { settleOpenItems(input: $input) { error { code } } }';
  const input = { items: [claim, credit].map(({ id }) => ({ openItemId: id })) };
  expect((await answer(withPermissions(one, 'finance:write'), query, { input })).errors).toMatchObject([
    { code: 'FORBIDDEN' },
  ]);
  expect(await open(claim, credit)).toEqual(['10.00', '-10.00']);
});
