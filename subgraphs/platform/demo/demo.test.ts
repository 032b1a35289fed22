import { crm } from '@valeo/crm/crm.subgraph.ts';
import { finance } from '@valeo/finance/finance.subgraph.ts';
import { inventory } from '@valeo/inventory/inventory.subgraph.ts';
import type { TaskRun } from '@valeo/kit/task.ts';
import { twoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { purchasing } from '@valeo/purchasing/purchasing.subgraph.ts';
import { sales } from '@valeo/sales/sales.subgraph.ts';
import { expect, test } from 'vitest';
import { LocalGraph } from '../worker/local-graph.ts';
import { seedAdventureWorks } from './adventureworks.ts';
import { seedNorthwind } from './northwind.ts';

const { one, two, subgraphs, services, ask, sql } = await twoTenants(crm, inventory, purchasing, sales, finance);
const graph = new LocalGraph(subgraphs);
const runOf = (caller: typeof one): TaskRun => ({
  taskId: 'demo',
  caller,
  services,
  dryRun: false,
  graph: (operation, variables) => graph.ask(caller, operation, variables, 'demo'),
  progress: async () => {},
  async *openFile() {},
});
const counts = async (caller: typeof one, ...lists: string[]) =>
  Object.fromEntries(
    await Promise.all(
      lists.map(async (list) => [list, (await ask(caller, `{ ${list}(first: 1) { totalCount } }`))[list].totalCount]),
    ),
  );

test('AdventureWorks becomes purchasing and stock of a company, once', async () => {
  const lists = [
    'businessPartners',
    'articles',
    'purchaseOrders',
    'goodsReceipts',
    'supplierInvoices',
    'stockMovements',
    'bankTransactions',
    'activities',
    'journalEntries',
    'openItems',
  ];
  await seedAdventureWorks(runOf(one));
  const first = await counts(one, ...lists);
  expect(first).toMatchObject({
    businessPartners: 104,
    articles: 265,
    purchaseOrders: 4012,
    supplierInvoices: 600,
    journalEntries: 400,
    openItems: 400,
  });
  expect(first.bankTransactions).toBeGreaterThan(50);
  expect(first.activities).toBeGreaterThanOrEqual(20);
  const [row] = await sql<{ lines: number; rejected: string }>(
    `SELECT (SELECT count(*)::int FROM purchasing.purchase_order_line) AS lines,
            (SELECT trim_scale(sum(received - rejected) - (SELECT sum(quantity) FROM inventory.stock_movement WHERE kind = 'RECEIPT'))::text FROM purchasing.goods_receipt_line) AS rejected`,
  );
  expect(row).toEqual({ lines: 8845, rejected: '0' });
  await seedAdventureWorks(runOf(one));
  expect(await counts(one, ...lists)).toEqual(first);
}, 120_000);

test('Northwind becomes the sales of another company, once', async () => {
  const lists = [
    'businessPartners',
    'articles',
    'salesOrders',
    'quotes',
    'deliveries',
    'stockMovements',
    'opportunities',
    'activities',
  ];
  await seedNorthwind(runOf(two));
  const first = await counts(two, ...lists);
  expect(first).toMatchObject({
    businessPartners: 120,
    articles: 77,
    salesOrders: 830,
    quotes: 120,
    deliveries: 150,
    opportunities: 40,
    activities: 40,
  });
  const [row] = await sql<{ lowest: string }>(
    'SELECT min(on_hand) AS lowest FROM inventory.stock_balance WHERE tenant_id = $1',
    [two.tenantId],
  );
  expect(Number(row?.lowest)).toBeGreaterThanOrEqual(0);
  await seedNorthwind(runOf(two));
  expect(await counts(two, ...lists)).toEqual(first);
}, 120_000);
