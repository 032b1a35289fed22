import { finance } from '@valeo/finance/finance.subgraph.ts';
import { inventory } from '@valeo/inventory/inventory.subgraph.ts';
import { newId } from '@valeo/kit/ids.ts';
import { twoTenants, withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { sales } from '../sales.subgraph.ts';

const { one, two, ask, answer, publish, statements } = await twoTenants(sales, inventory, finance);

const LINES = 'lines { position sku quantity unitPrice taxCode net';
const FIELDS: Record<string, string> = {
  quote: `id number status version validUntil gross { amount } order { id } ${LINES} }`,
  salesOrder: `id number status deliveryStatus invoiceStatus version net { amount } gross { amount } quote { id } cancelReason
    deliveries { id } invoices { id } ${LINES} delivered invoiced }`,
  delivery: `id number status deliverOn invoiced order { id } invoices { id } version ${LINES} orderLine }`,
  salesInvoice: `id status order { id } deliveries { id } net { amount } ${LINES} orderLine delivery { id } }`,
};
const run = async (name: string, field: string, input: object, caller = one) => {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const data = await ask(
    caller,
    `mutation ($input: ${type}Input!) { ${name}(input: $input) { ${field} { ${FIELDS[field]} } error { code message fields { path code } } } }`,
    { input },
  );
  return data[name];
};
const read = async (field: string, id: string, caller = one) =>
  (await ask(caller, `query ($id: ID!) { ${field}(id: $id) { ${FIELDS[field]} } }`, { id }))[field];
const onHand = async (id: string) =>
  Number((await ask(one, 'query ($id: ID!) { article(id: $id) { onHand } }', { id })).article.onHand);

const customer = newId();
const other = newId();
let heart: string;
let postage: string;

beforeAll(async () => {
  const partner = {
    number: '1',
    name: 'Müller GmbH',
    country: 'DE',
    vatId: null,
    paymentTermDays: 14,
    billingAddress: { city: 'Hamburg' },
  };
  await publish(one, 'crm.BusinessPartner', customer, partner);
  await publish(one, 'crm.BusinessPartner', other, { ...partner, number: '2', name: 'Adam' });
  const create = async (input: object) =>
    (
      await ask(one, 'mutation ($input: CreateArticleInput!) { createArticle(input: $input) { article { id } } }', {
        input,
      })
    ).createArticle.article.id;
  heart = await create({ sku: 'HEART', name: 'Heart', price: '2.50' });
  postage = await create({ sku: 'POST', name: 'Postage', price: '18.00', kind: 'SERVICE' });
});

const lines = () => [
  { articleId: heart, quantity: '10' },
  { articleId: postage, quantity: '1' },
];
const order = async (more: object = {}) =>
  (
    await run('createSalesOrder', 'salesOrder', {
      customerId: customer,
      orderedOn: '2024-03-01',
      lines: lines(),
      ...more,
    })
  ).salesOrder;
const confirmed = async (more: object = {}) =>
  (await run('confirmSalesOrder', 'salesOrder', { id: (await order(more)).id })).salesOrder;
const deliver = (orderId: string, more: object = {}) =>
  run('createDelivery', 'delivery', { orderId, deliverOn: '2024-03-05', ...more });
const shipped = async (orderId: string, more: object = {}) => {
  const { delivery } = await deliver(orderId, more);
  return (await run('shipDelivery', 'delivery', { id: delivery.id })).delivery;
};

describe('order', () => {
  test('numbers, prices and totals come by themselves', async () => {
    expect(await order()).toMatchObject({
      number: expect.stringMatching(/^AU-2024-\d{6}$/),
      status: 'DRAFT',
      deliveryStatus: 'NONE',
      net: { amount: '43.00' },
      gross: { amount: '51.17' },
      lines: [
        {
          sku: 'HEART',
          quantity: '10',
          unitPrice: '2.50',
          taxCode: 'U19',
          net: '25.00',
          delivered: '0',
          invoiced: '0',
        },
        { sku: 'POST' },
      ],
    });
  });
  test.each([
    ['UNKNOWN_CUSTOMER', 'customerId', { customerId: newId() }],
    ['UNKNOWN_ARTICLE', 'lines.0.articleId', { lines: [{ articleId: newId(), quantity: '1' }] }],
  ])('%s is told at its place', async (code, path, more) => {
    const { error } = await run('createSalesOrder', 'salesOrder', { customerId: customer, lines: lines(), ...more });
    expect(error).toMatchObject({ code, fields: [{ path, code }] });
  });
  test('codes of VAT are those of sales, and some need a VAT id', async () => {
    const code = async (taxCode: string) =>
      (
        await run('createSalesOrder', 'salesOrder', {
          customerId: customer,
          lines: [{ articleId: heart, quantity: '1', taxCode }],
        })
      ).error.code;
    expect(await code('V19')).toBe('UNKNOWN_TAX_CODE');
    expect(await code('IGL')).toBe('VAT_ID_REQUIRED');
  });
  test('the same external number cannot come in twice, not even in one request', async () => {
    const external = { externalSource: 'shop', externalNumber: 'A1' };
    await order(external);
    expect(
      (await run('createSalesOrder', 'salesOrder', { customerId: customer, lines: lines(), ...external })).error,
    ).toMatchObject({
      code: 'EXTERNAL_NUMBER_TAKEN',
      fields: [{ path: 'externalNumber' }],
    });
    const item = { customerId: customer, lines: lines(), externalSource: 'shop', externalNumber: 'A2' };
    const { createSalesOrders } = await ask(
      one,
      'mutation ($input: CreateSalesOrdersInput!) { createSalesOrders(input: $input) { salesOrders { id } errors { index path code } } }',
      { input: { items: [item, item] } },
    );
    expect(createSalesOrders).toEqual({
      salesOrders: [],
      errors: [{ index: 1, path: 'externalNumber', code: 'EXTERNAL_NUMBER_TAKEN' }],
    });
  });
  test('a draft is replaced, a stale edit and a confirmed order are not', async () => {
    const { id } = await order();
    const wanted = { id, customerId: customer, lines: [{ articleId: heart, quantity: '3' }] };
    expect(
      (await run('updateSalesOrder', 'salesOrder', { ...wanted, version: 1, note: 'soon' })).salesOrder,
    ).toMatchObject({
      version: 2,
      net: { amount: '7.50' },
      lines: [{ quantity: '3' }],
    });
    expect((await run('updateSalesOrder', 'salesOrder', { ...wanted, version: 1 })).error.code).toBe('CONFLICT');
    await run('confirmSalesOrder', 'salesOrder', { id });
    expect((await run('updateSalesOrder', 'salesOrder', { ...wanted, version: 3 })).error.code).toBe('NOT_EDITABLE');
    expect((await run('confirmSalesOrder', 'salesOrder', { id })).error.code).toBe('NOT_EDITABLE');
  });
  test('cancelling drops what is open and keeps what was done', async () => {
    const cancel = (id: string) => run('cancelSalesOrder', 'salesOrder', { id, reason: 'sold out' });
    const untouched = await confirmed();
    expect((await cancel(untouched.id)).salesOrder).toMatchObject({ status: 'CANCELLED', cancelReason: 'sold out' });
    expect((await cancel(untouched.id)).error.code).toBe('NOT_CANCELLABLE');
    const started = await confirmed();
    await shipped(started.id, { lines: [{ orderLine: 1, quantity: '4' }] });
    expect((await cancel(started.id)).salesOrder).toMatchObject({ status: 'CLOSED', deliveryStatus: 'PARTIAL' });
  });
  test('a thousand orders take as many statements as two', async () => {
    const bulk = (count: number) =>
      statements(() =>
        ask(
          one,
          'mutation ($input: CreateSalesOrdersInput!) { createSalesOrders(input: $input) { errors { code } } }',
          {
            input: {
              confirm: true,
              items: Array.from({ length: count }, () => ({
                customerId: customer,
                orderedOn: '2023-01-01',
                lines: lines(),
              })),
            },
          },
        ),
      );
    expect(await bulk(200)).toBe(await bulk(2));
  });
});

describe('quote', () => {
  const draft = async (more: object = {}) =>
    (
      await run('createQuote', 'quote', {
        customerId: customer,
        quotedOn: '2024-02-01',
        lines: [{ articleId: heart, quantity: '5', unitPrice: '2.00' }],
        ...more,
      })
    ).quote;
  const step = (id: string, status: string) => run('setQuoteStatus', 'quote', { id, status });

  test('goes from draft over sent and accepted to an order with its prices', async () => {
    const made = await draft();
    expect(made).toMatchObject({
      number: expect.stringMatching(/^AN-2024-/),
      status: 'DRAFT',
      validUntil: '2024-03-02',
      gross: { amount: '11.90' },
    });
    expect((await step(made.id, 'ACCEPTED')).error.code).toBe('STATUS_NOT_ALLOWED');
    expect((await run('convertQuote', 'quote', { id: made.id })).error.code).toBe('STATUS_NOT_ALLOWED');
    await step(made.id, 'SENT');
    expect((await step(made.id, 'ACCEPTED')).quote.status).toBe('ACCEPTED');
    const { quote } = await run('convertQuote', 'quote', { id: made.id, idempotencyKey: 'c1' });
    expect(quote.status).toBe('CONVERTED');
    expect(await read('salesOrder', quote.order.id)).toMatchObject({
      status: 'DRAFT',
      quote: { id: quote.id },
      lines: [{ unitPrice: '2.00', quantity: '5' }],
    });
    expect((await run('convertQuote', 'quote', { id: made.id, idempotencyKey: 'c1' })).quote.order.id).toBe(
      quote.order.id,
    );
  });
  test('only a draft changes, and only in its latest version', async () => {
    const { id } = await draft();
    const wanted = { id, customerId: customer, lines: [{ articleId: heart, quantity: '1' }] };
    expect((await run('updateQuote', 'quote', { ...wanted, version: 1 })).quote.version).toBe(2);
    expect((await run('updateQuote', 'quote', { ...wanted, version: 1 })).error.code).toBe('CONFLICT');
    await step(id, 'SENT');
    expect((await run('updateQuote', 'quote', { ...wanted, version: 3 })).error.code).toBe('NOT_EDITABLE');
  });
  test('quotes that come from elsewhere keep their state; CONVERTED is not one of them', async () => {
    const bulk = async (status: string) =>
      (
        await ask(
          one,
          'mutation ($input: CreateQuotesInput!) { createQuotes(input: $input) { quotes { status } errors { path code } } }',
          {
            input: { items: [{ customerId: customer, status, lines: lines() }] },
          },
        )
      ).createQuotes;
    expect(await bulk('REJECTED')).toEqual({ quotes: [{ status: 'REJECTED' }], errors: [] });
    expect((await bulk('CONVERTED')).errors).toMatchObject([{ path: 'status', code: 'INVALID_VALUE' }]);
  });
});

describe('delivery and billing', () => {
  test('stock leaves with the delivery and not again with its invoice', async () => {
    const before = await onHand(heart);
    const { id } = await confirmed();
    const delivery = await shipped(id);
    expect(delivery).toMatchObject({
      number: expect.stringMatching(/^LS-2024-/),
      status: 'SHIPPED',
      lines: [{ sku: 'HEART', quantity: '10', orderLine: 1 }],
    });
    expect(await onHand(heart)).toBe(before - 10);
    expect(await read('salesOrder', id)).toMatchObject({
      deliveryStatus: 'COMPLETE',
      status: 'CONFIRMED',
      lines: [{ delivered: '10' }, { delivered: '0' }],
    });

    const { salesInvoice } = await run('invoiceSalesOrder', 'salesInvoice', { id, issuedOn: '2024-03-06' });
    expect(salesInvoice).toMatchObject({
      order: { id },
      deliveries: [{ id: delivery.id }],
      net: { amount: '43.00' },
      lines: [
        { sku: 'HEART', delivery: { id: delivery.id } },
        { sku: 'POST', delivery: null },
      ],
    });
    await ask(one, 'mutation ($input: PostSalesInvoiceInput!) { postSalesInvoice(input: $input) { error { code } } }', {
      input: { id: salesInvoice.id },
    });
    expect(await onHand(heart)).toBe(before - 10);
    expect(await read('salesOrder', id)).toMatchObject({
      status: 'CLOSED',
      invoiceStatus: 'COMPLETE',
      invoices: [{ id: salesInvoice.id }],
      deliveries: [{ id: delivery.id }],
    });
    expect((await run('invoiceSalesOrder', 'salesInvoice', { id })).error.code).toBe('NOTHING_TO_INVOICE');
    expect((await run('invoiceDelivery', 'salesInvoice', { id: delivery.id })).error.code).toBe('NOTHING_TO_INVOICE');
  });
  test('a cancelled invoice leaves order and delivery to be billed again', async () => {
    const { id } = await confirmed();
    const delivery = await shipped(id);
    const { salesInvoice } = await run('invoiceDelivery', 'salesInvoice', { id: delivery.id });
    expect((await read('delivery', delivery.id)).invoiced).toBe(true);
    await ask(one, 'mutation ($input: PostSalesInvoiceInput!) { postSalesInvoice(input: $input) { error { code } } }', {
      input: { id: salesInvoice.id },
    });
    await ask(
      one,
      'mutation ($input: CancelSalesInvoiceInput!) { cancelSalesInvoice(input: $input) { error { code } } }',
      { input: { id: salesInvoice.id, reason: 'wrong' } },
    );
    expect(await read('delivery', delivery.id)).toMatchObject({ invoiced: false });
    expect(await read('salesOrder', id)).toMatchObject({
      invoiceStatus: 'NONE',
      lines: [{ invoiced: '0', delivered: '10' }, {}],
    });
    expect((await run('invoiceDelivery', 'salesInvoice', { id: delivery.id })).error).toBeNull();
  });
  test('what is billed undelivered leaves with the invoice and cannot be delivered again', async () => {
    const before = await onHand(heart);
    const { id } = await confirmed();
    const { salesInvoice } = await run('invoiceSalesOrder', 'salesInvoice', { id, undelivered: true });
    expect(salesInvoice.lines).toMatchObject([{ delivery: null, orderLine: 1 }, {}]);
    await ask(one, 'mutation ($input: PostSalesInvoiceInput!) { postSalesInvoice(input: $input) { error { code } } }', {
      input: { id: salesInvoice.id },
    });
    expect(await onHand(heart)).toBe(before - 10);
    expect((await deliver(id)).error.code).toBe('NOT_CONFIRMED');
  });
  test('more than ordered is neither delivered nor billed', async () => {
    const { id } = await confirmed();
    const first = (await deliver(id)).delivery;
    const second = (await deliver(id)).delivery;
    await run('shipDelivery', 'delivery', { id: first.id });
    expect((await run('shipDelivery', 'delivery', { id: second.id })).error).toMatchObject({
      code: 'OVER_DELIVERY',
      message: expect.stringContaining('Only 0 of HEART'),
    });
    expect((await deliver(id)).error.code).toBe('NOTHING_TO_DELIVER');
    const bill = await run('createSalesInvoice', 'salesInvoice', {
      customerId: customer,
      suppliedOn: '2024-03-05',
      orderId: id,
      lines: [{ articleId: heart, quantity: '11', orderLine: 1 }],
    });
    expect(bill.error.code).toBe('OVER_INVOICED');
  });
  test('a return brings the goods back and opens the order', async () => {
    const before = await onHand(heart);
    const { id } = await confirmed();
    const delivery = await shipped(id);
    const { delivery: back } = await run('returnDelivery', 'delivery', { id: delivery.id, reason: 'broken' });
    expect(back.status).toBe('RETURNED');
    expect(await onHand(heart)).toBe(before);
    expect((await read('salesOrder', id)).deliveryStatus).toBe('NONE');
    expect((await run('returnDelivery', 'delivery', { id: delivery.id, reason: 'again' })).error.code).toBe(
      'NOT_SHIPPED',
    );
    expect((await run('invoiceDelivery', 'salesInvoice', { id: delivery.id })).error.code).toBe('NOT_SHIPPED');
  });
  test('a delivery without an order is drafted, changed and shipped', async () => {
    const before = await onHand(heart);
    const { delivery } = await run('createDelivery', 'delivery', {
      customerId: customer,
      lines: [{ articleId: heart, quantity: '1' }],
    });
    const wanted = { id: delivery.id, customerId: customer, lines: [{ articleId: heart, quantity: '2' }] };
    expect((await run('updateDelivery', 'delivery', { ...wanted, version: 1 })).delivery).toMatchObject({
      version: 2,
      lines: [{ quantity: '2' }],
    });
    expect((await run('updateDelivery', 'delivery', { ...wanted, version: 1 })).error.code).toBe('CONFLICT');
    await run('shipDelivery', 'delivery', { id: delivery.id });
    expect(await onHand(heart)).toBe(before - 2);
    expect((await run('shipDelivery', 'delivery', { id: delivery.id })).error.code).toBe('NOT_EDITABLE');
    expect((await run('updateDelivery', 'delivery', { ...wanted, version: 3 })).error.code).toBe('NOT_EDITABLE');
    expect(
      (await run('createDelivery', 'delivery', { lines: [{ articleId: heart, quantity: '1' }] })).error,
    ).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'customerId', code: 'REQUIRED' }],
    });
  });
  test('links to orders, their lines and deliveries of others are refused', async () => {
    const draft = await order();
    expect((await deliver(newId())).error.code).toBe('UNKNOWN_ORDER');
    expect((await deliver(draft.id)).error.code).toBe('NOT_CONFIRMED');
    expect((await run('invoiceSalesOrder', 'salesInvoice', { id: draft.id })).error.code).toBe('NOT_CONFIRMED');
    const { id } = await confirmed();
    expect((await deliver(id, { lines: [{ orderLine: 9, quantity: '1' }] })).error.code).toBe('UNKNOWN_ORDER_LINE');
    const delivery = await shipped(id);
    const bill = (more: object, line: object = {}) =>
      run('createSalesInvoice', 'salesInvoice', {
        customerId: other,
        suppliedOn: '2024-03-05',
        lines: [{ articleId: heart, quantity: '1', ...line }],
        ...more,
      });
    expect((await bill({}, { deliveryId: delivery.id })).error).toMatchObject({
      code: 'UNKNOWN_DELIVERY',
      fields: [{ path: 'lines.0.deliveryId' }],
    });
    expect((await bill({ orderId: id })).error.code).toBe('UNKNOWN_ORDER');
  });
  test('deliveries in bulk are shipped together or not at all', async () => {
    const { id } = await confirmed();
    const bulk = async (items: object[]) =>
      (
        await ask(
          one,
          'mutation ($input: CreateDeliveriesInput!) { createDeliveries(input: $input) { deliveries { status } errors { index path code } } }',
          {
            input: { ship: true, items },
          },
        )
      ).createDeliveries;
    const half = { orderId: id, lines: [{ orderLine: 1, quantity: '6' }] };
    expect((await bulk([half, half])).errors).toMatchObject([
      { index: 0, code: 'OVER_DELIVERY' },
      { index: 1, code: 'OVER_DELIVERY' },
    ]);
    expect(await bulk([half])).toEqual({ deliveries: [{ status: 'SHIPPED' }], errors: [] });
  });
});

