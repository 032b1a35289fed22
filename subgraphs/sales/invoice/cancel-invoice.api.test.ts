import { postEntries } from '@valeo/finance/ledger/ledger.ts';
import { reversedLines } from '@valeo/finance/ledger/reversal.ts';
import { afterEach, expect, test, vi } from 'vitest';
import { INVOICE_FIELDS, invoicing } from '../testing/invoicing.ts';

const { one, ask, sql, bank, mutate, input, entryOf, onHand, heart, posted, pay, services } = await invoicing();

afterEach(() => void vi.useRealTimers());

test('a Storno reverses entry, stock and open item, and both documents stay', async () => {
  const before = await onHand(heart);
  const invoice = await posted();
  const cancelled = await mutate(
    'cancelSalesInvoice',
    { id: invoice.id, reason: 'wrong customer' },
    one,
    `cancellation { ${INVOICE_FIELDS} }`,
  );
  expect(cancelled.salesInvoice).toMatchObject({
    status: 'CANCELLED',
    openAmount: { amount: '0.00' },
    cancelledBy: { id: cancelled.cancellation.id },
  });
  expect(cancelled.cancellation).toMatchObject({
    kind: 'CREDIT_NOTE',
    cancels: { id: invoice.id },
    gross: { amount: '39.63' },
    openAmount: { amount: '0.00' },
    paymentStatus: 'PAID',
  });
  const reversal = await entryOf(cancelled.cancellation.journalEntry.id);
  expect(reversal.reverses.id).toBe(invoice.journalEntry.id);
  expect(reversal.lines[0]).toMatchObject({ account: { kind: 'DEBTOR' }, credit: { amount: '39.63' } });
  expect(await onHand(heart)).toBe(before);
  expect((await mutate('cancelSalesInvoice', { id: invoice.id, reason: 'again' })).error.code).toBe(
    'ALREADY_CANCELLED',
  );
});

test('a Storno is dated by the day in Germany, also when London is still in the old year', async () => {
  const invoice = await posted();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2025-12-31T23:30:00Z') });
  const { cancellation } = await mutate(
    'cancelSalesInvoice',
    { id: invoice.id, reason: 'late' },
    one,
    'cancellation { number issuedOn journalEntry { id } }',
  );
  expect(cancellation).toMatchObject({ number: expect.stringContaining('2026'), issuedOn: '2026-01-01' });
  const entry = await entryOf(cancellation.journalEntry.id);
  expect(entry).toMatchObject({ number: expect.stringMatching(/^2026-/), postedOn: '2026-01-01' });
  const [movement] = await sql<{ moved_on: string }>(
    `SELECT moved_on::text FROM inventory.stock_movement WHERE reason = 'Storno' ORDER BY id DESC LIMIT 1`,
  );
  expect(movement).toEqual({ moved_on: '2026-01-01' });
});

test('cancelling a paid invoice leaves the money as the credit of the customer', async () => {
  const { id } = await posted();
  await pay(id, '39.63');
  const { cancellation } = await mutate(
    'cancelSalesInvoice',
    { id, reason: 'returned' },
    one,
    `cancellation { ${INVOICE_FIELDS} }`,
  );
  expect(cancellation).toMatchObject({ openAmount: { amount: '39.63' }, paymentStatus: 'OPEN' });
});

test('cancelling takes a cash discount back: only the money is the credit, and no revenue or VAT is left (rule 15)', async () => {
  const invoice = await posted();
  await pay(invoice.id, '30.00');
  await pay(invoice.id, '8.84', { discount: '0.79' });
  const { cancellation } = await mutate(
    'cancelSalesInvoice',
    { id: invoice.id, reason: 'returned' },
    one,
    `cancellation { ${INVOICE_FIELDS} }`,
  );
  expect(cancellation).toMatchObject({
    gross: { amount: '39.63' },
    openAmount: { amount: '38.84' },
    paymentStatus: 'OPEN',
  });
  const left = await sql(
    `SELECT sum(l.credit - l.debit)::text AS total FROM finance.journal_line l JOIN finance.journal_entry e ON e.id = l.entry_id
     WHERE l.tax_role IS NOT NULL AND (e.source_id = ANY($1) OR e.id IN (SELECT journal_entry_id FROM sales.payment WHERE invoice_id = $2))
     GROUP BY l.tax_code, l.tax_role HAVING sum(l.credit - l.debit) <> 0`,
    [[invoice.id, cancellation.id], invoice.id],
  );
  expect(left).toEqual([]);
  const [item] = await sql('SELECT open_amount FROM finance.open_item WHERE source_id = $1', [cancellation.id]);
  expect(item).toEqual({ open_amount: '-38.84' });
});

test('a cash discount whose payment was reversed is not taken back once more', async () => {
  const { id } = await posted();
  await pay(id, '38.84', { discount: '0.79' });
  const [{ entry } = { entry: '' }] = await sql<{ entry: string }>(
    'SELECT journal_entry_id AS entry FROM sales.payment WHERE invoice_id = $1',
    [id],
  );
  const session = { domain: 'finance', tenantId: one.tenantId, userId: one.userId, requestId: 'test' };
  await services.database.transaction(session, async (tx) =>
    postEntries(tx, [
      {
        postedOn: '2024-06-01',
        text: 'Storno',
        reference: 'x',
        source: { type: 'reversal', id: entry },
        reversesId: entry,
        lines: await reversedLines(tx, entry),
        settles: [{ source: { type: 'sales.SalesInvoice', id }, amount: -3963n }],
      },
    ]),
  );
  const { cancellation } = await mutate(
    'cancelSalesInvoice',
    { id, reason: 'returned' },
    one,
    `cancellation { ${INVOICE_FIELDS} }`,
  );
  expect(cancellation.openAmount.amount).toBe('0.00');
  expect((await entryOf(cancellation.journalEntry.id)).lines).toHaveLength(3);
});

test('the Storno of an invoice that is dated ahead is not dated before it (rule 38)', async () => {
  const { id } = await posted({ issuedOn: '2090-05-02' });
  const { cancellation } = await mutate(
    'cancelSalesInvoice',
    { id, reason: 'wrong day' },
    one,
    'cancellation { number issuedOn }',
  );
  expect(cancellation).toEqual({ number: expect.stringContaining('2090'), issuedOn: '2090-05-02' });
});

test('an account that was taken out of use is told, in bulk and by the Storno', async () => {
  const { id } = await posted();
  const { ledgerAccounts } = await ask(
    one,
    '{ ledgerAccounts(filter: { number: { eq: "8400" } }) { edges { node { id version } } } }',
  );
  const [{ node }] = ledgerAccounts.edges;
  const use = (version: number, active: boolean) =>
    bank('updateLedgerAccount', { id: node.id, version, active }, 'error { code }');
  await use(node.version, false);
  const many = await bank('createSalesInvoices', { items: [input()], post: true }, 'errors { index code }');
  expect(many.errors).toEqual([{ index: 0, code: 'ACCOUNT_INACTIVE' }]);
  const { error } = await mutate('cancelSalesInvoice', { id, reason: 'wrong' });
  expect(error).toMatchObject({ code: 'ACCOUNT_INACTIVE', message: expect.stringContaining('8400') });
  await use(node.version + 1, true);
  expect((await mutate('cancelSalesInvoice', { id, reason: 'wrong' })).error).toBeNull();
});
