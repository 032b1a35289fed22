import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bodyHeight,
  bodyHeightMaxPx,
  leadOf,
  listTopAfter,
  listTopShowing,
  rowsDrawn,
  rowsMax,
  rowsOf,
  rowsSeen,
  type ScrollGeometry,
  scrollTopFor,
  slotCount,
  slotsDrawn,
} from './scroll.ts';

const small = { rowCount: 23_799, rowHeight: 36, viewHeight: 720 };
const huge = { rowCount: 10_000_000, rowHeight: 36, viewHeight: 720 };
/** What the virtualizer finds in view, and the rows that are drawn for it. */
const drawn = (listTop: number, scrollTop: number, geometry: ScrollGeometry) => {
  const count = slotCount(geometry);
  const startIndex = Math.min(count - 1, Math.floor(scrollTop / geometry.rowHeight));
  const slots = slotsDrawn({ startIndex, count }, rowsDrawn(geometry));
  return rowsOf({ first: slots[0] ?? 0, last: slots.at(-1) ?? -1 }, leadOf(listTop, scrollTop, geometry), geometry);
};
const endOf = (geometry: typeof small) => geometry.rowCount * geometry.rowHeight - geometry.viewHeight;

describe('a list that fits', () => {
  test('scrolls one to one', () => {
    expect(bodyHeight(small)).toBe(23_799 * 36);
    expect(scrollTopFor(12_345, small)).toBe(12_345);
    expect(listTopAfter(0, 0, 500_000, small)).toBe(500_000);
  });
});

describe('a list that is higher than a browser allows', () => {
  test('has a body of bounded height', () => {
    expect(bodyHeight(huge)).toBe(bodyHeightMaxPx);
  });

  test('reaches its last row at the end of the scroll bar and its first at the start', () => {
    expect(listTopAfter(0, 0, bodyHeightMaxPx - huge.viewHeight, huge)).toBe(endOf(huge));
    expect(listTopAfter(endOf(huge), 5_000_000, 0, huge)).toBe(0);
    expect(drawn(endOf(huge), bodyHeightMaxPx - huge.viewHeight, huge).last).toBe(huge.rowCount - 1);
    expect(drawn(0, 0, huge).first).toBe(0);
  });

  test('moves rows under the wheel as far as the wheel turned', () => {
    expect(listTopAfter(100_000_000, 3_000_000, 3_000_100, huge)).toBe(100_000_100);
  });

  test('jumps in proportion when the thumb is dragged', () => {
    expect(listTopAfter(0, 0, (bodyHeightMaxPx - huge.viewHeight) / 2, huge)).toBeCloseTo(endOf(huge) / 2, 0);
  });

  test('never leaves the list and draws every row in view, however it is scrolled', () => {
    const jump = fc.integer({ min: 0, max: bodyHeightMaxPx - huge.viewHeight });
    const turn = fc.integer({ min: -1400, max: 1400 });
    const step = fc.oneof(
      jump.map((to) => () => to),
      turn.map((by) => (from: number) => Math.min(bodyHeightMaxPx - huge.viewHeight, Math.max(0, from + by))),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        let listTop = 0;
        let from = 0;
        for (const go of steps) {
          const to = go(from);
          listTop = listTopAfter(listTop, from, to, huge);
          from = to;
          const { first, last } = drawn(listTop, to, huge);
          if (listTop < 0 || listTop > endOf(huge) || first < 0 || last >= huge.rowCount) return false;
          const inView = [Math.floor(listTop / 36), Math.ceil((listTop + huge.viewHeight) / 36) - 1] as const;
          if (first > inView[0] || last < inView[1]) return false;
        }
        return true;
      }),
    );
  });
});

test('the page never holds more than 200 rows, however high the screen', () => {
  const { first, last } = drawn(1_000_000, 1_000_000, { rowCount: 200_000, rowHeight: 28, viewHeight: 20_000 });
  expect(last - first + 1).toBe(rowsMax);
});

test('a row is brought into view with the least movement', () => {
  expect(listTopShowing(10, 0, small)).toBe(0);
  expect(listTopShowing(30, 0, small)).toBe(31 * 36 - 720);
  expect(listTopShowing(5, 1000, small)).toBe(180);
});

test('of no rows none is in view', () => {
  const [first, last] = rowsSeen(0, { ...small, rowCount: 0 });
  expect(last).toBeLessThan(first);
  expect(rowsSeen(endOf(small), small)).toEqual([23_779, 23_798]);
});
