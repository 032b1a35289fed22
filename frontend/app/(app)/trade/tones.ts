/** How the states of documents look, wherever one is shown. */
export const tones = {
  quote: {
    DRAFT: 'draft',
    SENT: 'open',
    ACCEPTED: 'part',
    REJECTED: 'void',
    EXPIRED: 'over',
    CONVERTED: 'paid',
  },
  salesOrder: { DRAFT: 'draft', CONFIRMED: 'open', CLOSED: 'paid', CANCELLED: 'void' },
  delivery: { DRAFT: 'draft', SHIPPED: 'paid', RETURNED: 'void' },
  purchaseOrder: {
    DRAFT: 'draft',
    APPROVED: 'open',
    SENT: 'open',
    PARTIALLY_RECEIVED: 'part',
    RECEIVED: 'paid',
    CLOSED: 'paid',
    CANCELLED: 'void',
  },
  receipt: { DRAFT: 'draft', POSTED: 'paid', CANCELLED: 'void' },
} as const;
