import type { Ctx } from '@valeo/kit/context.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { asc, eq, inArray } from 'drizzle-orm';
import { type QuoteLineRow, type QuoteRow, quote, quoteLine } from './quote.tables.ts';

export async function lockQuote(tx: Tx, id: string): Promise<QuoteRow | undefined> {
  const [row] = await tx.db.select().from(quote).where(eq(quote.id, id)).for('update');
  return row;
}

export async function quoteLines(ctx: Ctx, quoteId: string): Promise<QuoteLineRow[]> {
  const loader = ctx.loader<string, QuoteLineRow[]>('quote lines', async (ids) => {
    const tx = await ctx.read();
    const rows = await tx.db
      .select()
      .from(quoteLine)
      .where(inArray(quoteLine.quoteId, [...ids]))
      .orderBy(asc(quoteLine.quoteId), asc(quoteLine.position));
    return Map.groupBy(rows, (row) => row.quoteId);
  });
  return (await loader.load(quoteId)) ?? [];
}
