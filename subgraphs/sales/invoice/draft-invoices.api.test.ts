import { newId } from '@valeo/kit/ids.ts';
import { expect, test } from 'vitest';
import { invoicing } from '../testing/invoicing.ts';

const {
  one,
  ask,
  mutate,
  bank: mutateAny,
  publish,
  customer,
  frenchCustomer,
  heart,
  postage,
  input,
  draft,
  posted,
} = await invoicing();

test('prices, VAT and due date come from article, rate of the day of supply and term', async () => {
  expect(await draft()).toMatchObject({
    status: 'DRAFT',
    number: null,
    dueOn: '2011-12-23',
    net: { amount: '33.30' },
    tax: { amount: '6.33' },
    gross: { amount: '39.63' },
    lines: [{ sku: '85123A', quantity: '6', unitPrice: '2.55', taxCode: 'U19', net: '15.30' }, { sku: 'POST' }],
    journalEntry: null,
  });
  expect((await draft({ suppliedOn: '2020-08-01' })).taxes).toMatchObject([{ rate: '16' }]);
});

test('every fault is told with its place', async () => {
  const { error } = await mutate(
    'createSalesInvoice',
    input({
      customerId: newId(),
      lines: [
        { articleId: newId(), quantity: '1' },
        { articleId: heart, quantity: '1', taxCode: 'V19' },
      ],
    }),
  );
  expect(error.fields.map((field: { path: string; code: string }) => `${field.path} ${field.code}`)).toEqual([
    'customerId UNKNOWN_CUSTOMER',
    'lines.0.articleId UNKNOWN_ARTICLE',
    'lines.1.taxCode UNKNOWN_TAX_CODE',
  ]);
  const negative = await mutate(
    'createSalesInvoice',
    input({ lines: [{ articleId: heart, quantity: '-1', unitPrice: '1.23456' }] }),
  );
  expect(negative.error.fields).toMatchObject([
    { path: 'lines.0.quantity', code: 'MUST_BE_POSITIVE' },
    { path: 'lines.0.unitPrice', code: 'INVALID_DECIMAL' },
  ]);
});

test('numbers too big to be stored, alone or multiplied, are a fault of the input and not of ours', async () => {
  const faultsOf = async (quantity: string, unitPrice: string) =>
    (await mutate('createSalesInvoice', input({ lines: [{ articleId: heart, quantity, unitPrice }] }))).error;
  expect(await faultsOf('123456789012', '1')).toMatchObject({
    code: 'INVALID_INPUT',
    fields: [{ path: 'lines.0.quantity', code: 'TOO_BIG' }],
  });
  expect(await faultsOf('12345678901', '12345678901')).toMatchObject({
    code: 'INVALID_INPUT',
    fields: [{ path: '', code: 'TOO_BIG' }],
  });
});

test('a tax-free supply within the EU needs the VAT id and carries the note', async () => {
  const line = [{ articleId: heart, quantity: '1', taxCode: 'IGL' }];
  expect((await mutate('createSalesInvoice', input({ lines: line }))).error.code).toBe('VAT_ID_REQUIRED');
  expect((await draft({ customerId: frenchCustomer, lines: line })).taxes).toEqual([
    {
      taxCode: 'IGL',
      rate: '0',
      net: { amount: '2.55' },
      tax: { amount: '0.00' },
      note: 'Steuerfreie innergemeinschaftliche Lieferung',
    },
  ]);
});

test('a VAT code that the charts have no account for is refused where it is drafted, not when the invoice is posted', async () => {
  const lines = [{ articleId: heart, quantity: '1', taxCode: 'U0PV' }];
  expect((await mutate('createSalesInvoice', input({ lines }))).error).toMatchObject({
    code: 'TAX_CODE_WITHOUT_ACCOUNT',
    message: expect.stringContaining('U0PV'),
    fields: [{ path: 'lines.0.taxCode' }],
  });
});

test('a line bills a line that the order of the document has', async () => {
  const { salesOrder } = await mutateAny(
    'createSalesOrder',
    { customerId: customer, lines: [{ articleId: heart, quantity: '5' }] },
    'salesOrder { id }',
  );
  const lines = (orderLine: number) => [
    { articleId: heart, quantity: '1' },
    { articleId: heart, quantity: '1', orderLine },
  ];
  const fault = { code: 'UNKNOWN_ORDER_LINE', fields: [{ path: 'lines.1.orderLine' }] };
  const orderId = salesOrder.id;
  expect((await mutate('createSalesInvoice', input({ orderId, lines: lines(2) }))).error).toMatchObject(fault);
  expect((await mutate('createSalesInvoice', input({ lines: lines(1) }))).error).toMatchObject(fault);
  const other = [lines(1)[0], { articleId: postage, quantity: '1', orderLine: 1 }];
  expect((await mutate('createSalesInvoice', input({ orderId, lines: other }))).error).toMatchObject({
    ...fault,
    message: 'This line of the order is of another article, 85123A.',
  });
  const { id } = await draft({ orderId, lines: lines(1) });
  expect((await mutate('updateSalesInvoice', { id, version: 1, lines: lines(3) })).error).toMatchObject(fault);
  expect((await mutate('updateSalesInvoice', { id, version: 1, orderId: null })).error).toBeNull();
});

