import { newId } from '@valeo/kit/ids.ts';
import { describe, expect, test } from 'vitest';
import { selling } from '../testing/selling.ts';

const { one, two, ask, sql, mutate, run, read, onHand, customer, other, heart, order, confirmed, deliver, shipped } =
  await selling();

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
  test('a cancelled invoice leaves order and delivery to be billed again, and the goods with the customer', async () => {
    const { id } = await confirmed();
    const delivery = await shipped(id);
    const shippedStock = await onHand(heart);
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
    expect(await onHand(heart)).toBe(shippedStock);
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
  test('a draft keeps its goods from being delivered, but they count as delivered only when it is posted', async () => {
    const { id } = await confirmed();
    await shipped(id, { lines: [{ orderLine: 1, quantity: '3' }] });
    const early = (await deliver(id, { lines: [{ orderLine: 1, quantity: '7' }] })).delivery;
    const bill = (quantity: string) =>
      run('createSalesInvoice', 'salesInvoice', {
        customerId: customer,
        suppliedOn: '2024-03-05',
        orderId: id,
        lines: [{ articleId: heart, quantity, orderLine: 1 }],
      });
    await bill('5');
    expect(await read('salesOrder', id)).toMatchObject({
      status: 'CONFIRMED',
      deliveryStatus: 'PARTIAL',
      lines: [{ delivered: '3', invoiced: '5' }, {}],
    });
    expect((await deliver(id)).delivery.lines).toMatchObject([{ quantity: '2' }]);
    expect((await run('shipDelivery', 'delivery', { id: early.id })).error).toMatchObject({
      code: 'OVER_DELIVERY',
      message: expect.stringContaining('Only 2 of HEART'),
    });
    const rest = (await run('invoiceSalesOrder', 'salesInvoice', { id, undelivered: true })).salesInvoice;
    expect(rest.lines).toMatchObject([{ quantity: '3' }, { quantity: '2' }, { sku: 'POST' }]);
    expect(await read('salesOrder', id)).toMatchObject({ status: 'CONFIRMED', invoiceStatus: 'COMPLETE' });
    expect((await deliver(id)).error).toMatchObject({
      code: 'NOTHING_TO_DELIVER',
      message: expect.stringContaining('stands in the draft'),
    });
    expect((await run('cancelSalesOrder', 'salesOrder', { id, reason: 'x' })).error.code).toBe('NOT_CANCELLABLE');
    const drafts = (await read('salesOrder', id)).invoices as { id: string }[];
    await run('postSalesInvoice', 'salesInvoice', { id: drafts[0]?.id });
    expect(await read('salesOrder', id)).toMatchObject({ status: 'CONFIRMED', lines: [{ delivered: '8' }, {}] });
    await run('postSalesInvoice', 'salesInvoice', { id: drafts[1]?.id });
    expect(await read('salesOrder', id)).toMatchObject({
      status: 'CLOSED',
      deliveryStatus: 'COMPLETE',
      lines: [{ delivered: '10', invoiced: '10' }, {}],
    });
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
  test('goods that were delivered do not leave once more with an invoice that names the order alone', async () => {
    const { id } = await confirmed();
    const delivery = await shipped(id);
    const left = await onHand(heart);
    const bill = (line: object) =>
      run('createSalesInvoice', 'salesInvoice', {
        customerId: customer,
        suppliedOn: '2024-03-05',
        orderId: id,
        lines: [{ articleId: heart, quantity: '10', orderLine: 1, ...line }],
      });
    expect((await bill({})).error).toMatchObject({
      code: 'OVER_INVOICED',
      message: expect.stringContaining('would leave once more'),
    });
    const { salesInvoice } = await bill({ deliveryId: delivery.id });
    await run('postSalesInvoice', 'salesInvoice', { id: salesInvoice.id });
    expect(await onHand(heart)).toBe(left);
  });
  test('no more is credited of an order or a delivery than was billed of it', async () => {
    const { id } = await confirmed();
    const delivery = await shipped(id);
    const { salesInvoice } = await run('invoiceDelivery', 'salesInvoice', { id: delivery.id });
    const credit = (quantity: string, link: object, more: object = {}) =>
      run('createSalesInvoice', 'salesInvoice', {
        kind: 'CREDIT_NOTE',
        customerId: customer,
        suppliedOn: '2024-03-06',
        lines: [{ articleId: heart, quantity, ...link }],
        ...more,
      });
    const ofDelivery = { deliveryId: delivery.id };
    const over = { code: 'OVER_INVOICED', message: 'More of HEART would be credited than was billed.' };
    expect((await credit('1', ofDelivery)).error).toMatchObject(over);
    await run('postSalesInvoice', 'salesInvoice', { id: salesInvoice.id });
    expect((await credit('11', ofDelivery)).error).toMatchObject(over);
    const { id: noteId } = (await credit('6', ofDelivery)).salesInvoice;
    expect((await credit('5', ofDelivery)).error).toMatchObject(over);
    const wanted = { id: noteId, version: 1, lines: [{ articleId: heart, quantity: '11', ...ofDelivery }] };
    expect((await run('updateSalesInvoice', 'salesInvoice', wanted)).error).toMatchObject(over);
    await mutate('deleteSalesInvoice', { id: noteId }, 'deletedId');
    expect((await credit('11', { orderLine: 1 }, { orderId: id })).error).toMatchObject(over);
    expect((await credit('10', { orderLine: 1 }, { orderId: id })).error).toBeNull();
    expect((await credit('1', { orderLine: 1 }, { orderId: id })).error).toMatchObject(over);
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
  test('what was delivered is billed at the VAT rate of its delivery, however late the invoice is (rule 8)', async () => {
    const invoiceOf = async (more: object, last = '5') => {
      const { id } = await confirmed();
      await shipped(id, { deliverOn: '2020-12-28', lines: [{ orderLine: 1, quantity: '4' }] });
      await shipped(id, { deliverOn: '2020-12-30', lines: [{ orderLine: 1, quantity: last }] });
      const { salesInvoice } = await run('invoiceSalesOrder', 'salesInvoice', { id, issuedOn: '2021-01-05', ...more });
      const found = await sql<{ day: string; rate: string }>(
        `SELECT i.supplied_on::text AS day, t.rate::float8::text AS rate FROM sales.sales_invoice i JOIN sales.sales_invoice_tax t ON t.invoice_id = i.id WHERE i.id = $1`,
        [salesInvoice.id],
      );
      return found;
    };
    expect(await invoiceOf({})).toEqual([{ day: '2020-12-30', rate: '16' }]);
    expect(await invoiceOf({ suppliedOn: '2020-12-28' })).toEqual([{ day: '2020-12-28', rate: '16' }]);
    expect(await invoiceOf({ undelivered: true })).toEqual([{ day: '2021-01-05', rate: '19' }]);
    expect(await invoiceOf({ undelivered: true }, '6')).toEqual([{ day: '2020-12-30', rate: '16' }]);
  });

  test('goods that have come back are not billed by a draft that was made before', async () => {
    const { id } = await confirmed();
    const delivery = await shipped(id);
    const { salesInvoice } = await run('invoiceDelivery', 'salesInvoice', { id: delivery.id });
    await run('returnDelivery', 'delivery', { id: delivery.id, reason: 'broken' });
    const { error } = await run('postSalesInvoice', 'salesInvoice', { id: salesInvoice.id });
    expect(error).toMatchObject({
      code: 'UNKNOWN_DELIVERY',
      message: expect.stringContaining(`delivery ${delivery.number} have come back`),
      fields: expect.arrayContaining([{ path: 'lines.0', code: 'UNKNOWN_DELIVERY' }]),
    });
    expect((await read('salesInvoice', salesInvoice.id)).status).toBe('DRAFT');
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
    expect((await deliver(id, { lines: [{ orderLine: 1, articleId: newId(), quantity: '1' }] })).error).toMatchObject({
      code: 'UNKNOWN_ORDER_LINE',
      message: 'This line of the order is of another article, HEART.',
      fields: [{ path: 'lines.0.orderLine' }],
    });
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

describe('what cannot be delivered or billed', () => {
  test.each(['one that does not exist', 'one of another company'])('into a warehouse: %s', async (which) => {
    let warehouseId = newId();
    if (which.endsWith('company')) {
      const made = await mutate('createWarehouse', { code: 'B', name: 'B' }, 'warehouse { id }', two);
      warehouseId = made.warehouse.id;
    }
    const { id } = await confirmed();
    expect((await deliver(id, { warehouseId })).error).toMatchObject({
      code: 'UNKNOWN_WAREHOUSE',
      fields: [{ path: 'warehouseId' }],
    });
  });

  test('a line that names neither an article nor a line of the order', async () => {
    const { id } = await confirmed();
    const lines = [{ quantity: '1' }];
    const required = { code: 'INVALID_INPUT', fields: [{ path: 'lines.0.articleId', code: 'REQUIRED' }] };
    expect((await deliver(id, { lines })).error).toMatchObject(required);
    const free = await run('createDelivery', 'delivery', { customerId: customer, lines });
    expect(free.error).toMatchObject(required);
  });

  test('a draft of an order that was cancelled meanwhile', async () => {
    const before = await onHand(heart);
    const { id, number } = await confirmed();
    const { delivery } = await deliver(id);
    await run('cancelSalesOrder', 'salesOrder', { id, reason: 'changed his mind' });
    const { error } = await run('shipDelivery', 'delivery', { id: delivery.id });
    expect(error).toMatchObject({ code: 'NOT_CONFIRMED', message: expect.stringContaining(number) });
    expect(await onHand(heart)).toBe(before);
  });

  test('a delivery twice, also by two at once (rule 84)', async () => {
    const { delivery } = await run('createDelivery', 'delivery', {
      customerId: customer,
      deliverOn: '2024-03-05',
      lines: [{ articleId: heart, quantity: '5' }],
    });
    await run('shipDelivery', 'delivery', { id: delivery.id });
    const bill = (quantity: string) =>
      run('createSalesInvoice', 'salesInvoice', {
        customerId: customer,
        suppliedOn: '2024-03-05',
        lines: [{ articleId: heart, quantity, deliveryId: delivery.id }],
      });
    const answers = await Promise.all([bill('3'), bill('3'), bill('3')]);
    expect(answers.flatMap(({ error }) => error?.code ?? [])).toEqual(['OVER_INVOICED', 'OVER_INVOICED']);
    expect((await bill('2')).error).toBeNull();
  });

  test('more than was ordered, by a change of the draft (rule 84)', async () => {
    const { id } = await confirmed();
    const { salesInvoice } = await run('invoiceSalesOrder', 'salesInvoice', { id, undelivered: true });
    const { error } = await run('updateSalesInvoice', 'salesInvoice', {
      id: salesInvoice.id,
      version: 1,
      lines: [{ articleId: heart, quantity: '11', orderLine: 1 }],
    });
    expect(error).toMatchObject({ code: 'OVER_INVOICED', fields: [{ path: 'lines' }] });
    expect((await read('salesOrder', id)).lines[0].invoiced).toBe('10');
  });
});
