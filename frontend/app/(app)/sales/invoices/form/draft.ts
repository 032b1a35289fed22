import { amountOf } from '@valeo/money/money.ts';
import { documentTotals } from '@valeo/money/totals.ts';
import type { Locale } from '#i18n/translate.ts';
import { parseDecimal } from '#ui/decimal-input.ts';

/** One line as it is typed: numbers stay text until they are sent, so that nothing is lost on the way. */
export interface DraftLine {
  readonly key: number;
  readonly articleId: string | null;
  readonly sku: string;
  readonly name: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly taxCode: string;
  /** What a stored line says besides; it is kept as long as the line is about the same article. */
  readonly description?: string | null;
  /** Line of the order that this line bills. */
  readonly orderLine?: number | null;
  /** The delivery that has moved the goods, so that the invoice does not move them again. */
  readonly deliveryId?: string | null;
  /** Account of the cost. */
  readonly account?: string | null;
}

/** For a line that turns to another article, or is copied: it bills nothing that has been ordered or delivered. */
export const unlinked = { orderLine: null, deliveryId: null } as const;
export const otherArticle = { ...unlinked, description: null, account: null } as const;

export interface DraftTotals {
  /** By position; empty where a line is not complete. */
  readonly lineNets: readonly string[];
  readonly groups: readonly { readonly taxCode: string; readonly rate: string; readonly tax: string }[];
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
}

let lastKey = 0;

export function emptyLine(): DraftLine {
  lastKey += 1;
  return { key: lastKey, articleId: null, sku: '', name: '', quantity: '', unitPrice: '', taxCode: '' };
}

/** A draft from elsewhere, its lines under keys of this screen. */
export const withOwnKeys = <Of extends { readonly lines: readonly DraftLine[] }>(draft: Of): Of => ({
  ...draft,
  lines: draft.lines.map((line) => ({ ...line, key: emptyLine().key })),
});

/** Whether anything was entered on a line; an empty one at the end is not sent. */
export function isUsed(line: DraftLine): boolean {
  return line.articleId !== null || line.quantity !== '' || line.unitPrice !== '';
}

/** What the server will post, computed by the very functions it uses; lines that are not complete count nothing. */
export function draftTotals(
  lines: readonly DraftLine[],
  rates: ReadonlyMap<string, string>,
  locale: Locale,
): DraftTotals {
  const complete = lines.map((line) => {
    const quantity = parseDecimal(line.quantity, locale);
    const unitPrice = parseDecimal(line.unitPrice, locale);
    return quantity !== null && unitPrice !== null && rates.has(line.taxCode)
      ? { quantity, unitPrice, taxCode: line.taxCode }
      : null;
  });
  const counted = complete.filter((line) => line !== null);
  const totals = documentTotals(counted, (code) => rates.get(code) ?? '0');
  let at = 0;
  return {
    lineNets: complete.map((line) => (line ? amountOf(totals.lineNets[at++] ?? 0n) : '')),
    groups: totals.groups.map(({ taxCode, rate, tax }) => ({ taxCode, rate, tax: amountOf(tax) })),
    net: amountOf(totals.net),
    tax: amountOf(totals.tax),
    gross: amountOf(totals.gross),
  };
}

export interface DraftWords {
  readonly required: string;
  readonly notANumber: string;
  readonly positive: string;
  readonly noLines: string;
}

/** The lines as the graph takes them; what is wrong with them is added to `faults`. */
export function lineInputs(
  lines: readonly DraftLine[],
  locale: Locale,
  words: DraftWords,
  faults: Record<string, string>,
) {
  const used = lines.filter(isUsed);
  if (used.length === 0) faults.lines = words.noLines;
  return used.map((line, at) => {
    const quantity = parseDecimal(line.quantity, locale);
    const unitPrice = parseDecimal(line.unitPrice, locale);
    // A supplier bills also what is no article; such lines come from elsewhere with their text.
    const isText = !line.articleId && line.sku === '' && Boolean(line.description);
    if (!line.articleId && !isText) faults[`lines.${at}.articleId`] = words.required;
    if (quantity === null) faults[`lines.${at}.quantity`] = line.quantity === '' ? words.required : words.notANumber;
    else if (/^-|^0*\.?0*$/.test(quantity)) faults[`lines.${at}.quantity`] = words.positive;
    if (unitPrice === null) faults[`lines.${at}.unitPrice`] = line.unitPrice === '' ? words.required : words.notANumber;
    return {
      ...(!isText && { articleId: line.articleId ?? '' }),
      quantity: quantity ?? '0',
      unitPrice: unitPrice ?? '0',
      taxCode: line.taxCode,
      ...(line.description && { description: line.description }),
      ...(line.orderLine != null && { orderLine: line.orderLine }),
      ...(line.deliveryId && { deliveryId: line.deliveryId }),
      ...(line.account && { account: line.account }),
    };
  });
}
