import { newId } from '@valeo/kit/ids.ts';
import { describe, expect, test } from 'vitest';
import { selling } from '../testing/selling.ts';

const { one, ask, statements, run, customer, heart, lines, order, confirmed, shipped } = await selling();

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
