import { fromUnits, QUANTITY_SCALE, toUnits, trimDecimal } from '@valeo/money/decimal.ts';

export interface Level {
  readonly warehouse: { readonly id: string };
  readonly onHand: string;
}

/** What is typed is what was counted, or a change: 5 comes in, -5 goes out. */
export type CountMode = 'counted' | 'change';

export const onHandIn = (stock: readonly Level[], warehouse: string): string =>
  stock.find((level) => level.warehouse.id === warehouse)?.onHand ?? '0';

/** Where a typed quantity leads, and what moves for it. */
export function outcomeOf(mode: CountMode, quantity: string, onHand: string): { change: string; after: string } {
  const units = (decimal: string) => toUnits(decimal, QUANTITY_SCALE);
  const text = (value: bigint) => trimDecimal(fromUnits(value, QUANTITY_SCALE));
  const change = mode === 'counted' ? units(quantity) - units(onHand) : units(quantity);
  return { change: text(change), after: text(units(onHand) + change) };
}
