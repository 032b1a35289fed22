import type { Tx } from '@valeo/kit/tenant-db.ts';
import { inArray } from 'drizzle-orm';
import { type OpenItemRow, openItem } from './open-item.tables.ts';

/** Items by id, locked in one order, so that two who settle the same ones wait for each other instead of blocking each other. */
export async function lockItems(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, OpenItemRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .select()
    .from(openItem)
    .where(inArray(openItem.id, [...ids]))
    .orderBy(openItem.id)
    .for('update');
  return new Map(rows.map((row) => [row.id, row]));
}