describe('who may see and do what', () => {
  test('another company neither sees nor touches a document', async () => {
    const { id } = await confirmed();
    const delivery = await shipped(id);
    const { quote } = await run('createQuote', 'quote', { customerId: customer, lines: lines() });
    expect(
      await ask(
        two,
        'query ($o: ID!, $d: ID!, $q: ID!) { salesOrder(id: $o) { id } delivery(id: $d) { id } quote(id: $q) { id } salesOrders { totalCount } }',
        { o: id, d: delivery.id, q: quote.id },
      ),
    ).toEqual({
      salesOrder: null,
      delivery: null,
      quote: null,
      salesOrders: { totalCount: 0 },
    });
    const stranger = async (name: string, field: string, input: object) =>
      (await run(name, field, input, two)).error.code;
    expect(await stranger('cancelSalesOrder', 'salesOrder', { id, reason: 'x' })).toBe('NOT_FOUND');
    expect(await stranger('confirmSalesOrder', 'salesOrder', { id })).toBe('NOT_FOUND');
    expect(await stranger('invoiceSalesOrder', 'salesInvoice', { id })).toBe('NOT_FOUND');
    expect(await stranger('setQuoteStatus', 'quote', { id: quote.id, status: 'SENT' })).toBe('NOT_FOUND');
    expect(await stranger('convertQuote', 'quote', { id: quote.id })).toBe('NOT_FOUND');
    expect(await stranger('shipDelivery', 'delivery', { id: delivery.id })).toBe('NOT_FOUND');
    expect(await stranger('returnDelivery', 'delivery', { id: delivery.id, reason: 'x' })).toBe('NOT_FOUND');
    expect(await stranger('invoiceDelivery', 'salesInvoice', { id: delivery.id })).toBe('NOT_FOUND');
  });
  test('reading and writing are rights of their own, and strangers have none', async () => {
    const write = 'mutation ($input: ConfirmSalesOrderInput!) { confirmSalesOrder(input: $input) { error { code } } }';
    expect((await answer(withPermissions(one, 'sales:read'), write, { input: { id: newId() } })).errors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
    expect((await answer(withPermissions(one, 'crm:read'), '{ quotes { totalCount } }')).errors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
    expect((await answer(null, '{ deliveries { totalCount } }')).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
  });
  test('a partner shows its quotes, orders and deliveries, several partners in one statement each', async () => {
    const { _entities } = await ask(
      one,
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on BusinessPartner { quotes { totalCount } salesOrders { totalCount } deliveries { totalCount edges { node { number } } } } } }',
      { r: [customer, other].map((id) => ({ __typename: 'BusinessPartner', id })) },
    );
    expect(_entities[0].salesOrders.totalCount).toBeGreaterThan(0);
    expect(_entities[1]).toEqual({
      quotes: { totalCount: 0 },
      salesOrders: { totalCount: 0 },
      deliveries: { totalCount: 0, edges: [] },
    });
  });
});
