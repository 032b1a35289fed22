import { cents } from '@valeo/money/money.ts';
import { daysPast } from '#i18n/today.ts';

/** How the states of a supplier's invoice look. */
export const billTones = {
  RECEIVED: 'draft',
  CHECKED: 'part',
  POSTED: 'open',
  PAID: 'paid',
  CANCELLED: 'void',
} as const;

interface BillFacts {
  readonly journalEntry: object | null;
  readonly gross: { readonly amount: string };
  readonly openAmount: { readonly amount: string };
}

/** What cancelling a bill has to undo: nothing, its entry, or its entry with money paid that then is owed by the supplier. */
export function cancelling({ journalEntry, gross, openAmount }: BillFacts): 'unposted' | 'posted' | 'paid' {
  if (!journalEntry) return 'unposted';
  return cents(openAmount.amount) === cents(gross.amount) ? 'posted' : 'paid';
}

/** Days since a posted bill should have been paid; 0 when nothing is late. */
export const daysOverdue = (
  { kind, status, dueOn }: { kind: 'INVOICE' | 'CREDIT_NOTE'; status: keyof typeof billTones; dueOn: string },
  day?: string,
): number => (kind === 'INVOICE' && status === 'POSTED' ? daysPast(dueOn, day) : 0);
