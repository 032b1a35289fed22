import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bodyHeight,
  bodyHeightMaxPx,
  listTopAfter,
  listTopShowing,
  rowsInView,
  rowsMax,
  scrollTopFor,
} from './scroll.ts';

const small = { rowCount: 23_799, rowHeight: 36, viewHeight: 720 };
const huge = { rowCount: 10_000_000, rowHeight: 36, viewHeight: 720 };
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
    expect(rowsInView(endOf(huge), huge, 8).last).toBe(huge.rowCount - 1);
  });

  test('moves rows under the wheel as far as the wheel turned', () => {
    expect(listTopAfter(100_000_000, 3_000_000, 3_000_100, huge)).toBe(100_000_100);
  });

  test('jumps in proportion when the thumb is dragged', () => {
    expect(listTopAfter(0, 0, (bodyHeightMaxPx - huge.viewHeight) / 2, huge)).toBeCloseTo(endOf(huge) / 2, 0);
  });

  test('never leaves the list, however it is scrolled', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bodyHeightMaxPx }), { maxLength: 50 }), (stops) => {
        let listTop = 0;
        let from = 0;
        for (const to of stops) {
          listTop = listTopAfter(listTop, from, to, huge);
          from = to;
          const { first, last } = rowsInView(listTop, huge, 8);
          if (listTop < 0 || listTop > endOf(huge) || first < 0 || last >= huge.rowCount) return false;
        }
        return true;
      }),
    );
  });
});

test('the page never holds more than 200 rows, however high the screen', () => {
  const { first, last } = rowsInView(1_000_000, { rowCount: 1_000_000, rowHeight: 28, viewHeight: 20_000 }, 8);
  expect(last - first + 1).toBe(rowsMax);
});

test('a row is brought into view with the least movement', () => {
  expect(listTopShowing(10, 0, small)).toBe(0);
  expect(listTopShowing(30, 0, small)).toBe(31 * 36 - 720);
  expect(listTopShowing(5, 1000, small)).toBe(180);
});