test('a stale edit is refused with both values, a fresh one replaces the draft', async () => {
  const { id } = await draft();
  const changed = await mutate('updateSalesInvoice', {
    id,
    version: 1,
    ...input({ lines: [{ articleId: heart, quantity: '10', unitPrice: '1.00' }] }),
  });
  expect(changed.salesInvoice).toMatchObject({ version: 2, net: { amount: '10.00' }, lines: [{ quantity: '10' }] });
  const stale = await mutate('updateSalesInvoice', { id, version: 1, ...input({ note: 'mine' }) });
  expect(stale.error).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'note', code: 'CHANGED_MEANWHILE' }] });
});

test('what a change does not give stays', async () => {
  const { id } = await draft({ note: 'first', reference: 'R1' });
  const { salesInvoice } = await mutate('updateSalesInvoice', { id, version: 1, note: 'second' });
  expect(salesInvoice).toMatchObject({
    version: 2,
    net: { amount: '33.30' },
    lines: [{ sku: '85123A' }, { sku: 'POST' }],
  });
  const moved = await mutate('updateSalesInvoice', { id, version: 2, suppliedOn: '2020-08-01' });
  expect(moved.salesInvoice.taxes).toMatchObject([{ rate: '16' }]);
});

test('the same external number cannot come in twice', async () => {
  await draft({ externalSource: 'shop', externalNumber: '536365' });
  expect(
    (await mutate('createSalesInvoice', input({ externalSource: 'shop', externalNumber: '536365' }))).error,
  ).toMatchObject({ code: 'EXTERNAL_NUMBER_TAKEN', fields: [{ path: 'externalNumber' }] });
});

test('a draft can be deleted, a posted document cannot', async () => {
  const remove = async (id: string) =>
    (
      await ask(
        one,
        'mutation ($input: DeleteSalesInvoiceInput!) { deleteSalesInvoice(input: $input) { deletedId error { code } } }',
        { input: { id } },
      )
    ).deleteSalesInvoice;
  const { id } = await draft();
  expect(await remove(id)).toEqual({ deletedId: id, error: null });
  expect((await remove((await posted()).id)).error.code).toBe('NOT_DRAFT');
});

test.each([
  ['IGL', 'DE136695976', 'VAT_ID_REQUIRED'],
  ['S21', 'DE136695976', 'VAT_ID_REQUIRED'],
  ['IGL', 'CHE107787577', 'VAT_ID_REQUIRED'],
  ['IGL', 'EL094259216', undefined],
  ['IGL', 'XI110305878', undefined],
  ['S21', 'XI110305878', 'VAT_ID_REQUIRED'],
  ['R60', 'DE136695976', undefined],
])('%s with the VAT id %s of another state or not: %s (rule 11)', async (taxCode, vatId, code) => {
  const buyer = newId();
  await publish(one, 'crm.BusinessPartner', buyer, {
    number: '1',
    name: 'Buyer',
    country: 'DE',
    vatId,
    paymentTermDays: 14,
  });
  const lines = [{ articleId: heart, quantity: '1', taxCode }];
  const { error } = await mutate('createSalesInvoice', input({ customerId: buyer, lines }));
  expect(error?.code).toBe(code);
});

test('days for which no VAT rate is known, or that are no business days, are told at their field', async () => {
  const { id } = await draft();
  for (const change of [{ suppliedOn: '1992-12-31' }, { issuedOn: '9999-12-31' }, { issuedOn: '0001-01-01' }])
    for (const answer of [
      await mutate('updateSalesInvoice', { id, version: 1, ...change }),
      await mutate('createSalesInvoice', input(change)),
    ])
      expect(answer.error).toMatchObject({
        code: 'INVALID_INPUT',
        fields: [{ path: Object.keys(change)[0], code: 'INVALID_DATE' }],
      });
});

test('numbers that fit alone, but not multiplied, are a fault of the input', async () => {
  const lines = [{ articleId: heart, quantity: '99999999999', unitPrice: '99999999999' }];
  expect((await mutate('createSalesInvoice', input({ lines }))).error).toMatchObject({ code: 'INVALID_INPUT' });
});
