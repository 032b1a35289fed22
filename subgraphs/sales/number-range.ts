import type { Tx } from '@valeo/kit/tenant-db.ts';

/** Prefix of the numbers of each kind of document. */
export const RANGES = { QUOTE: 'AN', ORDER: 'AU', DELIVERY: 'LS', INVOICE: 'RE', CREDIT_NOTE: 'GS' } as const;
export type NumberRange = keyof typeof RANGES;

/**
 * Draws `count` consecutive numbers of a range and year, for example RE-2011-000123. The row stays locked until the
 * transaction ends, so two postings never draw the same number and a rollback gives it back.
 */
export async function drawNumbers(tx: Tx, range: NumberRange, year: number, count: number): Promise<string[]> {
  const [row] = await tx.query<{ last: number }>(
    `INSERT INTO sales.number_range AS r (tenant_id, range, year, last) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, range, year) DO UPDATE SET last = r.last + excluded.last RETURNING last`,
    [tx.tenantId, range, year, count],
    'draw_numbers',
  );
  const last = row?.last ?? 0;
  return Array.from(
    { length: count },
    (_, index) => `${RANGES[range]}-${year}-${String(last - count + 1 + index).padStart(6, '0')}`,
  );
}
