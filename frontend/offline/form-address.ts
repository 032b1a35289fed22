import type { PlainKey } from '#i18n/translate.ts';

/** Forms whose work is kept in drafts and without a connection: what they are called and where they are. */
export interface FormAddress {
  readonly label: PlainKey;
  /** Null where documents are made of others, and never by a form. */
  readonly create: string | null;
  edit(id: string): string;
}

const addressOf = (label: PlainKey, list: string): FormAddress => ({
  label,
  create: `${list}/new`,
  edit: (id) => `${list}/${id}/edit`,
});

/** A document that is made of an order, and whose form only changes it. */
const changeOf = (label: PlainKey, list: string): FormAddress => ({ ...addressOf(label, list), create: null });

const forms: Readonly<Record<string, FormAddress>> = {
  attachment: { label: 'ui.attachment.title', create: '/', edit: () => '/' },
  'crm.activity': addressOf('ui.formName.activity', '/crm/activities'),
  'crm.opportunity': addressOf('ui.formName.opportunity', '/crm/opportunities'),
  'crm.partner': addressOf('ui.formName.partner', '/crm/partners'),
  'identity.role': addressOf('ui.formName.role', '/settings/roles'),
  'finance.account': addressOf('ui.formName.account', '/finance/accounts'),
  'finance.bankTransaction': addressOf('ui.formName.bankTransaction', '/finance/bank'),
  'finance.journalEntry': addressOf('ui.formName.journalEntry', '/finance/journal'),
  'inventory.article': addressOf('ui.formName.article', '/inventory/articles'),
  'inventory.warehouse': addressOf('ui.formName.warehouse', '/inventory/warehouses'),
  'purchasing.creditNote': {
    ...addressOf('ui.formName.supplierCreditNote', '/purchasing/invoices'),
    create: '/purchasing/invoices/new?kind=credit',
  },
  'purchasing.invoice': addressOf('ui.formName.supplierInvoice', '/purchasing/invoices'),
  'purchasing.receipt': changeOf('trade.receipt', '/purchasing/receipts'),
  'purchasing.order': addressOf('ui.formName.purchaseOrder', '/purchasing/orders'),
  'sales.delivery': changeOf('trade.delivery', '/sales/deliveries'),
  'sales.quote': addressOf('ui.formName.quote', '/sales/quotes'),
  'sales.order': addressOf('ui.formName.salesOrder', '/sales/orders'),
  'sales.invoice': addressOf('ui.formName.invoice', '/sales/invoices'),
};

const unknown: FormAddress = { label: 'ui.formName.other', create: '/', edit: () => '/' };

/** An address with one thing more in its query. */
export const withQuery = (address: string, name: string, value: string): string =>
  `${address}${address.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`;

export const formAddress = (form: string): FormAddress => forms[form] ?? unknown;
