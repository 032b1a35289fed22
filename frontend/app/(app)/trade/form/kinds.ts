import {
  type AttachmentRecord,
  CreatePurchaseOrder,
  CreateQuote,
  CreateSalesInvoice,
  CreateSalesOrder,
  CreateSupplierInvoice,
  InvoiceLive,
  PostSalesInvoice,
  PurchaseOrderLive,
  QuoteLive,
  SalesOrderLive,
  SupplierInvoiceLive,
  UpdatePurchaseOrder,
  UpdateQuote,
  UpdateSalesInvoice,
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
  'paymentTermDays',
  'statedGross',
  'reference',
  'note',
  'correctsId',
] as const;
export type HeadField = (typeof headFields)[number];

export interface HeadInput {
  readonly name: HeadField;
  readonly label: PlainKey;
  readonly type: 'date' | 'text' | 'amount' | 'days';
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
  /** Fields below the lines. */
  readonly texts: readonly HeadInput[];
  /** The day whose VAT rates hold; without it the day of issue. */
  readonly rateDay: HeadField;
  readonly create: Save;
  readonly update: Save;
  /** It may name the document that it corrects. */
  readonly corrects?: true;
  /** Posts it, for kinds that can be posted from their form. */
  readonly post?: Save;
  /** Field of the object in the payloads. */
  readonly object: string;
  /** What files are attached to. */
  readonly record: AttachmentRecord;
  readonly live: Operation<unknown, { id: string }>;
}

type Labelled = Exclude<HeadField, 'paymentTermDays' | 'correctsId'>;
const input =
  (type: HeadInput['type']) =>
  (name: Labelled, required?: boolean): HeadInput => ({ name, label: `ui.trade.${name}`, type, required });
const date = input('date');
const text = input('text');

const supplierInvoice = {
  form: 'purchasing.invoice',
  title: 'ui.formName.supplierInvoice',
  list: '/purchasing/invoices',
  side: 'PURCHASE',
  head: [
    text('supplierNumber', true),
    date('issuedOn', true),
    date('suppliedOn'),
    date('dueOn'),
    input('amount')('statedGross'),
    text('note'),
  ],
  texts: [],
  rateDay: 'suppliedOn',
  create: CreateSupplierInvoice as unknown as Save,
  update: UpdateSupplierInvoice as unknown as Save,
  object: 'supplierInvoice',
  record: 'SUPPLIER_INVOICE',
  live: SupplierInvoiceLive,
} as const satisfies TradeKind;

/** The documents that are entered with a partner and lines. */
export const tradeKinds = {
  salesInvoice: {
    form: 'sales.invoice',
    title: 'ui.formName.invoice',
    list: '/sales/invoices',
    side: 'SALE',
    head: [
      date('suppliedOn', true),
      date('issuedOn'),
      { name: 'paymentTermDays', label: 'ui.entry.term', type: 'days' },
    ],
    texts: [
      { name: 'reference', label: 'ui.entry.reference', type: 'text' },
      { name: 'note', label: 'ui.entry.note', type: 'text' },
    ],
    rateDay: 'suppliedOn',
    create: CreateSalesInvoice as unknown as Save,
    update: UpdateSalesInvoice as unknown as Save,
    post: PostSalesInvoice as unknown as Save,
    object: 'salesInvoice',
    record: 'SALES_INVOICE',
    live: InvoiceLive,
  },
  quote: {
    form: 'sales.quote',
    title: 'ui.formName.quote',
    list: '/sales/quotes',
    side: 'SALE',
    head: [date('quotedOn'), date('validUntil'), text('reference'), text('note')],
    texts: [],
    rateDay: 'quotedOn',
    create: CreateQuote as unknown as Save,
    update: UpdateQuote as unknown as Save,
    object: 'quote',
    record: 'QUOTE',
    live: QuoteLive,
  },
  salesOrder: {
    form: 'sales.order',
    title: 'ui.formName.salesOrder',
    list: '/sales/orders',
    side: 'SALE',
    head: [date('orderedOn'), date('requestedOn'), text('reference'), text('note')],
    texts: [],
    rateDay: 'orderedOn',
    create: CreateSalesOrder as unknown as Save,
    update: UpdateSalesOrder as unknown as Save,
    object: 'salesOrder',
    record: 'SALES_ORDER',
    live: SalesOrderLive,
  },
  purchaseOrder: {
    form: 'purchasing.order',
    title: 'ui.formName.purchaseOrder',
    list: '/purchasing/orders',
    side: 'PURCHASE',
    head: [date('orderedOn'), date('expectedOn'), text('note')],
    texts: [],
    rateDay: 'orderedOn',
    create: CreatePurchaseOrder as unknown as Save,
    update: UpdatePurchaseOrder as unknown as Save,
    object: 'purchaseOrder',
    record: 'PURCHASE_ORDER',
    live: PurchaseOrderLive,
  },
  supplierInvoice,
  supplierCreditNote: {
    ...supplierInvoice,
    form: 'purchasing.creditNote',
    title: 'ui.formName.supplierCreditNote',
    corrects: true,
  },
} as const satisfies Readonly<Record<string, TradeKind>>;

export type TradeKindName = keyof typeof tradeKinds;
