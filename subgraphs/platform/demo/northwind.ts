import { isInEu } from '@valeo/kit/eu.ts';
import type { TaskRun } from '@valeo/kit/task.ts';
import { fromUnits, toUnits } from '@valeo/money/decimal.ts';
import { countryCode } from '../import/countries.ts';
import { addDays, DemoData, type Row, readTable, required } from './demo-data.ts';

const SOURCE = 'northwind';
const QUOTES = 120;
const DELIVERIES = 150;
const OPPORTUNITIES = 40;
/** Quotes go out this long before the order. */
const QUOTE_LEAD_DAYS = 7;
/** Before the first order. */
const OPENING_DAY = '1996-07-01';
const BEVERAGES = '1';

/** Names that the file uses besides those of `countries.ts`. */
const COUNTRIES: Readonly<Record<string, string>> = {
  Argentina: 'AR',
  Ireland: 'IE',
  Mexico: 'MX',
  UK: 'GB',
  Venezuela: 'VE',
};
const codeOf = (name: string | undefined) => COUNTRIES[name ?? ''] ?? countryCode(name ?? '') ?? 'DE';

/**
 * The second company: customers, suppliers, products, its orders, and quotes, deliveries, opportunities and calls derived from
 * them. Adds only what is missing.
 */
export async function seedNorthwind(run: TaskRun): Promise<void> {
  const data = new DemoData(run, SOURCE);
  const orders = readTable('northwind/orders');
  const details = Map.groupBy(readTable('northwind/order_details'), (row) => row.orderID ?? '');
  const products = new Map(readTable('northwind/products').map((row) => [row.productID ?? '', row]));
  const shipped = orders.filter((order) => order.shippedDate).slice(0, DELIVERIES);
  await run.progress(0.1, { de: 'Partner und Artikel', en: 'Partners and articles' });
  const partners = await seedPartners(data);
  const articles = await seedArticles(
    data,
    [...products.values()],
    shipped.flatMap((order) => details.get(order.orderID ?? '') ?? []),
  );

  const lines = (order: Row) =>
    (details.get(order.orderID ?? '') ?? []).map((line) => ({
      articleId: required(articles, line.productID ?? ''),
      quantity: line.quantity,
      unitPrice: discounted(line.unitPrice ?? '0', line.discount ?? '0'),
      taxCode: taxCode(order, products.get(line.productID ?? '')),
    }));
  const head = (order: Row) => ({
    customerId: required(partners, order.customerID ?? ''),
    country: codeOf(order.shipCountry),
    reference: order.orderID,
    lines: lines(order),
  });
  await run.progress(0.4, { de: 'Aufträge', en: 'Orders' });
  const stored = await data.stored('salesOrders', 'SalesOrder');
  const orderItems = orders.map((order): [string, object] => [
    order.orderID ?? '',
    { ...head(order), orderedOn: dayOf(order.orderDate), requestedOn: dayOf(order.requiredDate) },
  ]);
  await data.ensure('createSalesOrders', 'salesOrders', stored, new Map(orderItems), { confirm: true });

  await run.progress(0.7, { de: 'Angebote und Lieferungen', en: 'Quotes and deliveries' });
  const quoteItems = orders
    .slice(0, QUOTES)
    .map((order): [string, object] => [
      order.orderID ?? '',
      { ...head(order), quotedOn: addDays(dayOf(order.orderDate), -QUOTE_LEAD_DAYS), status: 'ACCEPTED' },
    ]);
  await data.ensure('createQuotes', 'quotes', await data.stored('quotes', 'Quote'), new Map(quoteItems));
  const deliveryItems = shipped.map((order): [string, object] => [
    order.orderID ?? '',
    {
      orderId: required(stored, order.orderID ?? ''),
      deliverOn: dayOf(order.shippedDate),
      address: addressOf(
        order.shipName,
        order.shipAddress,
        order.shipPostalCode,
        order.shipCity,
        codeOf(order.shipCountry),
      ),
    },
  ]);
  await data.ensure(
    'createDeliveries',
    'deliveries',
    await data.stored('deliveries', 'Delivery'),
    new Map(deliveryItems),
    { ship: true },
  );
  await seedRelations(run, data, orders.slice(-OPPORTUNITIES), details, partners);
}

const dayOf = (moment: string | undefined) => (moment ?? '').slice(0, 10);

/** Price less the line's discount; both have two places, so four are exact. */
const discounted = (price: string, discount: string) => fromUnits(toUnits(price, 2) * (100n - toUnits(discount, 2)), 4);

/** Beverages bear the full rate, other food the reduced one; goods to third countries none. */
function taxCode(order: Row, product: Row | undefined): string {
  if (!isInEu(codeOf(order.shipCountry), dayOf(order.orderDate))) return 'AUS';
  return product?.categoryID === BEVERAGES ? 'U19' : 'U7';
}

const addressOf = (
  name: string | undefined,
  street?: string,
  postalCode?: string,
  city?: string,
  country?: string,
) => ({
  name: name || undefined,
  street: street || undefined,
  postalCode: postalCode || undefined,
  city: city || undefined,
  country,
});

