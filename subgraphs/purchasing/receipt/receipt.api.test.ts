import { newId } from '@valeo/kit/ids.ts';
import { describe, expect, test } from 'vitest';
import { buying } from '../testing/buying.ts';

const { two, run, bulk, mutate, read, onHand, supplier, bolt, draft, sent, step, receive } = await buying();

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
    expect(
      await create({ orderId: order.id, lines: [{ orderLine: 1, articleId: newId(), received: '1' }] }),
    ).toMatchObject({
      code: 'UNKNOWN_ORDER_LINE',
      message: 'This line of the order is of another article, BOLT.',
      fields: [{ path: 'lines.0.orderLine' }],
    });
    // A line of an order that is not named would count nowhere.
    expect(
      await create({ supplierId: supplier, lines: [{ articleId: bolt, orderLine: 1, received: '1' }] }),
    ).toMatchObject({
      code: 'UNKNOWN_ORDER_LINE',
      fields: [{ path: 'lines.0.orderLine' }],
    });
    expect(await create({ orderId: order.id, lines: [{ orderLine: 1, received: '1', rejected: '2' }] })).toMatchObject({
      fields: [{ path: 'lines.0.rejected', code: 'REJECTED_EXCEEDS_RECEIVED' }],
    });
  });
  test('what stands in a draft is not received once more, and a draft of an order that was cancelled or closed not at all', async () => {
    const { id } = await sent();
    const create = (more: object = {}) => run('createGoodsReceipt', 'goodsReceipt', { orderId: id, ...more });
    const { goodsReceipt } = await create({ lines: [{ orderLine: 1, received: '60' }] });
    expect((await create()).goodsReceipt.lines).toMatchObject([{ received: '40' }]);
    expect((await create()).error).toMatchObject({
      code: 'NOTHING_TO_RECEIVE',
      message: expect.stringContaining('stands in the draft of a goods receipt already'),
    });
    const all = { id: goodsReceipt.id, version: 1, orderId: id };
    expect((await run('updateGoodsReceipt', 'goodsReceipt', all)).goodsReceipt.lines).toMatchObject([
      { received: '60' },
    ]);
    const before = await onHand(bolt);
    await step(id, 'CANCELLED');
    expect((await run('postGoodsReceipt', 'goodsReceipt', { id: goodsReceipt.id })).error.code).toBe('NOT_ORDERED_YET');
    expect(await onHand(bolt)).toBe(before);
  });
  test('goods do not go to a warehouse that does not exist, nor to one of another company', async () => {
    const foreign = (await mutate('createWarehouse', { code: 'B', name: 'B' }, 'warehouse { id }', two)).warehouse.id;
    const { id } = await sent();
    for (const warehouseId of [newId(), foreign]) {
      const { error } = await run('createGoodsReceipt', 'goodsReceipt', { orderId: id, warehouseId });
      expect(error).toMatchObject({ code: 'UNKNOWN_WAREHOUSE', fields: [{ path: 'warehouseId' }] });
    }
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
