import { getTableName } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { FieldFault } from './result.ts';
import type { Tx } from './tenant-db.ts';

interface External {
  readonly externalSource?: string | null;
  readonly externalNumber?: string | null;
}

/**
 * Faults of inputs whose external number is taken, by a stored document or earlier in the same input. The table has
 * `external_source` and `external_number`.
 */
export async function takenExternalNumbers(
  tx: Tx,
  table: PgTable,
  inputs: readonly External[],
  at: (index: number) => string,
): Promise<FieldFault[]> {
  const external = inputs.flatMap((input, index) =>
    input.externalNumber ? [{ index, number: input.externalNumber, source: input.externalSource ?? '' }] : [],
  );
  if (external.length === 0) return [];
  const rows = await tx.query<{ position: number }>(
    `WITH w AS (SELECT * FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS w (source, number, position))
     SELECT w.position FROM w WHERE EXISTS (
       SELECT FROM ${getTableConfig(table).schema}.${getTableName(table)} d WHERE d.external_source = w.source AND d.external_number = w.number)
     UNION SELECT w.position FROM w JOIN w AS earlier USING (source, number) WHERE earlier.position < w.position ORDER BY 1`,
    [external.map((item) => item.source), external.map((item) => item.number)],
  );
  return rows.flatMap(({ position }) => {
    const item = external[position - 1];
    return item
      ? [{ path: `${at(item.index)}externalNumber`, code: 'EXTERNAL_NUMBER_TAKEN', params: { number: item.number } }]
      : [];
  });
}
