export const QUOTE_STATES = ['DRAFT', 'SENT', 'ACCEPTED', 'REJECTED', 'EXPIRED', 'CONVERTED'] as const;
export type QuoteStatus = (typeof QUOTE_STATES)[number];

/** Where a quote can go from each state by hand (rule 83). CONVERTED is reached by making the order. */
export const QUOTE_STEPS: Readonly<Record<QuoteStatus, readonly QuoteStatus[]>> = {
  DRAFT: ['SENT'],
  SENT: ['DRAFT', 'ACCEPTED', 'REJECTED', 'EXPIRED'],
  ACCEPTED: ['REJECTED'],
  REJECTED: ['DRAFT'],
  EXPIRED: ['DRAFT'],
  CONVERTED: [],
};
