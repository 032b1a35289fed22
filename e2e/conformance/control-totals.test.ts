import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Graph, signedIn } from '../graph.ts';

/** The real year, to the cent. Only what came from the file counts, so that other tests may write invoices of their own. */

const IMPORTED = '{ externalSource: { eq: "online-retail" } }';
const CONTROL = join(import.meta.dirname, '../../subgraphs/platform/demo/data/online_retail_control_totals.csv');

let owner: Graph;
beforeAll(async () => {
  owner = await signedIn();
});

const cents = (amount: string): bigint => {
  const [whole = '0', places = ''] = amount.replace('-', '').split('.');
  const value = BigInt(whole) * 100n + BigInt(places.padEnd(2, '0').slice(0, 2));
  return amount.startsWith('-') ? -value : value;
};
/** Half away from zero, from three places to two. */
const rounded = (amount: string): bigint => {
  const [whole = '0', places = ''] = amount.replace('-', '').split('.');
  const mills = BigInt(whole) * 1000n + BigInt(places.padEnd(3, '0').slice(0, 3));
  const value = (mills + 5n) / 10n;
  return amount.startsWith('-') ? -value : value;
};

/** Invoices less credit notes. */
async function net(conditions: string): Promise<bigint> {
  const { salesInvoiceTotals } = await owner.ask(
    `{ salesInvoiceTotals(filter: { and: [${IMPORTED}, ${conditions}] }) { net { amount } } }`,
  );
  return cents(salesInvoiceTotals.net.amount);
}

test('23,799 documents of sale: 19,963 invoices and 3,836 credit notes', async () => {
  const count = (filter: string) => `salesInvoices(first: 1, filter: { and: [${IMPORTED}${filter}] }) { totalCount }`;
  const counts = await owner.ask(
    `{ all: ${count('')} invoices: ${count(', { kind: { eq: INVOICE } }')} credits: ${count(', { kind: { eq: CREDIT_NOTE } }')} }`,
  );
  expect([counts.all.totalCount, counts.invoices.totalCount, counts.credits.totalCount]).toEqual([
    23_799, 19_963, 3_836,
  ]);
});

test('invoices less credit notes are 9,758,809.99 net', async () => {
  expect(await net('{}')).toBe(cents('9758809.99'));
});

test('2,098 documents became stock adjustments, and no article is below zero', async () => {
  const { articles } = await owner.ask(
    '{ articles(first: 500, filter: { kind: { eq: GOODS } }) { edges { node { sku onHand } } } }',
  );
  expect(articles.edges.filter(({ node }: any) => node.onHand?.startsWith('-'))).toEqual([]);
});

describe('net of each month', () => {
  const [, ...lines] = readFileSync(CONTROL, 'utf8').trim().split('\n');
  test.each(lines.map((line) => line.split(',')))(
    '%s',
    async (month, _documents, _lines, gross, cancellations, adjustments, total) => {
      const [year = '', number = ''] = (month ?? '').split('-');
      const last = new Date(Date.UTC(Number(year), Number(number), 0)).toISOString().slice(0, 10);
      const found = await net(`{ issuedOn: { gte: "${month}-01", lte: "${last}" } }`);
      // The control totals contain the three journal entries, which are no documents of sale.
      expect(found, `${gross} ${cancellations}`).toBe(rounded(total ?? '0') - rounded(adjustments ?? '0'));
    },
  );
});

test.each([
  [2010, '748957.02'],
  [2011, '9009852.97'],
])('net revenue of %i in the books is %s', async (fiscalYear, revenue) => {
  const { trialBalance } = await owner.ask(
    'query ($year: Int!, $through: Date!) { trialBalance(fiscalYear: $year, through: $through) { account { number type } balance } }',
    { year: fiscalYear, through: `${fiscalYear}-12-31` },
  );
  // Sales accounts of SKR03: 8000 to 8999.
  const booked = trialBalance
    .filter(({ account }: any) => /^8[0-9]{3}$/.test(account.number))
    .reduce((sum: bigint, row: any) => sum - cents(row.balance), 0n);
  expect(booked).toBe(cents(revenue));
});

test.each([2010, 2011])('the hash chain of %i is whole', async (fiscalYear) => {
  const { journalIntegrity } = await owner.ask(
    'query ($year: Int!) { journalIntegrity(fiscalYear: $year) { intact entries brokenAt { number } } }',
    { year: fiscalYear },
  );
  expect(journalIntegrity).toMatchObject({ intact: true, brokenAt: null });
  expect(journalIntegrity.entries).toBeGreaterThan(1000);
});
