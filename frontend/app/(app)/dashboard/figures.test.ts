import { expect, test } from 'vitest';
import { axis, axisLabels, change, lastMonths, monthBefore, share, yearTotal } from './figures.ts';

const sales = [
  { month: '2011-11-01', net: '1461756.25', invoices: 2700, creditNotes: 762 },
  { month: '2011-12-01', net: '433668.01', invoices: 800, creditNotes: 90 },
  { month: '2010-12-01', net: '748957.02', invoices: 1500, creditNotes: 300 },
];

test('months follow each other, and one without sales is there with zero', () => {
  const months = lastMonths(sales, '2011-12-09', 13);
  expect(months).toHaveLength(13);
  expect([months[0]?.month, months.at(-1)?.month]).toEqual(['2010-12-01', '2011-12-01']);
  expect(months[5]).toEqual({ month: '2011-05-01', net: '0.00', invoices: 0, creditNotes: 0 });
  expect(monthBefore('2011-01-31', 1)).toBe('2010-12-01');
});

test('a year is the exact sum of its months', () => {
  expect(yearTotal(sales, '2011')).toBe('1895424.26');
});

test('change and share are exact to a tenth of a percent, and never divide by nothing', () => {
  expect(change('100.00', '136.50')).toBe(0.365);
  expect(change('0.00', '10.00')).toBeNull();
  expect(change(undefined, '10.00')).toBeNull();
  expect(share('333605.02', '1066697.09')).toBe(31.2);
  expect(share('1.00', '0.00')).toBe(0);
});

test('an axis ends in a round number above every value', () => {
  expect(axis([1461756])).toEqual([0, 400000, 800000, 1200000, 1600000]);
  expect(axis([0])).toEqual([0, 250, 500, 750, 1000]);
});

test('the steps of an axis are in one unit', () => {
  expect(axisLabels(axis([1461756]), 'de-DE')).toEqual([
    '0',
    '0,4\u00a0Mio.',
    '0,8\u00a0Mio.',
    '1,2\u00a0Mio.',
    '1,6\u00a0Mio.',
  ]);
  expect(axisLabels(axis([900_000]), 'en-GB')).toEqual(['0', '0.25m', '0.5m', '0.75m', '1m']);
  expect(axisLabels(axis([300_000]), 'de-DE')).toEqual(['0', '100.000', '200.000', '300.000', '400.000']);
  expect(axisLabels(axis([0]), 'de-DE')).toEqual(['0', '250', '500', '750', '1.000']);
});
