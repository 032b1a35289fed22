export const PURCHASE_ORDER_STATES = [
  'DRAFT',
  'APPROVED',
  'SENT',
  'PARTIALLY_RECEIVED',
  'RECEIVED',
  'CLOSED',
  'CANCELLED',
] as const;
export type PurchaseOrderStatus = (typeof PURCHASE_ORDER_STATES)[number];

/** Steps by hand (rule 88). What was received follows from the goods receipts. */
export const PURCHASE_ORDER_STEPS: Readonly<Record<PurchaseOrderStatus, readonly PurchaseOrderStatus[]>> = {
  DRAFT: ['APPROVED', 'CANCELLED'],
  APPROVED: ['DRAFT', 'SENT', 'CANCELLED'],
  SENT: ['CANCELLED'],
  PARTIALLY_RECEIVED: ['CLOSED'],
  RECEIVED: ['CLOSED'],
  CLOSED: [],
  CANCELLED: [],
};

/** States in which goods may come in. */
export const RECEIVABLE: ReadonlySet<string> = new Set(['APPROVED', 'SENT', 'PARTIALLY_RECEIVED', 'RECEIVED']);
