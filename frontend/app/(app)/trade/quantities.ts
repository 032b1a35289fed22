import type { Locale } from '#i18n/translate.ts';
import { parseDecimal } from '#ui/decimal-input.ts';

export type QuantityName = 'quantity' | 'received' | 'rejected';
export type QuantityHeadName = 'deliverOn' | 'receivedOn' | 'deliveryNote';

/** A line whose quantities are filled in, as they are typed. */
export type QuantityLine = {
  readonly position: number;
  readonly sku: string;
  readonly description: string;
  /** What names the article or the order's line in the input. */
  readonly fixed: Readonly<Record<string, unknown>>;
} & { readonly [Name in QuantityName]?: string };

export type QuantityValues = { readonly [Name in QuantityHeadName]?: string } & {
  readonly lines: readonly QuantityLine[];
};

interface Words {
  readonly notANumber: string;
  readonly noLines: string;
}

/** The input for what was typed. A line of zero is left out; `places` tells which line each of the others was, faults stand at theirs. */
export function quantitiesInput(
  { lines, ...head }: QuantityValues,
  names: readonly QuantityName[],
  locale: Locale,
  words: Words,
): {
  readonly input: Readonly<Record<string, unknown>>;
  readonly places: readonly number[];
  readonly faults: Readonly<Record<string, string>>;
} {
  const faults: Record<string, string> = {};
  const given = lines.flatMap((line, at) => {
    const quantities = names.map((name) => {
      const quantity = parseDecimal(line[name]?.trim() || '0', locale);
      if (quantity === null || quantity.startsWith('-')) faults[`lines.${at}.${name}`] = words.notANumber;
      return [name, quantity ?? '0'] as const;
    });
    const isNothing = quantities.every(
      ([name, quantity]) => /^[0.]*$/.test(quantity) && !faults[`lines.${at}.${name}`],
    );
    return isNothing ? [] : [{ at, line: { ...line.fixed, ...Object.fromEntries(quantities) } }];
  });
  if (given.length === 0) faults.lines = words.noLines;
  const typed = Object.fromEntries(Object.entries(head).map(([name, value]) => [name, value?.trim() || null]));
  return { input: { ...typed, lines: given.map(({ line }) => line) }, places: given.map(({ at }) => at), faults };
}

/** Faults that the graph found, at the lines as they stand in the form. */
export function atTheirLines(
  fields: Readonly<Record<string, string>>,
  places: readonly number[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields).map(([path, message]) => [
      path.replace(/^lines\.(\d+)/, (_, at) => `lines.${places[Number(at)] ?? at}`),
      message,
    ]),
  );
}
