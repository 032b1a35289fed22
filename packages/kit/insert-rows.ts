import { getTableColumns, getTableName, is, SQL } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { Tx } from './tenant-db.ts';

/**
 * Inserts rows in one statement with one parameter, however many they are. All rows have the properties of the first one;
 * decimals are strings and stay exact. Columns that no row names take their defaults.
 */
export async function insertRows<Table extends PgTable>(
  tx: Tx,
  table: Table,
  rows: readonly Partial<Table['$inferInsert']>[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const properties = Object.entries(getTableColumns(table)).filter(
    ([property, column]) => property in first && !is(column.generated, SQL),
  );
  const columns = properties.map(([, column]) => `"${column.name}"`).join(', ');
  const named = rows.map((row) =>
    Object.fromEntries(
      properties.map(([property, column]) => [column.name, (row as Record<string, unknown>)[property] ?? null]),
    ),
  );
  const schema = getTableConfig(table).schema ?? 'public';
  const name = `"${schema}"."${getTableName(table)}"`;
  await tx.query(
    `INSERT INTO ${name} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb)`,
    [JSON.stringify(named)],
  );
}
