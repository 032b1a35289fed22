import { expect, test } from 'vitest';
import { invoicing } from '../testing/invoicing.ts';

const { one, two, ask, mutate, draft, posted, pay, customer, frenchCustomer, heart, postage, onHand, sql } =
  await invoicing();

const lines = (quantity: string, more: object = {}) => [{ articleId: heart, quantity, ...more }];
const credit = (correctsId: string, more: object = {}) =>
  mutate('createSalesInvoice', {
    ...{ kind: 'CREDIT_NOTE', customerId: customer, suppliedOn: '2011-12-20', issuedOn: '2011-12-20', correctsId },
    ...more,
  });
const credited = async (correctsId: string, more: object) =>
  (await mutate('postSalesInvoice', { id: (await credit(correctsId, more)).salesInvoice.id })).salesInvoice;
const read = async (id: string, caller = one) =>
  (
    await ask(
      caller,
      'query ($id: ID!) { salesInvoice(id: $id) { suppliedOn corrects { id number } creditNotes { id status } } }',
      { id },
    )
  ).salesInvoice;
const over = { code: 'OVER_INVOICED', message: 'More of 85123A would be credited than was billed.' };

test('a credit note names the invoice that it corrects, and the invoice its credit notes, drafts and cancelled ones too', async () => {
  const invoice = await posted();
  const { salesInvoice: first } = await credit(invoice.id, { lines: lines('2') });
  const second = await credited(invoice.id, { lines: lines('1') });
  await mutate('cancelSalesInvoice', { id: second.id, reason: 'Wrong' });
  expect((await read(first.id)).corrects).toEqual({ id: invoice.id, number: invoice.number });
  expect((await read(invoice.id)).creditNotes).toEqual([
    { id: first.id, status: 'DRAFT' },
    { id: second.id, status: 'CANCELLED' },
  ]);
  expect(await read(invoice.id, two)).toBeNull();
});

test('an edit keeps the invoice that is corrected, unless it says otherwise', async () => {
  const invoice = await posted();
  const { salesInvoice: note } = await credit(invoice.id, { lines: lines('2') });
  await mutate('updateSalesInvoice', { id: note.id, version: 1, note: 'Broken' });
  expect((await read(note.id)).corrects.id).toBe(invoice.id);
  await mutate('updateSalesInvoice', { id: note.id, version: 2, correctsId: null });
  expect((await read(note.id)).corrects).toBeNull();
});

test('what is corrected is a posted invoice of the same customer, and only a credit note corrects', async () => {
  const invoice = await posted();
  const refused = async (correctsId: string, more: object = {}) =>
    (await credit(correctsId, { lines: lines('1'), ...more })).error;
  const unknown = { code: 'UNKNOWN_INVOICE', fields: [{ path: 'correctsId', code: 'UNKNOWN_INVOICE' }] };
  expect(await refused(crypto.randomUUID())).toMatchObject(unknown);
  expect(await refused((await draft()).id)).toMatchObject(unknown);
  expect(await refused(invoice.id, { customerId: frenchCustomer })).toMatchObject(unknown);
  expect(await refused(invoice.id, { kind: 'INVOICE' })).toMatchObject({
    ...unknown,
    message: 'Only a credit note corrects another invoice.',
  });
  expect(await refused((await credited(invoice.id, { lines: lines('1') })).id)).toMatchObject(unknown);
  const { cancellation } = await mutate(
    'cancelSalesInvoice',
    { id: (await posted()).id, reason: 'x' },
    one,
    'cancellation { id cancels { id number } }',
  );
  expect(await refused(cancellation.id)).toMatchObject(unknown);
  expect(await refused(cancellation.cancels.id)).toMatchObject({
    ...unknown,
    message: `The invoice ${cancellation.cancels.number} is cancelled, and with that taken back in full.`,
  });
  const { id } = await draft({ kind: 'CREDIT_NOTE' });
  expect(
    (await mutate('updateSalesInvoice', { id, version: 1, correctsId: invoice.id, kind: 'INVOICE' })).error,
  ).toMatchObject(unknown);
});

test('no more of an article comes back than was billed, in pieces, in money and over all credit notes', async () => {
  const invoice = await posted();
  expect((await credit(invoice.id, { lines: lines('7') })).error).toMatchObject(over);
  expect((await credit(invoice.id, { lines: lines('1', { unitPrice: '15.31' }) })).error).toMatchObject(over);
  const { salesInvoice: note } = await credit(invoice.id, { lines: lines('4') });
  expect((await credit(invoice.id, { lines: lines('3') })).error).toMatchObject(over);
  expect((await mutate('updateSalesInvoice', { id: note.id, version: 1, lines: lines('7') })).error).toMatchObject(
    over,
  );
});

test('a credit note that was cancelled takes nothing any more', async () => {
  const invoice = await posted();
  const note = await credited(invoice.id, { lines: lines('6') });
  expect((await credit(invoice.id, { lines: lines('1') })).error).toMatchObject(over);
  await mutate('cancelSalesInvoice', { id: note.id, reason: 'Wrong' });
  expect((await credit(invoice.id, { lines: lines('6') })).error).toBeNull();
});

