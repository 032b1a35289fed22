import { daysPast } from '#i18n/today.ts';
import type { StatusTone } from '#ui/Status.tsx';

interface InvoiceFacts {
  readonly kind: 'INVOICE' | 'CREDIT_NOTE';
  readonly status: 'DRAFT' | 'POSTED' | 'CANCELLED';
  readonly paymentStatus: 'OPEN' | 'PARTIAL' | 'PAID';
  readonly dueOn: string;
}

export type InvoiceStateName = 'draft' | 'void' | 'credit' | 'paid' | 'part' | 'open';

/** The one state that the head of a document shows; being late is said beside it. */
export function invoiceState({ kind, status, paymentStatus }: Omit<InvoiceFacts, 'dueOn'>): {
  name: InvoiceStateName;
  tone: StatusTone;
} {
  if (status === 'DRAFT') return { name: 'draft', tone: 'draft' };
  if (status === 'CANCELLED') return { name: 'void', tone: 'void' };
  if (kind === 'CREDIT_NOTE') return { name: 'credit', tone: 'credit' };
  if (paymentStatus === 'PAID') return { name: 'paid', tone: 'paid' };
  if (paymentStatus === 'PARTIAL') return { name: 'part', tone: 'part' };
  return { name: 'open', tone: 'open' };
}

/** Days since a posted invoice should have been paid; 0 when nothing is late. */
export function daysOverdue(invoice: InvoiceFacts, day?: string): number {
  if (invoice.status !== 'POSTED' || invoice.kind !== 'INVOICE' || invoice.paymentStatus === 'PAID') return 0;
  return daysPast(invoice.dueOn, day);
}
