import type { FieldFault } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import type { PricedLine } from '../document/price-documents.ts';
import type { InvoiceInput } from './invoice.input.ts';

/** What a document and the invoice that it corrects must agree on. */
export interface Correcting {
  readonly kind?: 'INVOICE' | 'CREDIT_NOTE' | null;
  readonly customerId: string;
  readonly correctsId?: string | null;
}

interface CorrectedRow {
  readonly id: string;
  readonly customer_id: string;
  readonly number: string | null;
  readonly supplied_on: string;
  readonly fit: boolean;
  readonly cancelled: boolean;
}

/**
 * The invoices that documents correct, by id, and what is wrong with them. They are locked: who credits the same invoice sees what
 * the other one took, and it is not cancelled meanwhile.
 */
export async function correctedInvoices(
  tx: Tx,
  documents: readonly Correcting[],
  at: (index: number) => string,
): Promise<{ faults: FieldFault[]; suppliedOn: ReadonlyMap<string, string> }> {
  const ids = [...new Set(documents.flatMap(({ correctsId }) => correctsId ?? []))];
  if (ids.length === 0) return { faults: [], suppliedOn: new Map() };
  const rows = await tx.query<CorrectedRow>(
    `SELECT id, customer_id, number, supplied_on::text, status = 'CANCELLED' AS cancelled,
            kind = 'INVOICE' AND status = 'POSTED' AND cancels_id IS NULL AS fit
     FROM sales.sales_invoice WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`,
    [ids],
    'corrected_invoices',
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  const faults = documents.flatMap(({ kind, customerId, correctsId }, index): FieldFault[] => {
    if (!correctsId) return [];
    const fault = (params?: Record<string, string>): FieldFault[] => [
      { path: `${at(index)}correctsId`, code: 'UNKNOWN_INVOICE', ...(params && { params }) },
    ];
    if (kind !== 'CREDIT_NOTE') return fault({ sentence: 'UNKNOWN_INVOICE.NOT_CREDITING' });
    const invoice = found.get(correctsId);
    if (!invoice || invoice.customer_id !== customerId) return fault();
    if (invoice.cancelled) return fault({ sentence: 'UNKNOWN_INVOICE.CANCELLED', number: invoice.number ?? '' });
    return invoice.fit ? [] : fault();
  });
  return { faults, suppliedOn: new Map(rows.map((row) => [row.id, row.supplied_on])) };
}

interface Correction {
  readonly input: Pick<InvoiceInput, 'correctsId'>;
  readonly lines: readonly Pick<PricedLine, 'articleId' | 'kind'>[];
}

/**
 * What credit notes, drafts included, take back of an invoice that they correct: of an article no more than was billed, in pieces and
 * in money, no goods that it did not bill, and no more in all under each VAT code, for a reduction may stand under an article of its
 * own. Compared before lines are rounded, so that a line can be credited piece by piece. Answers the parameters of the refusal.
 */
export async function overCorrected(
  tx: Tx,
  corrections: readonly Correction[],
): Promise<Readonly<Record<string, string>> | undefined> {
  const correcting = corrections.filter(({ input }) => input.correctsId);
  if (correcting.length === 0) return undefined;
  const goods = correcting.flatMap(({ lines }) =>
    lines.flatMap(({ articleId, kind }) => (kind === 'GOODS' ? articleId : [])),
  );
  const [over] = await tx.query<{ sku: string | null; tax_code: string }>(
    `WITH line AS (
       SELECT coalesce(i.corrects_id, i.id) AS invoice_id, l.article_id, l.sku, l.tax_code, i.corrects_id IS NULL AS billed,
              CASE WHEN i.corrects_id IS NULL THEN -l.quantity ELSE l.quantity END AS quantity, l.unit_price
       FROM sales.sales_invoice i JOIN sales.sales_invoice_line l ON l.invoice_id = i.id
       WHERE (i.id = ANY($1::uuid[]) OR i.corrects_id = ANY($1::uuid[])) AND i.status <> 'CANCELLED'
     )
     (SELECT min(sku) AS sku, tax_code FROM line GROUP BY invoice_id, article_id, tax_code
      HAVING (bool_or(billed) OR article_id = ANY($2::uuid[])) AND (sum(quantity) > 0 OR sum(quantity * unit_price) > 0) LIMIT 1)
     UNION ALL
     (SELECT NULL, tax_code FROM line GROUP BY invoice_id, tax_code HAVING sum(quantity * unit_price) > 0 LIMIT 1)`,
    [[...new Set(correcting.map(({ input }) => input.correctsId))], [...new Set(goods)]],
    'over_corrected',
  );
  if (!over) return undefined;
  return over.sku === null
    ? { taxCode: over.tax_code, sentence: 'OVER_INVOICED.CREDITED_IN_ALL' }
    : { sku: over.sku, sentence: 'OVER_INVOICED.CREDITED' };
}

/** The credit note that stands against an invoice: cancelling that one as well would take its part back twice. */
export async function creditNoteOf(tx: Tx, invoiceId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ number: string }>(
    `SELECT number FROM sales.sales_invoice WHERE corrects_id = $1 AND status = 'POSTED' ORDER BY id LIMIT 1`,
    [invoiceId],
    'credit_note_of_invoice',
  );
  return row?.number;
}
