import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskRun } from '@valeo/kit/task.ts';
import { amountOf, cents, lineNet, sum } from '@valeo/money/money.ts';
import { DemoData, type Row, readTable, required } from './demo-data.ts';
import { statementXml } from './statement-xml.ts';

const SOURCE = 'adventureworks';
/** Bills are derived from the first receipts; of them the first are posted, the others wait to be checked. */
const BILLS = 600;
const POSTED_BILLS = 400;
const PAID_BILLS = 40;
const BILLS_PER_CALL = 100;
/** Before the first order. */
const OPENING_DAY = '2022-04-01';
/** The wholesaler's account in the derived statement; the check digits are right, the account is nobody's. */
const BANK_ACCOUNT = 'DE02120300000000202051';
const STATEMENTS = [
  'viafintech_053_valid_example.xml',
  'viafintech_053_valid_example_with_batch.xml',
  'viafintech_053_valid_example_v8.xml',
  'genkgo_camt053.v2.multi.statement.xml',
];

/** Status in the source: 1 pending, 2 approved, 3 rejected, 4 complete. Only complete orders have come. */
const STATUS: Readonly<Record<string, string>> = { 1: 'DRAFT', 2: 'APPROVED', 3: 'CANCELLED', 4: 'SENT' };

/**
 * Purchasing and stock of the wholesaler: vendors, purchased articles, warehouses with their stock, orders, receipts, bills
 * derived from receipts, bank statements and appointments. Adds only what is missing.
 */
export async function seedAdventureWorks(run: TaskRun): Promise<void> {
  const data = new DemoData(run, SOURCE);
  const vendors = readTable('adventureworks/Vendor');
  const headers = readTable('adventureworks/PurchaseOrderHeader').sort(byDay);
  const lines = Map.groupBy(readTable('adventureworks/PurchaseOrderDetail'), (row) => row.PurchaseOrderID ?? '');
  await run.progress(0.05, { de: 'Lieferanten und Artikel', en: 'Vendors and articles' });
  const partners = await seedVendors(data, vendors);
  const articles = await seedArticles(data, lines);
  await seedStock(run, data, articles);

  await run.progress(0.2, { de: 'Bestellungen', en: 'Purchase orders' });
  const orders = await data.stored('purchaseOrders', 'PurchaseOrder');
  const linesOf = (header: Row) => lines.get(header.PurchaseOrderID ?? '') ?? [];
  await data.ensure(
    'createPurchaseOrders',
    'purchaseOrders',
    orders,
    new Map(
      headers.map((header) => [
        header.PurchaseOrderID ?? '',
        {
          supplierId: required(partners, header.VendorID ?? ''),
          orderedOn: header.OrderDate,
          expectedOn: linesOf(header)[0]?.DueDate,
          status: STATUS[header.Status ?? ''],
          lines: linesOf(header).map((line) => ({
            articleId: required(articles, line.ProductID ?? ''),
            quantity: line.OrderQty,
            unitPrice: line.UnitPrice,
          })),
        },
      ]),
    ),
  );

  await run.progress(0.5, { de: 'Wareneingänge', en: 'Goods receipts' });
  const complete = headers.filter((header) => header.Status === '4' && linesOf(header).some(came));
  const receipts = await data.stored('goodsReceipts', 'GoodsReceipt');
  await data.ensure(
    'createGoodsReceipts',
    'goodsReceipts',
    receipts,
    new Map(
      complete.map((header) => [
        header.PurchaseOrderID ?? '',
        {
          orderId: required(orders, header.PurchaseOrderID ?? ''),
          receivedOn: header.ShipDate,
          deliveryNote: `LS ${header.PurchaseOrderID}`,
          lines: linesOf(header).flatMap((line, index) =>
            came(line) ? [{ orderLine: index + 1, received: line.ReceivedQty, rejected: line.RejectedQty }] : [],
          ),
        },
      ]),
    ),
    { post: true },
  );

  await run.progress(0.8, { de: 'Eingangsrechnungen', en: 'Supplier bills' });
  const billed = complete.filter((header) => linesOf(header).some(accepted)).slice(0, BILLS);
  await seedBills(data, billed, linesOf, vendors, partners, orders);
  await seedBank(run, billed.slice(0, PAID_BILLS), linesOf, vendors);
  await seedActivities(run, data, vendors, partners);
}

