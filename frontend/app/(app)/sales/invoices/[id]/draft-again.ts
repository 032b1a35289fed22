import { fromUnits, QUANTITY_SCALE, toUnits, trimDecimal } from '@valeo/money/decimal.ts';
import { CreateSalesInvoice, type InvoiceDraftData } from '#graphql/_generated/operations.ts';
import { newIdempotencyKey, request } from '#graphql/client.ts';
import { today } from '#i18n/today.ts';

export type KnownInvoice = NonNullable<InvoiceDraftData['salesInvoice']>;

const create = async (input: object) => {
  const { createSalesInvoice } = await request(CreateSalesInvoice, {
    input: { ...input, idempotencyKey: newIdempotencyKey() } as never,
  });
  return createSalesInvoice;
};

/** What a document and its copy have in common. */
const headOf = ({ customer, country, suppliedOn, paymentTermDays, reference }: KnownInvoice) => ({
  customerId: customer?.id ?? '',
  country,
  suppliedOn,
  paymentTermDays,
  reference,
});

const lineOf = ({ article, description, quantity, unitPrice, taxCode }: KnownInvoice['lines'][number]) => ({
  articleId: article?.id ?? '',
  description,
  quantity,
  unitPrice,
  taxCode,
});

/** A deleted draft is written again; it had no number that could be missed. */
export const bringBack = (draft: KnownInvoice) =>
  create({
    ...headOf(draft),
    kind: draft.kind,
    issuedOn: draft.issuedOn,
    note: draft.note,
    orderId: draft.order?.id ?? null,
    correctsId: draft.corrects?.id ?? null,
    lines: draft.lines.map((line) => ({
      ...lineOf(line),
      orderLine: line.orderLine,
      deliveryId: line.delivery?.id ?? null,
    })),
  });

/**
 * The draft of a credit note over what is left of an invoice, of which the writer then takes out what is not credited; null when
 * nothing is left. The date of supply is that of the invoice.
 */
export async function creditOf(invoice: KnownInvoice) {
  const lines = linesLeft(invoice);
  if (lines.length === 0) return null;
  return create({
    ...headOf(invoice),
    kind: 'CREDIT_NOTE',
    correctsId: invoice.id,
    issuedOn: today() < invoice.issuedOn ? invoice.issuedOn : today(),
    // Goods of a delivery come back by its return, so that the credit note over them moves none.
    lines: lines.map((line) => ({ ...lineOf(line), deliveryId: line.delivery?.id ?? null })),
  });
}

/** The lines of an invoice less what its credit notes have taken of each article, drafts included. */
export function linesLeft({ lines, creditNotes }: Pick<KnownInvoice, 'lines' | 'creditNotes'>): KnownInvoice['lines'] {
  const keyOf = (line: { readonly article: { readonly id: string } | null; readonly taxCode: string }) =>
    `${line.article?.id} ${line.taxCode}`;
  const credited = new Map<string, bigint>();
  for (const line of creditNotes.flatMap((note) => (note.status === 'CANCELLED' ? [] : note.lines)))
    credited.set(keyOf(line), (credited.get(keyOf(line)) ?? 0n) + toUnits(line.quantity, QUANTITY_SCALE));
  return lines.flatMap((line) => {
    const quantity = toUnits(line.quantity, QUANTITY_SCALE);
    const before = credited.get(keyOf(line)) ?? 0n;
    const taken = before < quantity ? before : quantity;
    credited.set(keyOf(line), before - taken);
    return taken < quantity ? [{ ...line, quantity: trimDecimal(fromUnits(quantity - taken, QUANTITY_SCALE)) }] : [];
  });
}
