import type { Permission } from '@valeo/kit/permissions.ts';

/** A kind of record that files can be attached to. Its domain answers for it: who may read and change it, and its standing. */
export interface Attachable {
  /** The type that its domain answers for: `sales.SalesInvoice`. */
  readonly type: string;
  readonly read: Permission;
  readonly write: Permission;
}

const of = <Domain extends 'crm' | 'inventory' | 'purchasing' | 'sales' | 'finance'>(
  domain: Domain,
  type: string,
): Attachable => ({ type: `${domain}.${type}`, read: `${domain}:read`, write: `${domain}:write` });

/** By the value of the enum `AttachmentRecord`. */
export const ATTACHABLE = {
  QUOTE: of('sales', 'Quote'),
  SALES_ORDER: of('sales', 'SalesOrder'),
  DELIVERY: of('sales', 'Delivery'),
  SALES_INVOICE: of('sales', 'SalesInvoice'),
  PURCHASE_ORDER: of('purchasing', 'PurchaseOrder'),
  GOODS_RECEIPT: of('purchasing', 'GoodsReceipt'),
  SUPPLIER_INVOICE: of('purchasing', 'SupplierInvoice'),
  BUSINESS_PARTNER: of('crm', 'BusinessPartner'),
  ARTICLE: of('inventory', 'Article'),
  JOURNAL_ENTRY: of('finance', 'JournalEntry'),
} as const satisfies Record<string, Attachable>;

export type AttachableName = keyof typeof ATTACHABLE;
export const ATTACHABLE_NAMES = Object.keys(ATTACHABLE) as readonly AttachableName[];

/** The kinds of record that someone with these permissions may read. */
export const readableBy = (can: (permission: Permission) => boolean): AttachableName[] =>
  ATTACHABLE_NAMES.filter((name) => can(ATTACHABLE[name].read));