test('a reduction stands under a service of its own, and takes no more than its VAT code was billed', async () => {
  const invoice = await posted({ lines: lines('6') });
  const rebate = (unitPrice: string, more: object = {}) =>
    credit(invoice.id, { lines: [{ articleId: postage, quantity: '1', unitPrice, ...more }] });
  expect((await rebate('15.31')).error).toMatchObject({
    code: 'OVER_INVOICED',
    message: 'More would be credited under the VAT code U19 than the invoice bills.',
  });
  expect((await rebate('1.00', { taxCode: 'U7' })).error.code).toBe('OVER_INVOICED');
  expect((await rebate('15.30')).error).toBeNull();
  expect((await credit(invoice.id, { lines: lines('1') })).error.code).toBe('OVER_INVOICED');
});

test('goods that the invoice does not bill are not taken back over it', async () => {
  const invoice = await posted({ lines: [{ articleId: postage, quantity: '1' }] });
  expect((await credit(invoice.id, { lines: lines('1', { unitPrice: '1.00' }) })).error).toMatchObject(over);
});

test('a line is credited piece by piece, although each piece is rounded up', async () => {
  const invoice = await posted({ lines: lines('3', { unitPrice: '0.335' }) });
  for (let at = 0; at < 3; at++)
    expect((await credit(invoice.id, { lines: lines('1', { unitPrice: '0.335' }) })).error).toBeNull();
});

test('two who credit the last piece at once: one is refused', async () => {
  const invoice = await posted({ lines: lines('1') });
  const made = await Promise.all([1, 2, 3].map(() => credit(invoice.id, { lines: lines('1') })));
  expect(made.filter(({ error }) => error === null)).toHaveLength(1);
});

test('VAT is taken back at the rate at which it was charged, whatever day the credit note bears', async () => {
  const invoice = await posted({ suppliedOn: '2020-12-30', issuedOn: '2020-12-30', lines: lines('6') });
  const note = await credited(invoice.id, { suppliedOn: '2021-01-20', issuedOn: '2021-01-20', lines: lines('6') });
  expect(note.taxes).toMatchObject([{ taxCode: 'U19', rate: '16', tax: { amount: '2.45' } }]);
  expect(note.gross).toEqual(invoice.gross);
  expect((await read(note.id)).suppliedOn).toBe('2021-01-20');
});

test('the goods come back on the day of the credit note', async () => {
  const before = await onHand(heart);
  const invoice = await posted({ lines: lines('6') });
  const note = await credited(invoice.id, { suppliedOn: '2011-12-09', issuedOn: '2011-12-20', lines: lines('6') });
  expect(await onHand(heart)).toBe(before);
  const moved = await sql<{ day: string }>(
    'SELECT moved_on::text AS day FROM inventory.stock_movement WHERE source_id = $1',
    [note.id],
  );
  expect(moved).toEqual([{ day: '2011-12-20' }]);
});

test('an invoice that a credit note stands against is not cancelled, which would take its part back twice', async () => {
  const invoice = await posted();
  const note = await credited(invoice.id, { lines: lines('2') });
  expect((await mutate('cancelSalesInvoice', { id: invoice.id, reason: 'x' })).error).toMatchObject({
    code: 'ALREADY_CREDITED',
    message: expect.stringContaining(`${note.number} stands against the invoice ${invoice.number}`),
  });
  await mutate('cancelSalesInvoice', { id: note.id, reason: 'x' });
  expect((await mutate('cancelSalesInvoice', { id: invoice.id, reason: 'x' })).error).toBeNull();
});

test('a draft over an invoice that was cancelled meanwhile is not posted', async () => {
  const invoice = await posted();
  const { salesInvoice: note } = await credit(invoice.id, { lines: lines('2') });
  expect((await mutate('cancelSalesInvoice', { id: invoice.id, reason: 'x' })).error).toBeNull();
  expect((await mutate('postSalesInvoice', { id: note.id })).error).toMatchObject({
    code: 'UNKNOWN_INVOICE',
    message: `The invoice ${invoice.number} is cancelled, and with that taken back in full.`,
    fields: [{ path: 'correctsId' }],
  });
});

test('an invoice is cancelled, or its credit note posted, never both at once', async () => {
  const invoice = await posted();
  const { salesInvoice: note } = await credit(invoice.id, { lines: lines('2') });
  const [cancelled, noted] = await Promise.all([
    mutate('cancelSalesInvoice', { id: invoice.id, reason: 'x' }),
    mutate('postSalesInvoice', { id: note.id }),
  ]);
  expect([cancelled.error, noted.error].filter((error) => error === null)).toHaveLength(1);
});

test('an invoice that was paid can be credited, and the credit stands for the customer', async () => {
  const invoice = await posted();
  await pay(invoice.id, invoice.gross.amount);
  const note = await credited(invoice.id, { lines: lines('2') });
  expect(note.openAmount).toEqual(note.gross);
});

test('what a posted credit note corrects is kept by the database', async () => {
  const note = await credited((await posted()).id, { lines: lines('1') });
  await expect(sql('UPDATE sales.sales_invoice SET corrects_id = NULL WHERE id = $1', [note.id])).rejects.toThrow(
    'POSTED_DOCUMENT',
  );
});
