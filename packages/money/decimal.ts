/**
 * Exact decimals without floats. A decimal travels as a string in plain notation ("-12.50") and is computed with as
 * `units`: a bigint that counts the smallest unit of its `scale` (scale 2: cents).
 */

/** Plain decimal notation: optional minus, digits, optional fraction. No exponent, no plus, no blanks. */
const PATTERN = /^-?(0|[1-9]\d*)(\.\d+)?$/;

export const MONEY_SCALE = 2;
export const QUANTITY_SCALE = 4;
export const PRICE_SCALE = 4;

/** True for a decimal string with at most `scale` digits after the point. */
export function isDecimal(value: string, scale = 20): boolean {
  if (!PATTERN.test(value)) return false;
  const point = value.indexOf('.');
  return point < 0 || value.length - point - 1 <= scale;
}

/** Reads a decimal string as units of `scale`; throws a RangeError when it is malformed or finer than the scale. */
export function toUnits(value: string, scale: number): bigint {
  if (!isDecimal(value, scale)) throw new RangeError(`Not a decimal with at most ${scale} places: ${value}`);
  const point = value.indexOf('.');
  if (point < 0) return BigInt(value) * 10n ** BigInt(scale);
  const digits = value.slice(0, point) + value.slice(point + 1).padEnd(scale, '0');
  return BigInt(digits);
}

/** Writes units of `scale` as a decimal string with exactly `scale` places. */
export function fromUnits(units: bigint, scale: number): string {
  if (scale === 0) return units.toString();
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(scale + 1, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Divides and rounds half away from zero (kaufmännisch): 0.125 -> 0.13, -0.125 -> -0.13. `divisor` is positive. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n;
  const magnitude = negative ? -dividend : dividend;
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n);
  return negative ? -rounded : rounded;
}

/** Changes the scale of `units`, rounding half away from zero when places are lost. */
export function rescale(units: bigint, from: number, to: number): bigint {
  if (to >= from) return units * 10n ** BigInt(to - from);
  return divideRounded(units, 10n ** BigInt(from - to));
}

/** Removes trailing zeros of the fraction, so that a quantity of "6.0000" reads "6". */
export function trimDecimal(value: string): string {
  return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
}

/** A price shows at least cents and no more places than it has: "1.5000" reads "1.50". */
export function trimPrice(value: string): string {
  return value.replace(/(\.\d\d\d*?)0+$/, '$1');
}
