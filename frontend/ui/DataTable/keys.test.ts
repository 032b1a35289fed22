import { expect, test } from 'vitest';
import { gridAction, markedFrom } from './keys.ts';

const size = { rows: 23_799, columns: 8, page: 20 };
const press = (key: string, at = { row: 100, column: 3 }, ctrlKey = false) =>
  gridAction({ key, ctrlKey, metaKey: false }, at, size);
const to = (row: number, column: number) => ({ do: 'move', to: { row, column }, extend: false });

test('arrows, pages, Home and End move the focused cell', () => {
  expect(press('ArrowDown')).toEqual(to(101, 3));
  expect(press('ArrowUp')).toEqual(to(99, 3));
  expect(press('ArrowRight')).toEqual(to(100, 4));
  expect(press('ArrowLeft')).toEqual(to(100, 2));
  expect(press('PageDown')).toEqual(to(120, 3));
  expect(press('PageUp')).toEqual(to(80, 3));
  expect(press('Home')).toEqual(to(100, 0));
  expect(press('End')).toEqual(to(100, 7));
});

test('Ctrl goes to the ends of the whole set', () => {
  expect(press('End', undefined, true)).toEqual(to(23_798, 7));
  expect(press('Home', undefined, true)).toEqual(to(0, 0));
  expect(press('ArrowDown', undefined, true)).toEqual(to(23_798, 3));
});

test('the focus stays inside the grid', () => {
  expect(press('ArrowUp', { row: 0, column: 0 })).toEqual(to(0, 0));
  expect(press('PageDown', { row: 23_790, column: 7 })).toEqual(to(23_798, 7));
});

test('Enter opens, Space selects, Escape lets go, a letter begins a new value', () => {
  expect(press('Enter')).toEqual({ do: 'open' });
  expect(press(' ')).toEqual({ do: 'select' });
  expect(press('Escape')).toEqual({ do: 'clear' });
  expect(press('a')).toEqual({ do: 'edit', text: 'a' });
  expect(press('F2')).toEqual({ do: 'edit', text: null });
  expect(press('Delete')).toEqual({ do: 'erase' });
  expect(press('F5')).toBeNull();
  expect(press('r', undefined, true)).toBeNull();
  expect(press('a', undefined, true)).toEqual({ do: 'selectAll' });
});

test('Shift marks a range from where it began, without the check marks', () => {
  const moved = gridAction(
    { key: 'ArrowLeft', ctrlKey: false, metaKey: false, shiftKey: true },
    { row: 5, column: 3 },
    size,
  );
  expect(moved).toMatchObject({ do: 'move', extend: true });
  expect(markedFrom({ row: 5, column: 3 }, { row: 2, column: 0 })).toMatchObject({
    fromRow: 2,
    toRow: 5,
    fromColumn: 1,
    toColumn: 3,
    isRange: true,
  });
  expect(markedFrom({ row: 5, column: 3 }, { row: 5, column: 3 }).isRange).toBe(false);
});
