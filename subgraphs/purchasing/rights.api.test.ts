import { newId } from '@valeo/kit/ids.ts';
import { withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { describe, expect, test } from 'vitest';
import { buying } from './testing/buying.ts';

const { one, two, ask, answer, sql, run, supplier, bolt, input, draft, step, sent, receive, bill } = await buying();

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
  test('the warehouse takes goods in, from the draft to the stock and back, without the right to post bills', async () => {
    const warehouse = withPermissions(one, 'purchasing:read', 'purchasing:write', 'inventory:write');
    const { id: orderId } = await sent();
    const { goodsReceipt } = await run('createGoodsReceipt', 'goodsReceipt', { orderId }, warehouse);
    const { id } = goodsReceipt;
    expect((await run('postGoodsReceipt', 'goodsReceipt', { id }, warehouse)).goodsReceipt.status).toBe('POSTED');
    const back = await run('cancelGoodsReceipt', 'goodsReceipt', { id, reason: 'not ours' }, warehouse);
    expect(back.goodsReceipt.status).toBe('CANCELLED');
    const post =
      'mutation ($input: PostSupplierInvoiceInput!) { postSupplierInvoice(input: $input) { error { code } } }';
    expect((await answer(warehouse, post, { input: { id } })).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
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
