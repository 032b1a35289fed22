import { newId } from '@valeo/kit/ids.ts';
import { describe, expect, test } from 'vitest';
import { buying } from '../testing/buying.ts';

const { one, two, ask, run, bulk, french, customer, bolt, input, draft, step, sent } = await buying();

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
  test('its history tells each state with time and person, of its own company only', async () => {
    const { id } = await sent();
    const HISTORY = 'query ($id: ID!) { purchaseOrder(id: $id) { createdAt history { at by { id } status } } }';
    const { purchaseOrder } = await ask(one, HISTORY, { id });
    const { history } = purchaseOrder;
    expect(history.map(({ status }: { status: string }) => status)).toEqual(['DRAFT', 'APPROVED', 'SENT']);
    expect(history.every(({ by }: { by: { id: string } | null }) => by?.id === one.userId)).toBe(true);
    const times = history.map(({ at }: { at: string }) => at);
    expect(times[0]).toBe(purchaseOrder.createdAt);
    expect(times.map((at: string) => Date.parse(at))).toEqual(times.map((at: string) => Date.parse(at)).sort());
    expect(times.every((at: string) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at))).toBe(true);
    expect((await ask(two, HISTORY, { id })).purchaseOrder).toBeNull();
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
