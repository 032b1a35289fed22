import type { FieldFault } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { type Cents, cents } from '@valeo/money/money.ts';

interface Correcting {
  readonly kind?: 'INVOICE' | 'CREDIT_NOTE' | null;
  readonly supplierId: string;
  readonly orderId?: string | null;
  readonly correctsId?: string | null;
}

/** A bill that a credit note corrects. */
export interface CorrectedBill {
  readonly suppliedOn: string;
  /** What of it has not been credited. */
  readonly left: Cents;
}

/**
 * The bills that credit notes correct, by id, locked so that nobody cancels them meanwhile; what does not fit is added to the faults.
 * What they have credited already is without the document `replacing`.
 */
export async function correctedBills(
  tx: Tx,
  documents: readonly Correcting[],
  at: (index: number) => string,
  faults: FieldFault[],
  replacing: string | null,
): Promise<ReadonlyMap<string, CorrectedBill>> {
  const ids = [...new Set(documents.flatMap(({ correctsId }) => correctsId ?? []))];
  const rows =
    ids.length === 0
      ? []
      : await tx.query<{ id: string; supplier: string; supplied_on: string; fit: boolean; gross: string }>(
          `SELECT id, supplier_id AS supplier, supplied_on::text, kind = 'INVOICE' AND status IN ('POSTED', 'PAID') AS fit, gross
           FROM purchasing.supplier_invoice WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`,
          [ids],
          'corrected_bills',
        );
  const found = new Map(rows.map((row) => [row.id, row]));
  documents.forEach(({ kind, supplierId, orderId, correctsId }, index) => {
    const fault = (path: string, code: string, sentence?: string) =>
      faults.push({ path: `${at(index)}${path}`, code, ...(sentence && { params: { sentence } }) });
    if (kind === 'CREDIT_NOTE' && orderId) fault('orderId', 'UNKNOWN_ORDER', 'UNKNOWN_ORDER.OF_CREDIT_NOTE');
    if (!correctsId) return;
    const bill = found.get(correctsId);
    if (kind !== 'CREDIT_NOTE') fault('correctsId', 'UNKNOWN_INVOICE', 'UNKNOWN_INVOICE.NOT_CREDITING');
    else if (!bill?.fit || bill.supplier !== supplierId) fault('correctsId', 'UNKNOWN_INVOICE');
  });
  const credited = await creditedOf(tx, ids, replacing);
  return new Map(
    rows.map(({ id, supplied_on, gross }) => [
      id,
      { suppliedOn: supplied_on, left: cents(gross) - (credited.get(id) ?? 0n) },
    ]),
  );
}

async function creditedOf(
  tx: Tx,
  ids: readonly string[],
  replacing: string | null,
): Promise<ReadonlyMap<string, Cents>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: string; gross: string }>(
    `SELECT corrects_id AS id, sum(gross) AS gross FROM purchasing.supplier_invoice
     WHERE corrects_id = ANY($1::uuid[]) AND status <> 'CANCELLED' AND id IS DISTINCT FROM $2::uuid GROUP BY 1`,
    [ids, replacing],
    'credited_of_bills',
  );
  return new Map(rows.map(({ id, gross }) => [id, cents(gross)]));
}

/** Credit notes whose bill was cancelled since they were recorded: all of it has been taken back with that. */
export async function cancelledBills(
  tx: Tx,
  documents: readonly { readonly correctsId: string | null }[],
  at: (index: number) => string,
): Promise<FieldFault[]> {
  const ids = [...new Set(documents.flatMap(({ correctsId }) => correctsId ?? []))];
  if (ids.length === 0) return [];
  const rows = await tx.query<{ id: string; number: string; status: string }>(
    'SELECT id, number, status FROM purchasing.supplier_invoice WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE',
    [ids],
    'bills_to_credit',
  );
  const cancelled = new Map(rows.flatMap(({ id, number, status }) => (status === 'CANCELLED' ? [[id, number]] : [])));
  return documents.flatMap(({ correctsId }, index) => {
    const number = cancelled.get(correctsId ?? '');
    const params = { sentence: 'UNKNOWN_INVOICE.CANCELLED', number: number ?? '' };
    return number === undefined ? [] : [{ path: `${at(index)}correctsId`, code: 'UNKNOWN_INVOICE', params }];
  });
}

/** The credit note that stands against a bill: cancelling the bill as well would take its part back twice. */
export async function creditNoteOf(tx: Tx, billId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ number: string }>(
    `SELECT number FROM purchasing.supplier_invoice WHERE corrects_id = $1 AND status IN ('POSTED', 'PAID') ORDER BY id LIMIT 1`,
    [billId],
    'credit_note_of_bill',
  );
  return row?.number;
}