const byDay = (a: Row, b: Row) =>
  (a.OrderDate ?? '') < (b.OrderDate ?? '') ? -1 : (a.OrderDate ?? '') > (b.OrderDate ?? '') ? 1 : 0;
const came = (line: Row) => Number(line.ReceivedQty) > 0;
const accepted = (line: Row) => Number(line.StockedQty) > 0;

async function seedVendors(data: DemoData, vendors: readonly Row[]): Promise<Map<string, string>> {
  const partners = await data.stored('businessPartners', 'BusinessPartner');
  const items = vendors.map((vendor): [string, object] => [
    vendor.VendorID ?? '',
    {
      name: vendor.Name,
      kinds: ['SUPPLIER'],
      country: vendor.Country,
      language: 'en',
      paymentTermDays: 30,
      billingAddress: {
        street: vendor.AddressLine1,
        city: vendor.City,
        postalCode: vendor.PostalCode,
        country: vendor.Country,
      },
      note: vendor.PreferredVendorStatus === '1' ? 'Bevorzugter Lieferant' : undefined,
    },
  ]);
  await data.ensure('createBusinessPartners', 'businessPartners', partners, new Map(items));
  return partners;
}

/** Products that were ordered, by their number in the source. */
async function seedArticles(data: DemoData, lines: ReadonlyMap<string, readonly Row[]>): Promise<Map<string, string>> {
  const ordered = new Set([...lines.values()].flatMap((rows) => rows.map((row) => row.ProductID)));
  const groups = new Map(
    readTable('adventureworks/ProductSubcategory').map((row) => [row.ProductSubcategoryID, row.Name]),
  );
  const products = readTable('adventureworks/Product').filter((product) => ordered.has(product.ProductID));
  const bySku = await data.found(
    'articles',
    'Article',
    'sku',
    products.map((product) => product.ProductNumber ?? ''),
  );
  const articles = new Map(
    products.flatMap((product): [string, string][] => {
      const id = bySku.get(product.ProductNumber ?? '');
      return id ? [[product.ProductID ?? '', id]] : [];
    }),
  );
  const items = products.map((product): [string, object] => [
    product.ProductID ?? '',
    {
      sku: product.ProductNumber,
      name: product.Name,
      price: product.ListPrice,
      category: groups.get(product.ProductSubcategoryID ?? '') ?? 'Einkaufsteile',
      reorderPoint: product.ReorderPoint,
    },
  ]);
  await data.ensure('createArticles', 'articles', articles, new Map(items));
  return articles;
}

/** Warehouses, and what lay in them. */
async function seedStock(run: TaskRun, data: DemoData, articles: ReadonlyMap<string, string>): Promise<void> {
  const locations = readTable('adventureworks/Location');
  const code = (location: string | undefined) => `AW-${location}`;
  const warehouses = await data.found(
    'warehouses',
    'Warehouse',
    'code',
    locations.map((row) => code(row.LocationID)),
  );
  for (const location of locations) {
    if (warehouses.has(code(location.LocationID))) continue;
    const { createWarehouse } = await run.graph<{ createWarehouse: { warehouse: { id: string } } }>(
      'mutation ($input: CreateWarehouseInput!) { createWarehouse(input: $input) { warehouse { id } } }',
      { input: { code: code(location.LocationID), name: location.Name } },
    );
    warehouses.set(code(location.LocationID), createWarehouse.warehouse.id);
  }
  const rows = readTable('adventureworks/ProductInventory').filter(
    (row) => articles.has(row.ProductID ?? '') && Number(row.Quantity) > 0,
  );
  const number = (row: Row) => `aw-stock-${row.ProductID}-${row.LocationID}`;
  const stored = await data.found('stockMovements', 'StockMovement', 'externalNumber', rows.map(number));
  const items = rows
    .filter((row) => !stored.has(number(row)))
    .map((row) => ({
      articleId: required(articles, row.ProductID ?? ''),
      warehouseId: required(warehouses, code(row.LocationID)),
      quantity: row.Quantity,
      reason: `Anfangsbestand Regal ${row.Shelf}, Fach ${row.Bin}`,
      kind: 'OPENING',
      movedOn: OPENING_DAY,
      externalNumber: number(row),
    }));
  if (items.length > 0) await data.bulk('adjustStock', 'stockMovements', { items: items.slice(0, 1000) });
  if (items.length > 1000) await data.bulk('adjustStock', 'stockMovements', { items: items.slice(1000) });
}

