import {
  type EntryDraft,
  type LedgerCode,
  type LineDraft,
  postEntries,
  type Side,
  taxRate,
} from '@valeo/finance/ledger/ledger.ts';
import { isImportVat, isReverseCharge } from '@valeo/finance/ledger/reverse-charge.ts';
import { fail, ok, type Result } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { cents, sum, vatOnNet } from '@valeo/money/money.ts';
import { inArray } from 'drizzle-orm';
import {
  type SupplierInvoiceLineRow,
  type SupplierInvoiceRow,
  supplierInvoice,
  supplierInvoiceLine,
} from './bill.tables.ts';
import { cancelledBills } from './corrected-bills.ts';

/** Source type of bills in journal and open items. */
export const BILL_SOURCE = 'purchasing.SupplierInvoice';

export const otherSide = (side: Side): Side => (side === 'debit' ? 'credit' : 'debit');

/** What the ledger may refuse about a bill. */
export const BOOK_CODES = [
  'PERIOD_CLOSED',
  'DATE_OUT_OF_RANGE',
  'UNKNOWN_ACCOUNT',
  'CONTROL_ACCOUNT',
  'ACCOUNT_INACTIVE',
] as const;
type BookCode = (typeof BOOK_CODES)[number];

export async function lockBills(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, SupplierInvoiceRow>> {
  const rows = await tx.db
    .select()
    .from(supplierInvoice)
    .where(inArray(supplierInvoice.id, [...ids]))
    .orderBy(supplierInvoice.id)
    .for('update');
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Posts bills in the order given: entry and open item; a fixed number of statements for any number. A bill over zero has no entry.
 * They are posted on their own days, or on one that is given.
 */
export async function postBills(
  tx: Tx,
  bills: readonly SupplierInvoiceRow[],
  at: (index: number) => string,
  postedOn: string | null = null,
): Promise<Result<string[], BookCode | 'UNKNOWN_INVOICE'>> {
  const unknown = await cancelledBills(tx, bills, at);
  if (unknown.length > 0) return fail('UNKNOWN_INVOICE', { params: { ...unknown[0]?.params }, fields: unknown });
  const rows = await tx.db
    .select()
    .from(supplierInvoiceLine)
    .where(
      inArray(
        supplierInvoiceLine.invoiceId,
        bills.map(({ id }) => id),
      ),
    )
    .orderBy(supplierInvoiceLine.invoiceId, supplierInvoiceLine.position);
  const lines = Map.groupBy(rows, (row) => row.invoiceId);
  const booked = bills.flatMap((bill, index) => (cents(bill.gross) === 0n ? [] : [{ bill, index }]));
  const posted = await postEntries(
    tx,
    booked.map(({ bill, index }) => entryOf(bill, lines.get(bill.id) ?? [], at(index), postedOn ?? bill.issuedOn)),
  );
  if (!posted.ok) {
    // Without a day of its own the entry has that of the bill.
    const day = postedOn ? 'postedOn' : 'issuedOn';
    const fields = posted.fields.map((fault) => ({ ...fault, path: fault.path.replace(/postedOn$/, day) }));
    return fail(bookCode(posted.code), { params: { ...posted.params }, fields });
  }
  await tx.query(
    `UPDATE purchasing.supplier_invoice b SET status = CASE WHEN b.gross = 0 THEN 'PAID' ELSE 'POSTED' END, journal_entry_id = p.entry_id, posted_at = now(),
       version = b.version + 1, updated_at = now()
     FROM unnest($1::uuid[], $2::uuid[]) AS p (id, entry_id) WHERE b.id = p.id`,
    [
      bills.map(({ id }) => id),
      bills.map((bill) => posted.value[booked.findIndex((item) => item.bill === bill)]?.id ?? null),
    ],
    'mark_bills_posted',
  );
  return ok(bills.map(({ id }) => id));
}

/** Drafts are balanced and complete by construction, so nothing else can be wrong with them. */
export const bookCode = (code: LedgerCode): BookCode => {
  const known = BOOK_CODES.find((own) => own === code);
  if (!known) throw new Error(`The ledger refused a bill: ${code}`);
  return known;
};

/**
 * Dr cost per account and VAT code, Dr input tax, Cr supplier; where the buyer owes the tax, it also stands in credit. A credit note
 * the other way round, which corrects the input tax (§ 17 UStG).
 */
function entryOf(
  bill: SupplierInvoiceRow,
  lines: readonly SupplierInvoiceLineRow[],
  at: string,
  postedOn: string,
): EntryDraft {
  const partner = { id: bill.supplierId, name: bill.supplierName, kind: 'CREDITOR' as const };
  const costs = [...Map.groupBy(lines, (line) => `${line.taxCode} ${line.account ?? ''}`).values()].flatMap(
    (group): LineDraft[] => {
      const [first] = group;
      if (!first) return [];
      const { account, taxCode } = first;
      const amount = sum(group.map(({ net }) => cents(net)));
      if (isImportVat(taxCode)) return [{ to: { taxOf: taxCode }, side: 'debit', amount, taxCode, taxRole: 'TAX' }];
      const to = account ? { account } : { baseOf: taxCode };
      return [{ to, side: 'debit', amount, taxCode, taxRole: 'BASE', opensItem: true }];
    },
  );
  const taxes = [...Map.groupBy(lines, (line) => line.taxCode)].flatMap(([taxCode, group]): LineDraft[] => {
    if (isImportVat(taxCode)) return [];
    const amount = vatOnNet(sum(group.map(({ net }) => cents(net))), taxRate(taxCode, bill.suppliedOn) ?? '0');
    const tax: LineDraft = { to: { taxOf: taxCode }, side: 'debit', amount, taxCode, taxRole: 'TAX' };
    return isReverseCharge(taxCode) ? [tax, { ...tax, to: { owedOf: taxCode }, side: 'credit' }] : [tax];
  });
  // Cents by which the supplier rounds otherwise.
  const charged = taxes.find(({ taxCode, amount }) => amount > 0n && !isReverseCharge(taxCode ?? ''));
  const rounding =
    cents(bill.tax) - sum(taxes.flatMap((line) => (isReverseCharge(line.taxCode ?? '') ? [] : line.amount)));
  const rounded = taxes.map((line) => (line === charged ? { ...line, amount: line.amount + rounding } : line));
  const gross = cents(bill.gross);
  const isCredit = bill.kind === 'CREDIT_NOTE';
  const lineDrafts: LineDraft[] = [
    ...[...costs, ...rounded].filter(({ amount }) => amount !== 0n),
    { to: { partner }, side: 'credit', amount: gross },
  ];
  return {
    postedOn,
    text: `${isCredit ? 'Lieferantengutschrift' : 'Eingangsrechnung'} ${bill.supplierNumber} ${bill.supplierName}`.slice(
      0,
      200,
    ),
    reference: bill.number,
    source: { type: BILL_SOURCE, id: bill.id },
    lines: isCredit ? lineDrafts.map((line) => ({ ...line, side: otherSide(line.side) })) : lineDrafts,
    openItem: { partner, dueOn: bill.dueOn, amount: isCredit ? -gross : gross },
    path: at.replace(/\.$/, ''),
  };
}
