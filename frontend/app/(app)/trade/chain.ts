import type {
  BillLink,
  DeliveryLink,
  InvoiceHead,
  InvoiceLink,
  PurchaseChain,
  QuoteLink,
  SalesChain,
  SalesPaymentLink,
  SupplierPaymentLink,
} from '#graphql/_generated/operations.ts';
import type { Formats } from '#i18n/format.ts';
import type { Translate } from '#i18n/translate.ts';
import type { StatusTone } from '#ui/Status.tsx';
import { billTones } from '../purchasing/invoices/[id]/state.ts';
import { invoiceState } from '../sales/invoices/[id]/state.ts';
import { tones } from './tones.ts';

/** A document, entry or payment of the same business. */
export interface Related {
  readonly id: string;
  readonly label: string;
  /** Number of the document, or the amount of a payment. */
  readonly text: string;
  readonly href: string | null;
  readonly date: string;
  readonly state: { readonly tone: StatusTone; readonly label: string } | null;
}

export interface Words {
  readonly t: Translate;
  readonly format: Pick<Formats, 'money'>;
}

interface SalesDocuments {
  readonly quote?: QuoteLink | null;
  readonly order?: SalesChain | null;
  /** Of a document that came without an order. */
  readonly deliveries?: readonly DeliveryLink[];
  readonly invoices?: readonly InvoiceLink[];
}

/** All documents of a sale in the order of the trade, each once, however they were found. */
export function salesChain(found: SalesDocuments, { t, format }: Words): Related[] {
  const { order } = found;
  const quote = found.quote ?? order?.quote;
  const deliveries = once([...(order?.deliveries ?? []), ...(found.deliveries ?? [])]);
  const all = [...(order?.invoices ?? []), ...(found.invoices ?? [])];
  // What cancels an invoice stands after it, whether it names the order as well or not.
  const invoices = once(all.flatMap((each): InvoiceHead[] => (each.cancelledBy ? [each, each.cancelledBy] : [each])));
  const payments = once(all.flatMap((each) => each.payments));
  return [
    ...(quote
      ? [
          {
            id: quote.id,
            label: t('trade.quote'),
            text: quote.number,
            href: `/sales/quotes/${quote.id}`,
            date: quote.quotedOn,
            state: { tone: tones.quote[quote.status], label: t(`enum.QuoteStatus.${quote.status}`) },
          },
        ]
      : []),
    ...(order
      ? [
          {
            id: order.id,
            label: t('trade.order'),
            text: order.number,
            href: `/sales/orders/${order.id}`,
            date: order.orderedOn,
            state: { tone: tones.salesOrder[order.status], label: t(`enum.SalesOrderStatus.${order.status}`) },
          },
        ]
      : []),
    ...deliveries.map((each) => ({
      id: each.id,
      label: t('trade.delivery'),
      text: each.number,
      href: `/sales/deliveries/${each.id}`,
      date: each.deliverOn,
      state: { tone: tones.delivery[each.status], label: t(`enum.DeliveryStatus.${each.status}`) },
    })),
    ...invoices.map((each) => {
      const { name, tone } = invoiceState(each);
      const state = { tone, label: t(`invoice.state.${name}`) };
      return {
        id: each.id,
        label: t(`enum.SalesInvoiceKind.${each.kind}`),
        text: each.number ?? t('invoice.state.draft'),
        href: `/sales/invoices/${each.id}`,
        date: each.issuedOn,
        state: name === 'credit' ? null : state,
      };
    }),
    ...payments.map((each) => payment(each, each.receivedOn, { t, format })),
  ];
}

interface PurchaseDocuments {
  readonly order?: PurchaseChain | null;
  /** Of a document that came without an order. */
  readonly receipts?: PurchaseChain['receipts'];
  readonly bills?: readonly BillLink[];
}

/** All documents of a purchase likewise; a cancelled bill is followed by the entry that reverses it. */
export function purchaseChain(found: PurchaseDocuments, { t, format }: Words): Related[] {
  const { order } = found;
  const receipts = once([...(order?.receipts ?? []), ...(found.receipts ?? [])]);
  const bills = once([...(order?.invoices ?? []), ...(found.bills ?? [])]);
  return [
    ...(order
      ? [
          {
            id: order.id,
            label: t('trade.purchaseOrder'),
            text: order.number,
            href: `/purchasing/orders/${order.id}`,
            date: order.orderedOn,
            state: { tone: tones.purchaseOrder[order.status], label: t(`enum.PurchaseOrderStatus.${order.status}`) },
          },
        ]
      : []),
    ...receipts.map((each) => ({
      id: each.id,
      label: t('trade.receipt'),
      text: each.number,
      href: `/purchasing/receipts/${each.id}`,
      date: each.receivedOn,
      state: { tone: tones.receipt[each.status], label: t(`enum.GoodsReceiptStatus.${each.status}`) },
    })),
    ...bills.flatMap((each) => [
      {
        id: each.id,
        label: t(`enum.SupplierInvoiceKind.${each.kind}`),
        text: each.number,
        href: `/purchasing/invoices/${each.id}`,
        date: each.issuedOn,
        state: { tone: billTones[each.status], label: t(`enum.SupplierInvoiceStatus.${each.status}`) },
      },
      ...(each.cancelEntry
        ? [
            {
              id: each.cancelEntry.id,
              label: t('invoice.chain.cancelled'),
              text: each.cancelEntry.number,
              href: `/finance/journal/${each.cancelEntry.id}`,
              date: each.cancelEntry.postedOn,
              state: null,
            },
          ]
        : []),
    ]),
    ...once(bills.flatMap((each) => each.payments)).map((each) => payment(each, each.paidOn, { t, format })),
  ];
}

/** A payment leads to its entry; without one when accounting is away. */
function payment(each: SalesPaymentLink | SupplierPaymentLink, date: string, { t, format }: Words): Related {
  return {
    id: each.id,
    label: t('invoice.chain.payment'),
    text: format.money(each.amount.amount),
    href: each.journalEntry ? `/finance/journal/${each.journalEntry.id}` : null,
    date,
    state: each.cancelledOn ? { tone: 'void', label: t('invoice.takenBack') } : null,
  };
}

function once<Document extends { readonly id: string }>(documents: readonly Document[]): Document[] {
  return [...new Map(documents.map((each) => [each.id, each])).values()];
}
