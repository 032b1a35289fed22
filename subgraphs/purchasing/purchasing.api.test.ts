import { finance } from '@valeo/finance/finance.subgraph.ts';
import { inventory } from '@valeo/inventory/inventory.subgraph.ts';
import { newId } from '@valeo/kit/ids.ts';
import { twoTenants, withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { purchasing } from './purchasing.subgraph.ts';

const { one, two, ask, answer, publish, sql } = await twoTenants(purchasing, inventory, finance);

const FIELDS: Record<string, string> = {
  purchaseOrder:
    'id number status version net { amount } gross { amount } receipts { id } invoices { id } lines { position sku quantity received rejected billed unitPrice taxCode net }',
  goodsReceipt: 'id number status version order { id } lines { sku received rejected orderLine }',
  supplierInvoice: `id number status version supplierNumber dueOn net { amount } tax { amount } gross { amount } openAmount { amount } checkNote
    differences { kind line expected found tolerated } journalEntry { id } cancelEntry { id } payments { amount { amount } } lines { description taxCode net }`,
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
const bulk = async (name: string, field: string, input: object) => {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const data = await ask(
    one,
    `mutation ($input: ${type}Input!) { ${name}(input: $input) { ${field} { status } errors { index path code } } }`,
    { input },
  );
  return data[name];
};
const read = async (field: string, id: string) =>
  (await ask(one, `query ($id: ID!) { ${field}(id: $id) { ${FIELDS[field]} } }`, { id }))[field];
const onHand = async (id: string) =>
  Number((await ask(one, 'query ($id: ID!) { article(id: $id) { onHand } }', { id })).article.onHand);
const entryOf = async (id: string) =>
  (
    await ask(
      one,
      'query ($id: ID!) { journalEntry(id: $id) { reverses { id } lines { account { number kind } debit { amount } credit { amount } } } }',
      { id },
    )
  ).journalEntry;

const supplier = newId();
const french = newId();
const customer = newId();
let bolt: string;

beforeAll(async () => {
  const partner = { number: '70001', name: 'Schrauben AG', kinds: ['SUPPLIER'], country: 'DE', paymentTermDays: 30 };
  await publish(one, 'crm.BusinessPartner', supplier, partner);
  await publish(one, 'crm.BusinessPartner', french, { ...partner, name: 'Vis SARL', country: 'FR' });
  await publish(one, 'crm.BusinessPartner', customer, { ...partner, name: 'Kunde', kinds: ['CUSTOMER'] });
  bolt = (
    await ask(one, 'mutation ($input: CreateArticleInput!) { createArticle(input: $input) { article { id } } }', {
      input: { sku: 'BOLT', name: 'Bolt', price: '1.00' },
    })
  ).createArticle.article.id;
});

const input = (more: object = {}) => ({
  supplierId: supplier,
  orderedOn: '2024-05-02',
  lines: [{ articleId: bolt, quantity: '100', unitPrice: '0.50' }],
  ...more,
});
const draft = async (more: object = {}) =>
  (await run('createPurchaseOrder', 'purchaseOrder', input(more))).purchaseOrder;
const step = (id: string, status: string, caller = one) =>
  run('setPurchaseOrderStatus', 'purchaseOrder', { id, status }, caller);
const sent = async (more: object = {}) => {
  const { id } = await draft(more);
  await step(id, 'APPROVED');
  return (await step(id, 'SENT')).purchaseOrder;
};
const receive = async (orderId: string, received = '100', rejected = '0') => {
  const { goodsReceipt } = await run('createGoodsReceipt', 'goodsReceipt', {
    orderId,
    receivedOn: '2024-05-10',
    lines: [{ orderLine: 1, received, rejected }],
  });
  return (await run('postGoodsReceipt', 'goodsReceipt', { id: goodsReceipt.id })).goodsReceipt;
};
let bills = 0;
const bill = (more: object = {}) => {
  bills += 1;
  const line = { description: 'Freight', quantity: '1', unitPrice: '50.00' };
  return run('createSupplierInvoice', 'supplierInvoice', {
    supplierId: supplier,
    supplierNumber: `R-${bills}`,
    issuedOn: '2024-05-12',
    lines: [line],
    ...more,
  });
};
const billOf = (orderId: string, quantity: string, unitPrice = '0.50', more: object = {}) =>
  bill({ orderId, lines: [{ orderLine: 1, quantity, unitPrice }], ...more });
const booked = async (more: object = {}) => {
  const { id } = (await bill(more)).supplierInvoice;
  await run('checkSupplierInvoice', 'supplierInvoice', { id });
  return (await run('postSupplierInvoice', 'supplierInvoice', { id })).supplierInvoice;
};

describe('order', () => {
  test('goes from draft over approved to sent, with number, VAT and totals', async () => {
    const order = await sent();
    expect(order).toMatchObject({
      number: expect.stringMatching(/^BE-2024-\d{6}$/),
      status: 'SENT',
      net: { amount: '50.00' },
      gross: { amount: '59.50' },
      lines: [{ sku: 'BOLT', quantity: '100', received: '0', taxCode: 'V19' }],
    });
    expect((await step(order.id, 'APPROVED')).error.code).toBe('STATUS_NOT_ALLOWED');
    expect((await draft({ supplierId: french })).lines[0].taxCode).toBe('IGE19');
  });
  test.each([
    ['UNKNOWN_SUPPLIER', 'supplierId', () => ({ supplierId: newId() })],
    ['UNKNOWN_SUPPLIER', 'supplierId', () => ({ supplierId: customer })],
    [
      'UNKNOWN_ARTICLE',
      'lines.0.articleId',
      () => ({ lines: [{ articleId: newId(), quantity: '1', unitPrice: '1' }] }),
    ],
    [
      'UNKNOWN_TAX_CODE',
      'lines.0.taxCode',
      () => ({ lines: [{ articleId: bolt, quantity: '1', unitPrice: '1', taxCode: 'U19' }] }),
    ],
  ])('%s is told at %s', async (code, path, more) => {
    expect((await run('createPurchaseOrder', 'purchaseOrder', input(more()))).error).toMatchObject({
      code,
      fields: [{ path, code }],
    });
  });
  test('a draft is replaced; a stale edit and a sent order are not', async () => {
    const { id } = await draft();
    const wanted = { id, ...input({ lines: [{ articleId: bolt, quantity: '1', unitPrice: '9' }] }) };
    expect((await run('updatePurchaseOrder', 'purchaseOrder', { ...wanted, version: 1 })).purchaseOrder).toMatchObject({
      version: 2,
      net: { amount: '9.00' },
    });
    expect((await run('updatePurchaseOrder', 'purchaseOrder', { ...wanted, version: 1 })).error.code).toBe('CONFLICT');
    await step(id, 'APPROVED');
    expect((await run('updatePurchaseOrder', 'purchaseOrder', { ...wanted, version: 3 })).error.code).toBe(
      'NOT_EDITABLE',
    );
  });
  test('orders taken over from elsewhere come once', async () => {
    const item = { ...input(), externalSource: 'old', externalNumber: '1', status: 'SENT' };
    expect(await bulk('createPurchaseOrders', 'purchaseOrders', { items: [item] })).toEqual({
      purchaseOrders: [{ status: 'SENT' }],
      errors: [],
    });
    expect((await bulk('createPurchaseOrders', 'purchaseOrders', { items: [item] })).errors).toEqual([
      { index: 0, path: 'externalNumber', code: 'EXTERNAL_NUMBER_TAKEN' },
    ]);
  });
});

describe('goods receipt', () => {
  test('what is accepted enters the stock, what is rejected does not; the order counts both', async () => {
    const before = await onHand(bolt);
    const order = await sent();
    const receipt = await receive(order.id, '60', '10');
    expect(receipt).toMatchObject({
      status: 'POSTED',
      number: expect.stringMatching(/^WE-2024-/),
      lines: [{ received: '60', rejected: '10', orderLine: 1 }],
    });
    expect(await onHand(bolt)).toBe(before + 50);
    expect(await read('purchaseOrder', order.id)).toMatchObject({
      status: 'PARTIALLY_RECEIVED',
      receipts: [{ id: receipt.id }],
      lines: [{ received: '60', rejected: '10' }],
    });
    const { goodsReceipt } = await run('createGoodsReceipt', 'goodsReceipt', { orderId: order.id });
    expect(goodsReceipt.lines).toEqual([{ sku: 'BOLT', received: '40', rejected: '0', orderLine: 1 }]);
    await run('postGoodsReceipt', 'goodsReceipt', { id: goodsReceipt.id });
    expect((await read('purchaseOrder', order.id)).status).toBe('RECEIVED');
    expect((await run('createGoodsReceipt', 'goodsReceipt', { orderId: order.id })).error.code).toBe(
      'NOTHING_TO_RECEIVE',
    );
    expect((await run('postGoodsReceipt', 'goodsReceipt', { id: receipt.id })).error.code).toBe('NOT_EDITABLE');
  });
  test('cancelling takes the goods out again', async () => {
    const order = await sent();
    const before = await onHand(bolt);
    const receipt = await receive(order.id);
    expect(
      (await run('cancelGoodsReceipt', 'goodsReceipt', { id: receipt.id, reason: 'wrong goods' })).goodsReceipt.status,
    ).toBe('CANCELLED');
    expect(await onHand(bolt)).toBe(before);
    expect(await read('purchaseOrder', order.id)).toMatchObject({ status: 'SENT', lines: [{ received: '0' }] });
    expect((await run('cancelGoodsReceipt', 'goodsReceipt', { id: receipt.id, reason: 'again' })).error.code).toBe(
      'NOT_POSTED',
    );
  });
  test('what does not fit the order is refused', async () => {
    const create = async (more: object) => (await run('createGoodsReceipt', 'goodsReceipt', more)).error;
    expect((await create({ orderId: (await draft()).id })).code).toBe('NOT_ORDERED_YET');
    expect((await create({ orderId: newId() })).code).toBe('UNKNOWN_ORDER');
    const order = await sent();
    expect((await create({ orderId: order.id, lines: [{ orderLine: 7, received: '1' }] })).code).toBe(
      'UNKNOWN_ORDER_LINE',
    );
    expect(await create({ orderId: order.id, lines: [{ orderLine: 1, received: '1', rejected: '2' }] })).toMatchObject({
      fields: [{ path: 'lines.0.rejected', code: 'REJECTED_EXCEEDS_RECEIVED' }],
    });
  });
  test('a draft is replaced, a stale edit is not; many are posted at once', async () => {
    const { goodsReceipt } = await run('createGoodsReceipt', 'goodsReceipt', {
      supplierId: supplier,
      lines: [{ articleId: bolt, received: '1' }],
    });
    const wanted = { id: goodsReceipt.id, supplierId: supplier, lines: [{ articleId: bolt, received: '2' }] };
    expect(
      (await run('updateGoodsReceipt', 'goodsReceipt', { ...wanted, version: 1 })).goodsReceipt.lines,
    ).toMatchObject([{ received: '2' }]);
    expect((await run('updateGoodsReceipt', 'goodsReceipt', { ...wanted, version: 1 })).error.code).toBe('CONFLICT');
    const before = await onHand(bolt);
    const items = [1, 2].map((number) => ({
      supplierId: supplier,
      externalSource: 'old',
      externalNumber: `r${number}`,
      lines: [{ articleId: bolt, received: '3' }],
    }));
    expect(await bulk('createGoodsReceipts', 'goodsReceipts', { items, post: true })).toEqual({
      goodsReceipts: [{ status: 'POSTED' }, { status: 'POSTED' }],
      errors: [],
    });
    expect(await onHand(bolt)).toBe(before + 6);
  });
});

describe('bill', () => {
  test('agrees with order and receipt, is checked, posted and paid', async () => {
    const order = await sent();
    await receive(order.id);
    const { supplierInvoice } = await billOf(order.id, '100', '0.50', { statedGross: '59.50' });
    expect(supplierInvoice).toMatchObject({
      status: 'RECEIVED',
      number: expect.stringMatching(/^ER-2024-/),
      dueOn: '2024-06-11',
      differences: [],
      gross: { amount: '59.50' },
    });
    expect((await run('postSupplierInvoice', 'supplierInvoice', { id: supplierInvoice.id })).error.code).toBe(
      'STATUS_NOT_ALLOWED',
    );
    await run('checkSupplierInvoice', 'supplierInvoice', { id: supplierInvoice.id });
    expect((await run('checkSupplierInvoice', 'supplierInvoice', { id: supplierInvoice.id })).error.code).toBe(
      'STATUS_NOT_ALLOWED',
    );
    const { supplierInvoice: posted } = await run('postSupplierInvoice', 'supplierInvoice', { id: supplierInvoice.id });
    expect((await entryOf(posted.journalEntry.id)).lines).toMatchObject([
      { account: { number: '3400' }, debit: { amount: '50.00' } },
      { account: { number: '1576' }, debit: { amount: '9.50' } },
      { account: { kind: 'CREDITOR' }, credit: { amount: '59.50' } },
    ]);
    expect((await read('purchaseOrder', order.id)).lines).toMatchObject([{ billed: '100' }]);

    const pay = (amount: string, account = '1200') =>
      run('recordSupplierPayment', 'supplierInvoice', {
        supplierInvoiceId: posted.id,
        amount,
        paidOn: '2024-06-01',
        account,
      });
    expect((await pay('20.00')).supplierInvoice).toMatchObject({ status: 'POSTED', openAmount: { amount: '39.50' } });
    expect((await pay('40.00')).error).toMatchObject({ code: 'AMOUNT_EXCEEDS_OPEN', fields: [{ path: 'amount' }] });
    expect((await pay('1.00', '9')).error).toMatchObject({ code: 'UNKNOWN_ACCOUNT', fields: [{ path: 'account' }] });
    expect((await pay('1.00', '1600')).error.code).toBe('CONTROL_ACCOUNT');
    expect((await pay('39.50')).supplierInvoice).toMatchObject({
      status: 'PAID',
      openAmount: { amount: '0.00' },
      payments: [{}, {}],
    });
    expect((await pay('1.00')).error.code).toBe('NOT_POSTED');
    const { openItems } = await ask(
      one,
      'query ($r: String) { openItems(filter: { reference: { eq: $r } }) { edges { node { kind status } } } }',
      { r: posted.number },
    );
    expect(openItems.edges).toEqual([{ node: { kind: 'PAYABLE', status: 'CLEARED' } }]);
  });
  test('differences are told, and beyond tolerance they must be accepted', async () => {
    const order = await sent();
    await receive(order.id, '60', '10');
    const { supplierInvoice } = await billOf(order.id, '55', '0.60', { statedGross: '40.00' });
    expect(supplierInvoice.differences).toEqual([
      { kind: 'PRICE', line: 1, expected: '0.5', found: '0.6', tolerated: false },
      { kind: 'QUANTITY', line: 1, expected: '50', found: '55', tolerated: false },
      { kind: 'TOTAL', line: null, expected: '39.27', found: '40.00', tolerated: false },
    ]);
    expect((await run('checkSupplierInvoice', 'supplierInvoice', { id: supplierInvoice.id })).error.code).toBe(
      'DIFFERENCES_FOUND',
    );
    const accepted = await run('checkSupplierInvoice', 'supplierInvoice', {
      id: supplierInvoice.id,
      acceptedBecause: 'agreed by phone',
    });
    expect(accepted.supplierInvoice).toMatchObject({ status: 'CHECKED', checkNote: 'agreed by phone' });
    expect((await billOf(order.id, '1', '0.505')).supplierInvoice.differences).toMatchObject([
      { kind: 'PRICE', tolerated: true },
      { kind: 'QUANTITY' },
    ]);
    expect((await bill({ orderId: order.id })).supplierInvoice.differences).toMatchObject([{ kind: 'NOT_ORDERED' }]);
  });
  test('the same number of a supplier comes once a year, and again after a cancellation', async () => {
    const first = await bill({ supplierNumber: 'X1' });
    expect((await bill({ supplierNumber: 'X1' })).error).toMatchObject({
      code: 'DUPLICATE_BILL',
      fields: [{ path: 'supplierNumber' }],
    });
    expect((await bill({ supplierNumber: 'X1', issuedOn: '2025-01-02' })).error).toBeNull();
    await run('cancelSupplierInvoice', 'supplierInvoice', { id: first.supplierInvoice.id, reason: 'twice' });
    expect((await bill({ supplierNumber: 'X1' })).error).toBeNull();
  });
  test('a change compares anew and frees what was billed before', async () => {
    const order = await sent();
    await receive(order.id);
    const { supplierInvoice } = await billOf(order.id, '90');
    const wanted = {
      id: supplierInvoice.id,
      supplierId: supplier,
      supplierNumber: supplierInvoice.supplierNumber,
      issuedOn: '2024-05-12',
      orderId: order.id,
      lines: [{ orderLine: 1, quantity: '100', unitPrice: '0.50' }],
    };
    expect(
      (await run('updateSupplierInvoice', 'supplierInvoice', { ...wanted, version: 1 })).supplierInvoice,
    ).toMatchObject({ version: 2, differences: [] });
    expect((await run('updateSupplierInvoice', 'supplierInvoice', { ...wanted, version: 1 })).error.code).toBe(
      'CONFLICT',
    );
    await run('checkSupplierInvoice', 'supplierInvoice', { id: supplierInvoice.id });
    expect((await run('updateSupplierInvoice', 'supplierInvoice', { ...wanted, version: 3 })).error.code).toBe(
      'NOT_EDITABLE',
    );
  });
  test('where the buyer owes the tax, it stands on both sides', async () => {
    const posted = await booked({
      supplierId: french,
      lines: [{ articleId: bolt, quantity: '100', unitPrice: '1.00' }],
    });
    expect(posted).toMatchObject({ tax: { amount: '0.00' }, gross: { amount: '100.00' } });
    expect((await entryOf(posted.journalEntry.id)).lines).toMatchObject([
      { account: { number: '3425' }, debit: { amount: '100.00' } },
      { account: { number: '1574' }, debit: { amount: '19.00' } },
      { account: { number: '1774' }, credit: { amount: '19.00' } },
      { account: { kind: 'CREDITOR' }, credit: { amount: '100.00' } },
    ]);
  });
  test('cancelling posts the exact reversal, and what was paid stays as a claim', async () => {
    const posted = await booked();
    await run('recordSupplierPayment', 'supplierInvoice', {
      supplierInvoiceId: posted.id,
      amount: '9.50',
      paidOn: '2024-06-01',
      account: '1200',
    });
    const { supplierInvoice } = await run('cancelSupplierInvoice', 'supplierInvoice', {
      id: posted.id,
      reason: 'not ours',
    });
    expect(supplierInvoice).toMatchObject({ status: 'CANCELLED', openAmount: { amount: '0.00' } });
    expect((await entryOf(supplierInvoice.cancelEntry.id)).reverses.id).toBe(posted.journalEntry.id);
    expect((await run('cancelSupplierInvoice', 'supplierInvoice', { id: posted.id, reason: 'again' })).error.code).toBe(
      'ALREADY_CANCELLED',
    );
    const [row] = await sql<{ account: string; control: string; items: string }>(
      `SELECT (SELECT sum(credit - debit) FROM finance.account_day WHERE personal AND tenant_id = $1) AS account,
              (SELECT sum(credit - debit) FROM finance.account_day WHERE account = '1600' AND tenant_id = $1) AS control,
              (SELECT sum(open_amount) FROM finance.open_item WHERE tenant_id = $1) AS items`,
      [one.tenantId],
    );
    expect(row?.control).toBe(row?.account);
    expect(row?.items).toBe(row?.account);
  });
  test('a closed period refuses and leaves the bill as it was', async () => {
    const period = (state: string) =>
      ask(one, 'mutation ($input: SetPeriodStateInput!) { setPeriodState(input: $input) { error { code } } }', {
        input: { fiscalYear: 2019, month: 5, state },
      });
    await period('LOCKED');
    const { id } = (await bill({ issuedOn: '2019-05-04' })).supplierInvoice;
    await run('checkSupplierInvoice', 'supplierInvoice', { id });
    expect((await run('postSupplierInvoice', 'supplierInvoice', { id })).error.code).toBe('PERIOD_CLOSED');
    expect((await read('supplierInvoice', id)).status).toBe('CHECKED');
  });
  test('in bulk they are posted together or not at all', async () => {
    const order = await sent();
    const item = (supplierNumber: string, more: object = {}) => ({
      supplierId: supplier,
      supplierNumber,
      issuedOn: '2024-07-01',
      lines: [{ description: 'Rent', quantity: '1', unitPrice: '1.00' }],
      ...more,
    });
    const over = item('B2', { orderId: order.id, lines: [{ orderLine: 1, quantity: '1', unitPrice: '0.50' }] });
    expect(await bulk('createSupplierInvoices', 'supplierInvoices', { items: [item('B1'), over], post: true })).toEqual(
      {
        supplierInvoices: [],
        errors: [{ index: 1, path: '', code: 'DIFFERENCES_FOUND' }],
      },
    );
    expect(
      (await bulk('createSupplierInvoices', 'supplierInvoices', { items: [item('B1'), item('B3')], post: true }))
        .supplierInvoices,
    ).toEqual([{ status: 'POSTED' }, { status: 'POSTED' }]);
  });
});

describe('who may see and do what', () => {
  test('another company neither sees nor touches a document', async () => {
    const order = await sent();
    const receipt = await receive(order.id);
    const { supplierInvoice } = await bill();
    expect(
      await ask(
        two,
        'query ($o: ID!, $r: ID!, $b: ID!) { purchaseOrder(id: $o) { id } goodsReceipt(id: $r) { id } supplierInvoice(id: $b) { id } purchaseOrders { totalCount } }',
        {
          o: order.id,
          r: receipt.id,
          b: supplierInvoice.id,
        },
      ),
    ).toEqual({ purchaseOrder: null, goodsReceipt: null, supplierInvoice: null, purchaseOrders: { totalCount: 0 } });
    expect((await step(order.id, 'CLOSED', two)).error.code).toBe('NOT_FOUND');
    for (const [name, field, input] of [
      ['postGoodsReceipt', 'goodsReceipt', { id: receipt.id }],
      ['cancelGoodsReceipt', 'goodsReceipt', { id: receipt.id, reason: 'x' }],
      ['checkSupplierInvoice', 'supplierInvoice', { id: supplierInvoice.id }],
      ['postSupplierInvoice', 'supplierInvoice', { id: supplierInvoice.id }],
      ['cancelSupplierInvoice', 'supplierInvoice', { id: supplierInvoice.id, reason: 'x' }],
      [
        'recordSupplierPayment',
        'supplierInvoice',
        { supplierInvoiceId: supplierInvoice.id, amount: '1', paidOn: '2024-01-01', account: '1200' },
      ],
    ] as const)
      expect((await run(name, field, input, two)).error.code).toBe('NOT_FOUND');
  });
  test('approving and posting are rights of their own', async () => {
    const { id } = await draft();
    const approve =
      'mutation ($input: SetPurchaseOrderStatusInput!) { setPurchaseOrderStatus(input: $input) { error { code } } }';
    expect(
      (await answer(withPermissions(one, 'purchasing:write'), approve, { input: { id, status: 'APPROVED' } })).errors,
    ).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(
      (await answer(withPermissions(one, 'sales:read'), '{ supplierInvoices { totalCount } }')).errors,
    ).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await answer(null, '{ goodsReceipts { totalCount } }')).errors).toMatchObject([
      { code: 'UNAUTHENTICATED' },
    ]);
  });
  test('partners show their documents and articles what was ordered of them', async () => {
    const { _entities } = await ask(
      one,
      `query ($r: [_Any!]!) { _entities(representations: $r) {
         ... on BusinessPartner { purchaseOrders { totalCount } supplierInvoices { totalCount } } ... on Article { purchases { quantity net { amount } orders } } } }`,
      {
        r: [
          { __typename: 'BusinessPartner', id: supplier },
          { __typename: 'Article', id: bolt },
          { __typename: 'Article', id: newId() },
        ],
      },
    );
    const [row] = await sql<{ quantity: string; net: string; orders: number }>(
      `SELECT trim_scale(sum(l.quantity))::text AS quantity, sum(l.net) AS net, count(DISTINCT o.id)::int AS orders FROM purchasing.purchase_order o
       JOIN purchasing.purchase_order_line l ON l.order_id = o.id WHERE o.status NOT IN ('DRAFT', 'CANCELLED') AND o.tenant_id = $1`,
      [one.tenantId],
    );
    expect(_entities[0].purchaseOrders.totalCount).toBeGreaterThan(0);
    expect(_entities[1].purchases).toEqual({ quantity: row?.quantity, net: { amount: row?.net }, orders: row?.orders });
    expect(_entities[2].purchases.quantity).toBe('0');
  });
});
