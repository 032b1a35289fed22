import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { Tx } from './tenant-db.ts';

/** Values by property of a table. Decimals are strings and stay exact. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * Inserts rows in one statement with one parameter, however many they are. All rows have the properties of the first one;
 * columns that it does not name take their defaults, and so do properties that are no columns: they are left out.
 */
export async function insertRows(tx: Tx, table: PgTable, rows: readonly Values[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { name, columns, record } = namedColumns(table, first);
  await tx.query(
    `INSERT INTO ${name} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb)`,
    [JSON.stringify(rows.map(record))],
  );
}

/** Sets columns of the record with this id, and counts the change. */
export async function changeRow(tx: Tx, table: PgTable, id: string, values: Values): Promise<void> {
  const { name, columns, record } = namedColumns(table, values);
  const assigned = columns
    ? `(${columns}) = (SELECT ${columns} FROM jsonb_populate_record(NULL::${name}, $2::jsonb)), `
    : '';
  await tx.query(
    `UPDATE ${name} SET ${assigned}version = version + 1, updated_at = now() WHERE id = $1 AND $2::jsonb IS NOT NULL`,
    [id, JSON.stringify(record(values))],
  );
}

function namedColumns(table: PgTable, sample: Values) {
  const used = Object.entries(getTableColumns(table)).filter(([property]) => property in sample);
  const name = `"${getTableConfig(table).schema ?? 'public'}"."${getTableName(table)}"`;
  const columns = used.map(([, column]) => `"${column.name}"`).join(', ');
  const record = (row: Values) =>
    Object.fromEntries(used.map(([property, column]) => [column.name, row[property] ?? null]));
  return { name, columns, record };
}
