import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { divideRounded, fromUnits, isDecimal, rescale, toUnits, trimDecimal, trimPrice } from './decimal.ts';
import { allocate, amountOf, cents, lineNet, sum, vatInGross, vatOnNet } from './money.ts';
import { documentTotals } from './totals.ts';

describe('decimals', () => {
  test('a written number reads back as itself at any scale', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.integer({ min: 0, max: 6 }), (units, scale) => {
        expect(toUnits(fromUnits(units, scale), scale)).toBe(units);
      }),
    );
  });
  test.each(['1e3', '+1', '1,5', ' 1', '', '.5', '1.', '01', '0x1', 'NaN', '--1'])('%j is refused', (text) => {
    expect(isDecimal(text)).toBe(false);
    expect(() => toUnits(text, 2)).toThrow(RangeError);
  });
  test('more places than the scale are refused, never cut', () => {
    expect(() => toUnits('0.125', 2)).toThrow(RangeError);
  });
  test('half rounds away from zero in both directions', () => {
    expect(fromUnits(rescale(125n, 3, 2), 2)).toBe('0.13');
    expect(fromUnits(rescale(-125n, 3, 2), 2)).toBe('-0.13');
    expect(rescale(124n, 3, 2)).toBe(12n);
  });
  test('rounding never moves a value by more than half a unit', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), fc.bigInt(1n, 10n ** 6n), (dividend, divisor) => {
        const error = divideRounded(dividend, divisor) * divisor - dividend;
        expect((error < 0n ? -error : error) * 2n <= divisor).toBe(true);
      }),
    );
  });
  test('trailing zeros go, digits stay', () => {
    expect(['6.0000', '6.5000', '600', '0.00'].map(trimDecimal)).toEqual(['6', '6.5', '600', '0']);
  });
});

test('a price keeps its cents and the places that count', () => {
  expect(['1.5000', '1.5050', '0.0000', '12.3456', '7.00', '600'].map(trimPrice)).toEqual([
    '1.50',
    '1.505',
    '0.00',
    '12.3456',
    '7.00',
    '600',
  ]);
});

describe('money', () => {
  test('a line is rounded once', () => {
    expect(amountOf(lineNet('3', '0.125'))).toBe('0.38');
    expect(amountOf(lineNet('-3', '0.125'))).toBe('-0.38');
  });
  test('VAT is computed on the sum of a group, not per line', () => {
    const line = { quantity: '1', unitPrice: '0.13', taxCode: 'U19' };
    const totals = documentTotals([line, line, line, line], () => '19');
    expect(amountOf(totals.tax)).toBe('0.10'); // Per line it would be 4 x 0.02.
    expect(totals.gross).toBe(totals.net + totals.tax);
  });
  test('VAT contained in a gross amount', () => {
    expect(amountOf(vatInGross(cents('119.00'), '19'))).toBe('19.00');
    expect(amountOf(vatInGross(cents('107.00'), '7'))).toBe('7.00');
  });
  test('net + VAT taken apart again gives the same cents', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.constantFrom('19', '7', '16', '5', '0'), (net, rate) => {
        const tax = vatOnNet(net, rate);
        expect(vatInGross(net + tax, rate)).toBe(tax);
      }),
    );
  });
  test('parts of an allocation add up exactly and keep proportions', () => {
    const weights = fc
      .array(fc.bigInt(0n, 10n ** 6n), { minLength: 1, maxLength: 20 })
      .filter((list) => sum(list) > 0n);
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 12n), 10n ** 12n), weights, (total, list) => {
        const parts = allocate(total, list);
        expect(sum(parts)).toBe(total);
        parts.forEach((part, index) => {
          const exact = (total * (list[index] ?? 0n)) / sum(list);
          const off = part - exact;
          expect(off >= -1n && off <= 1n).toBe(true);
        });
      }),
    );
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(allocate(100n, [1n, 3n, 3n])).toEqual([14n, 43n, 43n]);
    expect(() => allocate(1n, [0n])).toThrow(RangeError);
  });
});
