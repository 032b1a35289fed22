import { expect, test } from 'vitest';
import { buying } from '../testing/buying.ts';

const { one, two, ask, mutate, run, entryOf, supplier, french, sent, bolt, bill, booked, sql } = await buying();

const LINKS =
  'supplierInvoice { id kind number status suppliedOn gross { amount } signedGross { amount } openAmount { amount } signedOpenAmount { amount } journalEntry { id } corrects { id } differences { kind expected found tolerated } creditNotes { id } } error { code message fields { path code } }';
let notes = 0;
const credit = (correctsId: string | null, net = '20.00', more: object = {}) => {
  notes += 1;
  const input = {
    ...{ kind: 'CREDIT_NOTE', supplierId: supplier, supplierNumber: `G-${notes}`, issuedOn: '2024-06-03', correctsId },
    lines: [{ description: 'Freight', quantity: '1', unitPrice: net }],
    ...more,
  };
  return mutate('createSupplierInvoice', input, LINKS);
};
const check = (id: string, acceptedBecause?: string) =>
  run('checkSupplierInvoice', 'supplierInvoice', { id, acceptedBecause });
const post = (id: string) => mutate('postSupplierInvoice', { id }, LINKS);
const credited = async (correctsId: string | null, net?: string, more?: object) => {
  const { supplierInvoice } = await credit(correctsId, net, more);
  await check(supplierInvoice.id);
  return (await post(supplierInvoice.id)).supplierInvoice;
};
const pay = (id: string, amount: string, more: object = {}) =>
  mutate(
    'recordSupplierPayment',
    { supplierInvoiceId: id, amount, paidOn: '2024-06-10', account: '1200', ...more },
    LINKS,
  );
const read = async (id: string, caller = one) =>
  (
    await ask(
      caller,
      `query ($id: ID!) { supplierInvoice(id: $id) { kind status openAmount { amount } creditNotes { id } corrects { id } } }`,
      { id },
    )
  ).supplierInvoice;
const linesOf = async (entryId: string) =>
  (await entryOf(entryId)).lines.map(
    (line: { account: { number: string }; debit: { amount: string }; credit: { amount: string } }) =>
      `${line.account.number.length > 4 ? 'supplier' : line.account.number} ${line.debit.amount} ${line.credit.amount}`,
  );
const cancel = (id: string) =>
  mutate(
    'cancelSupplierInvoice',
    { id, reason: 'x' },
    'supplierInvoice { status openAmount { amount } cancelEntry { id } } error { code message }',
  );

test('a credit note reduces cost and input tax and stands as a credit with the supplier', async () => {
  const invoice = await booked();
  const note = await credited(invoice.id);
  expect(note).toMatchObject({
    ...{ kind: 'CREDIT_NOTE', status: 'POSTED', corrects: { id: invoice.id } },
    ...{ gross: { amount: '23.80' }, signedGross: { amount: '-23.80' }, signedOpenAmount: { amount: '-23.80' } },
  });
  expect(await linesOf(note.journalEntry.id)).toEqual(['3400 0.00 20.00', '1576 0.00 3.80', 'supplier 23.80 0.00']);
  expect((await read(invoice.id)).creditNotes).toEqual([{ id: note.id }]);
  expect(await read(note.id, two)).toBeNull();
  const [item] = await sql('SELECT kind, amount, open_amount FROM finance.open_item WHERE source_id = $1', [note.id]);
  expect(item).toEqual({ kind: 'PAYABLE', amount: '-23.80', open_amount: '-23.80' });
});

test('where the buyer owes the tax, both sides of it are taken back', async () => {
  const note = await credited(null, '100.00', { supplierId: french });
  const lines = await linesOf(note.journalEntry.id);
  expect(lines).toHaveLength(4);
  expect(lines.at(-1)).toBe('supplier 100.00 0.00');
  expect(lines.filter((line: string) => line.endsWith(' 0.00 19.00') || line.endsWith(' 19.00 0.00'))).toHaveLength(2);
});

test('the tax is that of the supply of the bill', async () => {
  const invoice = await booked({ issuedOn: '2020-12-20' });
  const note = await credited(invoice.id, '50.00');
  expect(note).toMatchObject({ suppliedOn: '2020-12-20', gross: { amount: '58.00' } });
});

test('money that comes back is posted to the bank and settles it, and is taken back again', async () => {
  const note = await credited((await booked()).id);
  expect((await pay(note.id, '23.81')).error.code).toBe('AMOUNT_EXCEEDS_OPEN');
  const { supplierInvoice } = await pay(note.id, '13.80');
  expect(supplierInvoice).toMatchObject({ status: 'POSTED', openAmount: { amount: '10.00' } });
  expect((await pay(note.id, '9.80', { discount: '0.20' })).supplierInvoice).toMatchObject({
    status: 'PAID',
    openAmount: { amount: '0.00' },
  });
  const [first] = await sql<{ id: string; entry: string }>(
    'SELECT id, journal_entry_id AS entry FROM purchasing.supplier_payment WHERE invoice_id = $1 ORDER BY id',
    [note.id],
  );
  expect(await linesOf(first?.entry ?? '')).toEqual(['supplier 0.00 13.80', '1200 13.80 0.00']);
  const back = await mutate(
    'cancelSupplierPayment',
    { id: first?.id, reason: 'x' },
    'supplierInvoice { status openAmount { amount } } error { code }',
  );
  expect(back).toEqual({ supplierInvoice: { status: 'POSTED', openAmount: { amount: '13.80' } }, error: null });
});

