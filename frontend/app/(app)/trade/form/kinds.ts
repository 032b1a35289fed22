import {
  CreatePurchaseOrder,
  CreateQuote,
  CreateSalesOrder,
  CreateSupplierInvoice,
  PurchaseOrderLive,
  QuoteLive,
  SalesOrderLive,
  SupplierInvoiceLive,
  UpdatePurchaseOrder,
  UpdateQuote,
  UpdateSalesOrder,
  UpdateSupplierInvoice,
} from '#graphql/_generated/operations.ts';
import type { Operation } from '#graphql/operation.ts';
import type { PlainKey } from '#i18n/translate.ts';

/** What can be entered in the head of a document, besides partner and lines. */
export const headFields = [
  'quotedOn',
  'validUntil',
  'orderedOn',
  'requestedOn',
  'expectedOn',
  'supplierNumber',
  'issuedOn',
  'suppliedOn',
  'dueOn',
  'statedGross',
  'reference',
  'note',
] as const;
export type HeadField = (typeof headFields)[number];

interface HeadInput {
  readonly name: HeadField;
  readonly type: 'date' | 'text' | 'amount';
  readonly required?: boolean;
}

type Save = Operation<Readonly<Record<string, unknown>>, { input: object }>;

export interface TradeKind {
  /** Names its drafts. */
  readonly form: string;
  readonly title: Extract<PlainKey, `ui.formName.${string}`>;
  readonly list: string;
  readonly side: 'SALE' | 'PURCHASE';
  readonly head: readonly HeadInput[];
  /** The day whose VAT rates hold. */
  readonly rateDay: HeadField;
  readonly create: Save;
  readonly update: Save;
  readonly live: Operation<unknown, { id: string }>;
}

const date = (name: HeadField, required?: boolean): HeadInput => ({ name, type: 'date', required });
const text = (name: HeadField, required?: boolean): HeadInput => ({ name, type: 'text', required });

/** The documents that are entered with a partner and lines, apart from the invoice, which can also be posted at once. */
export const tradeKinds = {
  quote: {
    form: 'sales.quote',
    title: 'ui.formName.quote',
    list: '/sales/quotes',
    side: 'SALE',
    head: [date('quotedOn'), date('validUntil'), text('reference'), text('note')],
    rateDay: 'quotedOn',
    create: CreateQuote as unknown as Save,
    update: UpdateQuote as unknown as Save,
    live: QuoteLive,
  },
  salesOrder: {
    form: 'sales.order',
    title: 'ui.formName.salesOrder',
    list: '/sales/orders',
    side: 'SALE',
    head: [date('orderedOn'), date('requestedOn'), text('reference'), text('note')],
    rateDay: 'orderedOn',
    create: CreateSalesOrder as unknown as Save,
    update: UpdateSalesOrder as unknown as Save,
    live: SalesOrderLive,
  },
  purchaseOrder: {
    form: 'purchasing.order',
    title: 'ui.formName.purchaseOrder',
    list: '/purchasing/orders',
    side: 'PURCHASE',
    head: [date('orderedOn'), date('expectedOn'), text('note')],
    rateDay: 'orderedOn',
    create: CreatePurchaseOrder as unknown as Save,
    update: UpdatePurchaseOrder as unknown as Save,
    live: PurchaseOrderLive,
  },
  supplierInvoice: {
    form: 'purchasing.invoice',
    title: 'ui.formName.supplierInvoice',
    list: '/purchasing/invoices',
    side: 'PURCHASE',
    head: [
      text('supplierNumber', true),
      date('issuedOn', true),
      date('suppliedOn'),
      date('dueOn'),
      { name: 'statedGross', type: 'amount' },
      text('note'),
    ],
    rateDay: 'issuedOn',
    create: CreateSupplierInvoice as unknown as Save,
    update: UpdateSupplierInvoice as unknown as Save,
    live: SupplierInvoiceLive,
  },
} as const satisfies Readonly<Record<string, TradeKind>>;

export type TradeKindName = keyof typeof tradeKinds;
