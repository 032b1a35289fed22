import type { Tx } from '@valeo/kit/tenant-db.ts';

/** Prefix of the numbers of each kind of document. */
const RANGES = { ORDER: 'BE', RECEIPT: 'WE', BILL: 'ER' } as const;

/** Draws numbers in the order of the documents' days, each year once: BE-2024-000001. A rollback gives them back. */
export async function drawNumbers(tx: Tx, range: keyof typeof RANGES, days: readonly string[]): Promise<string[]> {
  const numbers: string[] = [];
  const byYear = Map.groupBy(days.keys(), (index) => Number(days[index]?.slice(0, 4)));
  for (const [year, indexes] of [...byYear].sort(([a], [b]) => a - b)) {
    const [row] = await tx.query<{ last: number }>(
      `INSERT INTO purchasing.number_range AS r (tenant_id, range, year, last) VALUES ($1, $2, $3, $4)
       ON CONFLICT (tenant_id, range, year) DO UPDATE SET last = r.last + excluded.last RETURNING last`,
      [tx.tenantId, range, year, indexes.length],
      'draw_purchasing_numbers',
    );
    const first = (row?.last ?? 0) - indexes.length + 1;
    indexes.forEach((index, position) => {
      numbers[index] = `${RANGES[range]}-${year}-${String(first + position).padStart(6, '0')}`;
    });
  }
  return numbers;
}
