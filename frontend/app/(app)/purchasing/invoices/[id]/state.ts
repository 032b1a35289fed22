/** How the states of a supplier's invoice look. */
export const billTones = {
  RECEIVED: 'draft',
  CHECKED: 'part',
  POSTED: 'open',
  PAID: 'paid',
  CANCELLED: 'void',
} as const;