test('it is settled against the bill without any money', async () => {
  const invoice = await booked();
  const note = await credited(invoice.id);
  const items = await sql<{ id: string; amount: string }>(
    'SELECT id, amount FROM finance.open_item WHERE source_id = ANY($1::uuid[]) ORDER BY amount',
    [[invoice.id, note.id]],
  );
  const [negative, positive] = items;
  const settled = await mutate(
    'settleOpenItems',
    { items: [{ openItemId: negative?.id }, { openItemId: positive?.id, amount: '23.80' }], settledOn: '2024-06-11' },
    'error { code message }',
  );
  expect(settled.error).toBeNull();
  const open = await sql<{ open: string }>(
    'SELECT open_amount AS open FROM finance.open_item WHERE source_id = ANY($1::uuid[]) ORDER BY amount',
    [[invoice.id, note.id]],
  );
  expect(open.map(({ open }) => open)).toEqual(['0.00', '35.70']);
});

test('cancelling reverses it; what had come back is then owed to the supplier', async () => {
  const note = await credited((await booked()).id);
  await pay(note.id, '13.80');
  const { supplierInvoice } = await cancel(note.id);
  expect(supplierInvoice).toMatchObject({ status: 'CANCELLED', openAmount: { amount: '0.00' } });
  expect(await linesOf(supplierInvoice.cancelEntry.id)).toEqual([
    '3400 20.00 0.00',
    '1576 3.80 0.00',
    'supplier 0.00 23.80',
  ]);
  const rest = await sql<{ amount: string }>(
    `SELECT amount FROM finance.open_item WHERE source_id = $1 AND source_type LIKE '%Cancellation'`,
    [note.id],
  );
  expect(rest).toEqual([{ amount: '13.80' }]);
});

test('a bill that a credit note stands against is not cancelled, nor a credit note posted over a cancelled bill', async () => {
  const invoice = await booked();
  const note = await credited(invoice.id);
  expect((await cancel(invoice.id)).error).toMatchObject({
    code: 'ALREADY_CREDITED',
    message: expect.stringContaining(note.number),
  });
  await cancel(note.id);
  const { supplierInvoice: late } = await credit(invoice.id);
  await check(late.id);
  expect((await cancel(invoice.id)).error).toBeNull();
  expect((await post(late.id)).error).toMatchObject({
    code: 'UNKNOWN_INVOICE',
    message: `The bill ${invoice.number} is cancelled, and with that taken back in full.`,
  });
});

test('what takes back more than the bill is a difference that must be accepted', async () => {
  const invoice = await booked();
  await credited(invoice.id, '40.00');
  const { supplierInvoice } = await credit(invoice.id, '20.00');
  expect(supplierInvoice.differences).toEqual([
    { kind: 'CREDITED', expected: '11.90', found: '23.80', tolerated: false },
  ]);
  expect((await check(supplierInvoice.id)).error.code).toBe('DIFFERENCES_FOUND');
  expect((await check(supplierInvoice.id, 'Goodwill')).error).toBeNull();
});

test('what is corrected is a posted bill of the same supplier, and an order is not named', async () => {
  const invoice = await booked();
  const unknown = { code: 'UNKNOWN_INVOICE', fields: [{ path: 'correctsId' }] };
  expect((await credit(crypto.randomUUID())).error).toMatchObject(unknown);
  expect((await credit((await bill()).supplierInvoice.id)).error).toMatchObject(unknown);
  expect((await credit(invoice.id, '1.00', { supplierId: french })).error).toMatchObject(unknown);
  expect((await credit(invoice.id, '1.00', { kind: 'INVOICE' })).error).toMatchObject({
    ...unknown,
    message: 'Only a credit note corrects another bill.',
  });
  expect((await credit((await credited(invoice.id, '1.00')).id)).error).toMatchObject(unknown);
  const order = await sent();
  expect((await credit(null, '1.00', { orderId: order.id })).error).toMatchObject({
    code: 'UNKNOWN_ORDER',
    fields: [{ path: 'orderId' }],
  });
  expect(
    (await credit(null, '1.00', { lines: [{ articleId: bolt, quantity: '1', unitPrice: '1.00' }] })).error,
  ).toBeNull();
});

test('an edit leaves it a credit note and takes the bill that it names', async () => {
  const invoice = await booked();
  const { supplierInvoice } = await credit(invoice.id);
  const change = {
    ...{ id: supplierInvoice.id, version: 1, supplierId: supplier, supplierNumber: 'G-edit', issuedOn: '2024-06-04' },
    lines: [{ description: 'Freight', quantity: '1', unitPrice: '50.00' }],
  };
  const { supplierInvoice: edited } = await mutate(
    'updateSupplierInvoice',
    { ...change, correctsId: invoice.id },
    LINKS,
  );
  expect(edited).toMatchObject({
    kind: 'CREDIT_NOTE',
    corrects: { id: invoice.id },
    differences: [],
    gross: { amount: '59.50' },
  });
  const { supplierInvoice: free } = await mutate('updateSupplierInvoice', { ...change, version: 2 }, LINKS);
  expect(free).toMatchObject({ kind: 'CREDIT_NOTE', corrects: null });
});

test('the number comes once a year for both kinds; lists add up what credit notes take away', async () => {
  expect((await credit(null, '1.00', { supplierNumber: 'once' })).error).toBeNull();
  expect((await bill({ supplierNumber: 'once', issuedOn: '2024-07-01' })).error.code).toBe('DUPLICATE_BILL');
  const { kinds } = await ask(
    one,
    'query { kinds: supplierInvoiceGroups(by: KIND) { groups { key sums { gross { amount } } } } }',
  );
  const sum = kinds.groups.find(({ key }: { key: string }) => key === 'CREDIT_NOTE').sums.gross.amount;
  expect(sum.startsWith('-')).toBe(true);
});
