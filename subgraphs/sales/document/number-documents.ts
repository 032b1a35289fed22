import type { Tx } from '@valeo/kit/tenant-db.ts';
import { drawNumbers, type NumberRange } from '../number-range.ts';

/** Numbers in the order of the documents; each year is drawn once. */
export async function numbersOf(tx: Tx, range: NumberRange, days: readonly string[]): Promise<string[]> {
  const numbers: string[] = [];
  const byYear = Map.groupBy(days.keys(), (index) => Number(days[index]?.slice(0, 4)));
  for (const [year, indexes] of [...byYear].sort(([a], [b]) => a - b)) {
    const drawn = await drawNumbers(tx, range, year, indexes.length);
    indexes.forEach((index, position) => {
      numbers[index] = drawn[position] ?? '';
    });
  }
  return numbers;
}
