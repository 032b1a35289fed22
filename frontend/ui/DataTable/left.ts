import type { Position } from './keys.ts';
import type { Selection } from './useSelection.ts';
import type { ListRows } from './windows.ts';

/** What a reader had in hand when a list was left, besides its place. */
export interface Left {
  readonly focus: Position;
  readonly selection: Selection;
}

const kept = new WeakMap<ListRows, Left>();

/** How a list was left; undefined for one that was not looked at before. */
export const leftOf = (rows: ListRows): Left | undefined => kept.get(rows);

export const leave = (rows: ListRows, left: Left): void => void kept.set(rows, left);
