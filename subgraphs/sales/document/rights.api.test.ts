import { newId } from '@valeo/kit/ids.ts';
import { withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { describe, expect, test } from 'vitest';
import { selling } from '../testing/selling.ts';

const { one, two, ask, answer, run, customer, other, lines, confirmed, shipped } = await selling();

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