/** One bill per receipt, over what was accepted and at the prices of the order. */
async function seedBills(
  data: DemoData,
  headers: readonly Row[],
  linesOf: (header: Row) => readonly Row[],
  vendors: readonly Row[],
  partners: ReadonlyMap<string, string>,
  orders: ReadonlyMap<string, string>,
): Promise<void> {
  const bills = await data.stored('supplierInvoices', 'SupplierInvoice');
  const items = headers.map((header): [string, object] => [
    header.PurchaseOrderID ?? '',
    {
      supplierId: required(partners, header.VendorID ?? ''),
      supplierNumber: billNumber(header, vendors),
      issuedOn: header.ShipDate,
      orderId: required(orders, header.PurchaseOrderID ?? ''),
      lines: linesOf(header).flatMap((line, index) =>
        accepted(line) ? [{ orderLine: index + 1, quantity: line.StockedQty, unitPrice: line.UnitPrice }] : [],
      ),
    },
  ]);
  const create = (some: typeof items, post: boolean) =>
    data.ensure('createSupplierInvoices', 'supplierInvoices', bills, new Map(some), { post }, BILLS_PER_CALL);
  await create(items.slice(0, POSTED_BILLS), true);
  await create(items.slice(POSTED_BILLS), false);
}

const billNumber = (header: Row, vendors: readonly Row[]) =>
  `${vendors.find((vendor) => vendor.VendorID === header.VendorID)?.AccountNumber}-${header.PurchaseOrderID}`;

/** The sample statements of two banks, and one derived from payments of the first bills. */
async function seedBank(
  run: TaskRun,
  bills: readonly Row[],
  linesOf: (header: Row) => readonly Row[],
  vendors: readonly Row[],
): Promise<void> {
  const folder = join(import.meta.dirname, '..', '..', 'finance', 'data', 'camt');
  const payments = bills.map((header) => ({
    reference: `AW${header.PurchaseOrderID}`,
    day: header.ShipDate ?? '',
    amount: amountOf(sum(linesOf(header).map((line) => lineNet(line.StockedQty ?? '0', line.UnitPrice ?? '0')))),
    name: vendors.find((vendor) => vendor.VendorID === header.VendorID)?.Name ?? '',
    text: `Rechnung ${billNumber(header, vendors)}`,
  }));
  const total = sum(payments.map(({ amount }) => cents(amount)));
  const derived = statementXml(BANK_ACCOUNT, 'AW-2022', amountOf(total), payments);
  for (const xml of [derived, ...STATEMENTS.map((name) => readFileSync(join(folder, name), 'utf8'))]) {
    const { importBankStatement } = await run.graph<{ importBankStatement: { error: { message: string } | null } }>(
      'mutation ($input: ImportBankStatementInput!) { importBankStatement(input: $input) { error { message } } }',
      { input: { xml, acceptUnbalanced: true } },
    );
    if (importBankStatement.error) throw new Error(importBankStatement.error.message);
  }
}

/** A yearly talk with each preferred vendor. */
async function seedActivities(
  run: TaskRun,
  data: DemoData,
  vendors: readonly Row[],
  partners: ReadonlyMap<string, string>,
): Promise<void> {
  const { activities } = await run.graph<{ activities: { totalCount: number } }>(
    '{ activities(first: 1) { totalCount } }',
    {},
  );
  if (activities.totalCount > 0) return;
  const items = vendors
    .filter((vendor) => vendor.PreferredVendorStatus === '1')
    .slice(0, 30)
    .map((vendor, index) => ({
      kind: index % 3 === 0 ? 'MEETING' : 'CALL',
      subject: `Jahresgespräch ${vendor.Name}`,
      partnerId: required(partners, vendor.VendorID ?? ''),
      dueOn: `2026-${String(1 + (index % 12)).padStart(2, '0')}-15`,
    }));
  await data.bulk('createActivities', 'activities', { items });
}
