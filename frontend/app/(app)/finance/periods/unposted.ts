import { type PeriodLeftData, PeriodLeft as UnpostedOf } from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import { lastDay } from '../year.ts';
import type { Period } from './PeriodButton.tsx';

export interface Unposted {
  readonly kind: 'invoices' | 'bills' | 'bank';
  readonly count: number;
  /** The list of just these. */
  readonly href: string;
}

/** What would belong into a month and is not posted yet: a closed one would not take it any more (rule 40). */
export async function unpostedIn({ calendar, may }: Pick<Period, 'calendar' | 'may'>, signal: AbortSignal) {
  const span = { gte: `${calendar}-01`, lte: lastDay(calendar) };
  const found: PeriodLeftData = await request(
    UnpostedOf,
    {
      sales: { status: { eq: 'DRAFT' }, issuedOn: span },
      bills: { status: { in: ['RECEIVED', 'CHECKED'] }, issuedOn: span },
      bank: { status: { eq: 'OPEN' }, bookedOn: span },
      maySell: may.sell,
      mayBuy: may.buy,
    },
    signal,
  );
  const list = (path: string, states: string, day: string) =>
    `${path}?f=status:in:${states}&f=${day}:gte:${span.gte}&f=${day}:lte:${span.lte}`;
  const all: readonly Unposted[] = [
    {
      kind: 'invoices',
      count: found.salesInvoices?.totalCount ?? 0,
      href: list('/sales/invoices', 'DRAFT', 'issuedOn'),
    },
    {
      kind: 'bills',
      count: found.supplierInvoices?.totalCount ?? 0,
      href: list('/purchasing/invoices', 'RECEIVED,CHECKED', 'issuedOn'),
    },
    { kind: 'bank', count: found.bankTransactions?.totalCount ?? 0, href: list('/finance/bank', 'OPEN', 'bookedOn') },
  ];
  return all.filter(({ count }) => count > 0);
}
