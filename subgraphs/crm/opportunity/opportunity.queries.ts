import type { Ctx } from '@valeo/kit/context.ts';
import { loadNode } from '@valeo/kit/list-page.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { inArray } from 'drizzle-orm';
import { opportunities } from './opportunity.list.ts';
import { type OpportunityRow, opportunity } from './opportunity.tables.ts';

/** Which of these opportunities exist in this company. */
export async function existingOpportunities(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.db
    .select({ id: opportunity.id })
    .from(opportunity)
    .where(inArray(opportunity.id, [...ids]));
  return new Set(rows.map(({ id }) => id));
}

/** An opportunity that a record of this domain refers to, which therefore exists. */
export const loadOpportunity = (ctx: Ctx, id: string): Promise<OpportunityRow> =>
  loadNode(ctx, opportunities, id) as Promise<unknown> as Promise<OpportunityRow>;
