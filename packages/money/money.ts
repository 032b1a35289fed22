import { divideRounded, fromUnits, MONEY_SCALE, PRICE_SCALE, QUANTITY_SCALE, toUnits } from './decimal.ts';

/** An amount in cents of the company's currency. */
export type Cents = bigint;

export const cents = (amount: string): Cents => toUnits(amount, MONEY_SCALE);
export const amountOf = (value: Cents): string => fromUnits(value, MONEY_SCALE);
export const sum = (values: Iterable<Cents>): Cents => {
  let total = 0n;
  for (const value of values) total += value;
  return total;
};

/** Net of a document line: quantity x unit price, rounded once to cents (rule 3). */
export function lineNet(quantity: string, unitPrice: string): Cents {
  const product = toUnits(quantity, QUANTITY_SCALE) * toUnits(unitPrice, PRICE_SCALE);
  return divideRounded(product, 10n ** BigInt(QUANTITY_SCALE + PRICE_SCALE - MONEY_SCALE));
}

/** VAT on a net amount; `rate` is a percentage with up to two places ("19", "7.5"). Rounded once (BR-CO-17). */
export function vatOnNet(net: Cents, rate: string): Cents {
  return divideRounded(net * toUnits(rate, 2), 10_000n);
}

/** VAT contained in a gross amount: gross x rate / (100 + rate), rounded once (rule 4). */
export function vatInGross(gross: Cents, rate: string): Cents {
  const units = toUnits(rate, 2);
  return divideRounded(gross * units, 10_000n + units);
}

/**
 * Splits an amount in proportion to weights by the largest remainder, so that the parts add up exactly (rule 5).
 * Equal remainders go to the earlier part. Weights are not negative and not all zero.
 */
export function allocate(total: Cents, weights: readonly bigint[]): Cents[] {
  const whole = sum(weights);
  if (whole <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError('Weights must be positive in total');
  const sign = total < 0n ? -1n : 1n;
  const magnitude = total * sign;
  const parts = weights.map((weight) => (magnitude * weight) / whole);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (magnitude * weight) % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  let rest = magnitude - sum(parts);
  for (const { index } of byRemainder) {
    if (rest === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    rest -= 1n;
  }
  return parts.map((part) => part * sign);
}
