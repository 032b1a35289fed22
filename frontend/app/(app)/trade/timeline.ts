import type { DocumentChange, SalesPaymentLink, SupplierPaymentLink } from '#graphql/_generated/operations.ts';
import type { IconName } from '#ui/icons.ts';

export type Payment = Omit<SalesPaymentLink, 'receivedOn'> & { readonly on: string };

/** What happened to a document: it came into a state, or money came for it. */
export type Happening =
  | {
      readonly kind: 'change';
      readonly change: DocumentChange;
      readonly first: boolean;
      /** It was paid, and what was paid was taken back. */
      readonly again: boolean;
      readonly reason: string | null;
    }
  | { readonly kind: 'payment'; readonly payment: Payment };

export const received = (each: SalesPaymentLink): Payment => ({ ...each, on: each.receivedOn });
export const paid = (each: SupplierPaymentLink): Payment => ({ ...each, on: each.paidOn });

/** What was taken back is shown, and does not count. */
export const counts = ({ cancelledOn }: Pick<Payment, 'cancelledOn'>): boolean => cancelledOn === null;

const ended = ['CANCELLED', 'REJECTED', 'RETURNED'];

/**
 * The newest first. Payments have a day of value and no time of day, so they stand where they belong: after the posting and before what
 * followed from them. The reason is that of the end.
 */
export function timeline(
  changes: readonly DocumentChange[],
  payments: readonly Payment[] = [],
  reason: string | null = null,
): Happening[] {
  const posted = changes.findIndex(({ status }) => status === 'POSTED') + 1;
  const happenings = changes.map(
    (change, at): Happening => ({
      kind: 'change',
      change,
      first: at === 0,
      again: change.status === 'POSTED' && at >= posted && posted > 0,
      reason: at === changes.length - 1 && ended.includes(change.status) ? reason : null,
    }),
  );
  const paidFor = payments.map((payment): Happening => ({ kind: 'payment', payment }));
  return [...happenings.slice(0, posted), ...paidFor, ...happenings.slice(posted)].reverse();
}

const icons: Readonly<Record<string, IconName>> = {
  SENT: 'mail',
  SHIPPED: 'truck',
  POSTED: 'lock',
  PAID: 'pay',
  CONVERTED: 'arrow-right',
  RECEIVED: 'download',
  PARTIALLY_RECEIVED: 'download',
};

export const iconOf = (status: string): IconName => icons[status] ?? 'check';
export const isEnd = (status: string): boolean => ended.includes(status) || status === 'EXPIRED';
