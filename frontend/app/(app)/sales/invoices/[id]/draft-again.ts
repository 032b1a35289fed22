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
    lines: draft.lines.map((line) => ({
      ...lineOf(line),
      orderLine: line.orderLine,
      deliveryId: line.delivery?.id ?? null,
    })),
  });

/**
 * The draft of a credit note over an invoice, of which the writer then takes out what is not credited. The date of supply, and with
 * it the VAT rate, is that of the invoice; the note names it (§ 31 (5) UStDV).
 */
export const creditOf = (invoice: KnownInvoice, note: string) =>
  create({
    ...headOf(invoice),
    kind: 'CREDIT_NOTE',
    issuedOn: today() < invoice.issuedOn ? invoice.issuedOn : today(),
    note,
    lines: invoice.lines.map(lineOf),
  });
