import type { Ctx } from '@valeo/kit/context.ts';
import { today } from '@valeo/kit/day.ts';
import { inArray } from 'drizzle-orm';
import { type SettlementRow, settlement } from './open-item.tables.ts';

const eur = (amount: string | undefined) => ({ amount: amount ?? '0.00', currency: 'EUR' });

/** Sums of open amounts by age. */
export async function openItemSummary(ctx: Ctx, kind: string, on: string | null | undefined) {
  const tx = await ctx.read();
  const [row] = await tx.query<Record<string, string>>(
    `SELECT coalesce(sum(open_amount) FILTER (WHERE age <= 0), 0)::numeric(19, 2) AS not_due,
            coalesce(sum(open_amount) FILTER (WHERE age BETWEEN 1 AND 30), 0)::numeric(19, 2) AS days30,
            coalesce(sum(open_amount) FILTER (WHERE age BETWEEN 31 AND 60), 0)::numeric(19, 2) AS days60,
            coalesce(sum(open_amount) FILTER (WHERE age BETWEEN 61 AND 90), 0)::numeric(19, 2) AS days90,
            coalesce(sum(open_amount) FILTER (WHERE age > 90), 0)::numeric(19, 2) AS older,
            coalesce(sum(open_amount), 0)::numeric(19, 2) AS total, count(*)::int AS count
     FROM (SELECT open_amount, $2::date - due_on AS age FROM finance.open_item
           WHERE kind = $1 AND status IN ('OPEN', 'PARTIAL')) item`,
    [kind, on ?? today()],
    'open_item_summary',
  );
  return {
    notDue: eur(row?.not_due),
    days30: eur(row?.days30),
    days60: eur(row?.days60),
    days90: eur(row?.days90),
    older: eur(row?.older),
    total: eur(row?.total),
    count: row?.count ?? 0,
  };
}

/** Open balance of a partner; for all partners of a page at once. */
export async function partnerBalance(ctx: Ctx, kind: string, partnerId: string) {
  const loader = ctx.loader<string, string>(`balance ${kind}`, async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.query<{ partner_id: string; total: string }>(
      'SELECT partner_id, sum(open_amount) AS total FROM finance.open_item WHERE partner_id = ANY($1) AND kind = $2 GROUP BY 1',
      [ids, kind],
      'partner_balance',
    );
    return new Map(rows.map((row) => [row.partner_id, row.total]));
  });
  return eur(await loader.load(partnerId));
}

/** What an entry settles; for all entries of a page at once. */
export async function settlementsOf(ctx: Ctx, entryId: string | null): Promise<readonly SettlementRow[]> {
  if (!entryId) return [];
  const loader = ctx.loader<string, SettlementRow[]>('settlements of entry', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(settlement)
      .where(inArray(settlement.entryId, [...ids]));
    return Map.groupBy(rows, (row) => row.entryId);
  });
  return (await loader.load(entryId)) ?? [];
}
