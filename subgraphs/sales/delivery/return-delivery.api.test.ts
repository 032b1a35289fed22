import { expect, test } from 'vitest';
import { selling } from '../testing/selling.ts';

const { one, two, ask, run, read, mutate, customer, heart, confirmed, shipped, onHand, sql } = await selling();

const back = (id: string, more: object = {}, caller = one) =>
  run('returnDelivery', 'delivery', { id, reason: 'Broken', returnedOn: '2024-03-10', ...more }, caller);
const some = (quantity: string, position = 1) => ({ lines: [{ position, quantity }] });
const returned = async (id: string) =>
  (
    await ask(
      one,
      'query ($id: ID!) { delivery(id: $id) { status returnedOn returnReason lines { quantity returned } } }',
      { id },
    )
  ).delivery;
const post = (id: string) => run('postSalesInvoice', 'salesInvoice', { id });

test('part of a delivery comes back: stock, order and delivery say how much, and the rest follows', async () => {
  const before = await onHand(heart);
  const { id: orderId } = await confirmed();
  const { id } = await shipped(orderId);
  expect((await back(id, some('2'))).delivery.status).toBe('SHIPPED');
  expect(await onHand(heart)).toBe(before - 8);
  expect(await returned(id)).toMatchObject({ returnedOn: null, lines: [{ quantity: '10', returned: '2' }] });
  expect(await read('salesOrder', orderId)).toMatchObject({
    deliveryStatus: 'PARTIAL',
    lines: [{ delivered: '8' }, {}],
  });
  expect((await back(id, some('1.5'))).error).toBeNull();
  expect((await back(id)).delivery.status).toBe('RETURNED');
  expect(await onHand(heart)).toBe(before);
  expect(await returned(id)).toMatchObject({
    ...{ returnedOn: '2024-03-10', returnReason: 'Broken' },
    lines: [{ quantity: '10', returned: '10' }],
  });
  expect(
    await sql(
      `SELECT trim_scale(quantity)::text AS quantity, reason FROM inventory.stock_movement WHERE source_id = $1 AND kind = 'RETURN' ORDER BY id`,
      [id],
    ),
  ).toEqual(['2', '1.5', '6.5'].map((quantity) => ({ quantity, reason: 'Broken' })));
});

test('no more comes back than is out, also in two lines or at once', async () => {
  const { id } = await shipped((await confirmed()).id);
  const over = (quantity: string) => ({
    code: 'OVER_RETURNED',
    message: `Only ${quantity} of HEART is still with the customer.`,
  });
  expect((await back(id, some('11'))).error).toMatchObject({ ...over('10'), fields: [{ path: 'lines.0.quantity' }] });
  const twice = {
    lines: [
      { position: 1, quantity: '6' },
      { position: 1, quantity: '5' },
    ],
  };
  expect((await back(id, twice)).error).toMatchObject({ ...over('10'), fields: [{ path: 'lines.1.quantity' }] });
  expect((await back(id, some('1', 7))).error).toMatchObject({
    ...{ code: 'OVER_RETURNED', message: 'The delivery has no line 7.' },
    fields: [{ path: 'lines.0.position' }],
  });
  const made = await Promise.all([back(id, some('6')), back(id, some('6'))]);
  expect(made.filter(({ error }) => error === null)).toHaveLength(1);
  expect((await back(id, some('5'))).error).toMatchObject(over('4'));
  expect((await back(id, some('1'), two)).error.code).toBe('NOT_FOUND');
});

test('what has come back is not billed', async () => {
  const { id: orderId } = await confirmed();
  const { id } = await shipped(orderId);
  await back(id, some('2'));
  expect((await run('invoiceDelivery', 'salesInvoice', { id })).salesInvoice.lines).toMatchObject([{ quantity: '8' }]);
  const { id: other } = await confirmed();
  const delivery = await shipped(other);
  await back(delivery.id, some('3'));
  const { salesInvoice } = await run('invoiceSalesOrder', 'salesInvoice', { id: other });
  expect(salesInvoice.lines).toMatchObject([{ sku: 'HEART', quantity: '7' }, { sku: 'POST' }]);
});

test('a draft that bills more than stayed with the customer is not posted, nor made', async () => {
  const { id } = await shipped((await confirmed()).id);
  const { salesInvoice } = await run('invoiceDelivery', 'salesInvoice', { id });
  await back(id, some('2'));
  expect((await post(salesInvoice.id)).error.code).toBe('UNKNOWN_DELIVERY');
  const update = (quantity: string) =>
    ask(one, 'mutation ($input: UpdateSalesInvoiceInput!) { updateSalesInvoice(input: $input) { error { code } } }', {
      input: { id: salesInvoice.id, version: 1, lines: [{ articleId: heart, quantity, deliveryId: id }] },
    });
  expect((await update('9')).updateSalesInvoice.error.code).toBe('OVER_INVOICED');
  expect((await update('8')).updateSalesInvoice.error).toBeNull();
  expect((await post(salesInvoice.id)).error).toBeNull();
});

test('what was billed and came back is credited once, without moving the goods again', async () => {
  const before = await onHand(heart);
  const { id: orderId } = await confirmed();
  const { id } = await shipped(orderId);
  const { salesInvoice } = await run('invoiceDelivery', 'salesInvoice', { id });
  await post(salesInvoice.id);
  const credit = (quantity: string) =>
    run('createSalesInvoice', 'salesInvoice', {
      ...{ kind: 'CREDIT_NOTE', customerId: customer, suppliedOn: '2024-03-10', correctsId: salesInvoice.id },
      lines: [{ articleId: heart, quantity, deliveryId: id }],
    });
  await back(id, some('2'));
  expect((await post((await credit('2')).salesInvoice.id)).error).toBeNull();
  expect(await onHand(heart)).toBe(before - 8);
  await back(id);
  expect((await credit('9')).error.code).toBe('OVER_INVOICED');
  expect((await post((await credit('8')).salesInvoice.id)).error).toBeNull();
  expect(await onHand(heart)).toBe(before);
});

test('a delivery that came back as a whole can be credited, but not billed', async () => {
  const { id } = await shipped((await confirmed()).id);
  const { salesInvoice } = await run('invoiceDelivery', 'salesInvoice', { id });
  await post(salesInvoice.id);
  await back(id);
  const make = (kind: string) =>
    run('createSalesInvoice', 'salesInvoice', {
      ...{ kind, customerId: customer, suppliedOn: '2024-03-10' },
      lines: [{ articleId: heart, quantity: '1', deliveryId: id }],
    });
  expect((await make('INVOICE')).error.code).toBe('UNKNOWN_DELIVERY');
  expect((await make('CREDIT_NOTE')).error).toBeNull();
});

test('nothing comes back before it was shipped', async () => {
  const { id } = await shipped((await confirmed()).id);
  expect((await back(id, { returnedOn: '2024-03-04' })).error).toMatchObject({
    code: 'DATE_OUT_OF_RANGE',
    fields: [{ path: 'returnedOn' }],
  });
});

test('the same key takes goods back once', async () => {
  const before = await onHand(heart);
  const { id } = await shipped((await confirmed()).id);
  const input = { id, reason: 'Broken', ...some('2'), idempotencyKey: 'back' };
  await mutate('returnDelivery', input, 'error { code }');
  await mutate('returnDelivery', input, 'error { code }');
  expect(await onHand(heart)).toBe(before - 8);
});
