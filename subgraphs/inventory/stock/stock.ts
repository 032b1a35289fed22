/**
 * Port of the stock ledger: other domains move stock through it inside their own transaction, because a delivery without
 * its movement must not exist for even a moment.
 */
import { newId } from '@valeo/kit/ids.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';

export type MovementKind = 'OPENING' | 'RECEIPT' | 'ISSUE' | 'RETURN' | 'ADJUSTMENT' | 'TRANSFER';

export interface MovementDraft {
  readonly articleId: string;
  /** The standard warehouse without one. */
  readonly warehouseId?: string | null;
  /** Signed decimal with up to four places; receipts positive. */
  readonly quantity: string;
  readonly kind: MovementKind;
  readonly movedOn: string;
  readonly reason?: string | null;
  /** Computed, not counted. */
  readonly derived?: boolean;
  /** Number of the document in the system it came from. */
  readonly externalNumber?: string | null;
  readonly source: { readonly type: string; readonly id: string | null; readonly line?: number | null };
}

/**
 * Writes movements; services are left out, since only goods have stock. Stock may go below zero: a sale is not refused
 * because a receipt was recorded late, it is shown as a stock alert. Any number of movements takes the same few statements.
 */
export function moveStock(tx: Tx, given: readonly MovementDraft[]): Promise<void> {
  return tx.as('inventory', async () => {
    const goods = await goodsAmong(tx, given);
    const drafts = given.filter(
      (draft) => goods.has(draft.articleId.toLowerCase()) && !/^-?0(\.0*)?$/.test(draft.quantity),
    );
    if (drafts.length === 0) return;
    for (const year of new Set(drafts.map((draft) => draft.movedOn.slice(0, 4)))) {
      await tx.query('SELECT inventory.ensure_partition($1)', [Number(year)], 'ensure_stock_partition');
    }
    const standard = drafts.some((draft) => !draft.warehouseId) ? await standardWarehouse(tx) : null;
    await tx.query(
      `INSERT INTO inventory.stock_movement (id, tenant_id, year, article_id, warehouse_id, quantity, kind, reason, derived,
                                             source_type, source_id, source_line, moved_on, external_number, user_id)
       SELECT m.id, $1, extract(year FROM m.moved_on), m.article_id, m.warehouse_id, m.quantity, m.kind, m.reason, m.derived,
              m.source_type, m.source_id, m.source_line, m.moved_on, m.external_number, nullif(current_setting('app.user_id', true), '')::uuid
       FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::numeric[], $6::text[], $7::text[], $8::boolean[], $9::text[], $10::uuid[], $11::int[], $12::date[], $13::text[])
         AS m (id, article_id, warehouse_id, quantity, kind, reason, derived, source_type, source_id, source_line, moved_on, external_number)`,
      [
        tx.tenantId,
        drafts.map(() => newId()),
        drafts.map((draft) => draft.articleId),
        drafts.map((draft) => draft.warehouseId ?? standard),
        drafts.map((draft) => draft.quantity),
        drafts.map((draft) => draft.kind),
        drafts.map((draft) => draft.reason ?? null),
        drafts.map((draft) => draft.derived ?? false),
        drafts.map((draft) => draft.source.type),
        drafts.map((draft) => draft.source.id),
        drafts.map((draft) => draft.source.line ?? null),
        drafts.map((draft) => draft.movedOn),
        drafts.map((draft) => draft.externalNumber ?? null),
      ],
      'move_stock',
    );
  });
}

async function goodsAmong(tx: Tx, drafts: readonly MovementDraft[]): Promise<ReadonlySet<string>> {
  const ids = [...new Set(drafts.map((draft) => draft.articleId))];
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM inventory.article WHERE id = ANY($1::uuid[]) AND kind = 'GOODS'`,
    [ids],
    'goods_among',
  );
  return new Set(rows.map((row) => row.id));
}

/** Warehouses in use among those named; those of another company are not known. */
export function usableWarehouses(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  return tx.as('inventory', async () => {
    if (ids.length === 0) return new Set();
    const rows = await tx.query<{ id: string }>(
      'SELECT id FROM inventory.warehouse WHERE id = ANY($1::uuid[]) AND active',
      [[...new Set(ids)]],
      'usable_warehouses',
    );
    return new Set(rows.map((row) => row.id));
  });
}

/** Id of the company's standard warehouse; made on first use. Runs with the rights of inventory. */
export async function standardWarehouse(tx: Tx): Promise<string> {
  const select = () =>
    tx.query<{ id: string }>('SELECT id FROM inventory.warehouse WHERE standard', [], 'standard_warehouse');
  const [found] = await select();
  if (found) return found.id;
  await tx.query(
    `INSERT INTO inventory.warehouse (id, tenant_id, code, name, standard) VALUES ($1, $2, 'HAUPT', 'Hauptlager', true) ON CONFLICT DO NOTHING`,
    [newId(), tx.tenantId],
  );
  const [made] = await select();
  if (!made) throw new Error('The code of the standard warehouse is taken by another one');
  return made.id;
}
