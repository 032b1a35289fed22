import type { Balance } from './bucket.ts';

/** What an operation is priced at before it is run. */
export interface Price {
  readonly requested: number;
  /** What the plan's fetches cost, in all subgraphs. */
  readonly planned: number;
  readonly limit: number | null;
}

/** `extensions.cost` of an answer. */
export interface CostReport extends Price {
  /** Null when it was not run. */
  readonly actual: number | null;
  /** Null where there are no budgets. */
  readonly remaining: number | null;
  readonly resetAt: string | null;
}

/** What an answer says about its cost. */
export function costReport(
  { requested, planned, limit }: Price,
  actual: number | null,
  balance: Balance | null,
): CostReport {
  const resetAt = balance ? new Date(Date.now() + balance.resetSeconds * 1000).toISOString() : null;
  return { requested, planned, actual, limit, remaining: balance?.remaining ?? null, resetAt };
}