async function seedPartners(data: DemoData): Promise<Map<string, string>> {
  const partners = await data.stored('businessPartners', 'BusinessPartner');
  const item = (row: Row, kind: string) => ({
    name: row.companyName,
    kinds: [kind],
    country: codeOf(row.country),
    language: ['DE', 'AT', 'CH'].includes(codeOf(row.country)) ? 'de' : 'en',
    paymentTermDays: 30,
    phone: row.phone || undefined,
    billingAddress: addressOf(undefined, row.address, row.postalCode, row.city, codeOf(row.country)),
    contacts: [{ name: row.contactName, role: row.contactTitle }],
  });
  const items = [
    ...readTable('northwind/customers').map((row): [string, object] => [row.customerID ?? '', item(row, 'CUSTOMER')]),
    ...readTable('northwind/suppliers').map((row): [string, object] => [
      `supplier ${row.supplierID}`,
      item(row, 'SUPPLIER'),
    ]),
  ];
  await data.ensure('createBusinessPartners', 'businessPartners', partners, new Map(items));
  return partners;
}

/** Products with an opening stock of what the file says is left plus what is delivered out of it. */
async function seedArticles(
  data: DemoData,
  products: readonly Row[],
  delivered: readonly Row[],
): Promise<Map<string, string>> {
  const sku = (product: Row) => `NW-${product.productID?.padStart(3, '0')}`;
  const groups = new Map(readTable('northwind/categories').map((row) => [row.categoryID, row.categoryName]));
  const bySku = await data.found('articles', 'Article', 'sku', products.map(sku));
  const articles = new Map(
    products.flatMap((product): [string, string][] => {
      const id = bySku.get(sku(product));
      return id ? [[product.productID ?? '', id]] : [];
    }),
  );
  const items = products.map((product): [string, object] => [
    product.productID ?? '',
    {
      sku: sku(product),
      name: product.productName,
      description: product.quantityPerUnit || undefined,
      price: product.unitPrice,
      taxCode: product.categoryID === BEVERAGES ? 'U19' : 'U7',
      category: groups.get(product.categoryID ?? '') ?? '',
      reorderPoint: product.reorderLevel,
    },
  ]);
  await data.ensure('createArticles', 'articles', articles, new Map(items));

  const quantities = Map.groupBy(delivered, (line) => line.productID);
  const opening = products.map((product) => ({
    product,
    number: `nw-stock-${product.productID}`,
    quantity: (quantities.get(product.productID) ?? []).reduce(
      (total, line) => total + Number(line.quantity),
      Number(product.unitsInStock),
    ),
  }));
  const stored = await data.found(
    'stockMovements',
    'StockMovement',
    'externalNumber',
    opening.map(({ number }) => number),
  );
  const movements = opening
    .filter(({ number, quantity }) => quantity > 0 && !stored.has(number))
    .map(({ product, number, quantity }) => ({
      articleId: required(articles, product.productID ?? ''),
      quantity: String(quantity),
      reason: 'Abgeleiteter Anfangsbestand',
      kind: 'OPENING',
      derived: true,
      movedOn: OPENING_DAY,
      externalNumber: number,
    }));
  if (movements.length > 0) await data.bulk('adjustStock', 'stockMovements', { items: movements });
  return articles;
}

/** Opportunities as large as the last orders, and a call about each. */
async function seedRelations(
  run: TaskRun,
  data: DemoData,
  orders: readonly Row[],
  details: ReadonlyMap<string, readonly Row[]>,
  partners: ReadonlyMap<string, string>,
): Promise<void> {
  const count = async (list: string) =>
    (await run.graph<Record<string, { totalCount: number }>>(`{ ${list}(first: 1) { totalCount } }`, {}))[list]
      ?.totalCount ?? 0;
  const stages = ['NEW', 'QUALIFIED'];
  const amountOf = (order: Row) =>
    (details.get(order.orderID ?? '') ?? []).reduce(
      (total, line) => total + toUnits(line.unitPrice ?? '0', 2) * BigInt(line.quantity ?? '0'),
      0n,
    );
  if ((await count('opportunities')) === 0) {
    const items = orders.map((order, index) => ({
      title: `Folgeauftrag zu ${order.orderID}`,
      partnerId: required(partners, order.customerID ?? ''),
      stage: stages[index % stages.length],
      expectedAmount: fromUnits(amountOf(order), 2),
      expectedCloseOn: `2026-12-${String(1 + (index % 28)).padStart(2, '0')}`,
    }));
    await data.bulk('createOpportunities', 'opportunities', { items });
  }
  if ((await count('activities')) === 0) {
    const items = orders.map((order) => ({
      kind: 'CALL',
      subject: `Rückfrage zum Auftrag ${order.orderID}`,
      partnerId: required(partners, order.customerID ?? ''),
      dueOn: dayOf(order.requiredDate),
      doneAt: `${dayOf(order.orderDate)}T09:00:00Z`,
    }));
    await data.bulk('createActivities', 'activities', { items });
  }
}
