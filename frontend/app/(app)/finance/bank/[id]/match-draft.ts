import { amountOf, type Cents, cents, sum } from '@valeo/money/money.ts';
import type { Locale } from '#i18n/translate.ts';
import { parseDecimal } from '#ui/decimal-input.ts';

export interface MatchItem {
  readonly id: string;
  readonly kind: 'RECEIVABLE' | 'PAYABLE';
  readonly partnerName: string;
  readonly reference: string;
  readonly dueOn: string;
  readonly openAmount: { readonly amount: string };
}

/** Where a part of the transaction goes: to an open item or to an account. Amounts stay text until they are sent. */
export interface MatchPart {
  readonly key: number;
  readonly item: MatchItem | null;
  readonly account: string;
  readonly name: string;
  /** In the direction of the transaction: what goes the other way, such as charges kept back, is negative. */
  readonly amount: string;
  readonly taxCode: string;
  readonly text: string;
}

let lastKey = 0;

export function emptyPart(given: Partial<MatchPart> = {}): MatchPart {
  lastKey += 1;
  return { item: null, account: '', name: '', amount: '', taxCode: '', text: '', ...given, key: lastKey };
}

export const isUsed = ({ item, account, amount, text }: MatchPart): boolean =>
  item !== null || [account, amount, text].some((typed) => typed !== '');

/** Parts that are used, and an empty one to go on with. */
export const compact = (parts: readonly MatchPart[]): readonly MatchPart[] => [...parts.filter(isUsed), emptyPart()];

/** What is not assigned yet, in the direction of the transaction; what cannot be read counts nothing. */
export function restOf(paid: string, parts: readonly MatchPart[], locale: Locale): Cents {
  const size = cents(paid.replace('-', ''));
  return size - sum(parts.map(({ amount }) => cents(parseDecimal(amount, locale, 2) ?? '0')));
}

/** What is open of an item, in the direction of the transaction: a claim goes with money that comes in, a debt with what goes out. */
export function openOf(item: MatchItem, paid: string): Cents {
  const goesAlong = (item.kind === 'RECEIVABLE') !== paid.startsWith('-');
  const open = cents(item.openAmount.amount);
  return goesAlong ? open : -open;
}

/** What an item is offered to be settled by: all that is open, or what is left of the transaction if that is less. */
export function offered(item: MatchItem, paid: string, rest: Cents): string {
  const open = openOf(item, paid);
  return amountOf(rest > 0n && open > rest ? rest : open);
}

/** Suggestions, the likeliest first: the very amount, then a number that the purpose names, then the rest by due date. */
export function ranked(items: readonly MatchItem[], paid: string, purpose: string): readonly MatchItem[] {
  const size = cents(paid.replace('-', ''));
  const words = purpose.toLowerCase();
  const score = (item: MatchItem) =>
    (openOf(item, paid) === size ? 2 : 0) + (item.reference && words.includes(item.reference.toLowerCase()) ? 1 : 0);
  return [...items].sort((one, other) => score(other) - score(one) || one.dueOn.localeCompare(other.dueOn));
}

/** Words of a purpose that may be numbers of documents: those with a digit in them. */
export const numbersIn = (purpose: string): readonly string[] =>
  [...new Set(purpose.split(/[\s,;:]+/).filter((word) => /\d/.test(word) && word.length >= 4))].slice(0, 10);

export interface MatchWords {
  readonly required: string;
  readonly notANumber: string;
  readonly nothing: string;
}

/** Whether VAT is split off a part, so that its date of supply matters. */
export const isTaxed = ({ item, taxCode }: MatchPart): boolean => item === null && taxCode !== '';

/**
 * The parts as the graph takes them, and what is wrong with them, by their place on the screen. `suppliedOn` is of the parts with a VAT
 * code; the graph finds a day itself when it is empty.
 */
export function matchInput(
  paid: string,
  parts: readonly MatchPart[],
  locale: Locale,
  words: MatchWords,
  suppliedOn = '',
) {
  const faults: Record<string, string> = {};
  const places = { items: [] as number[], lines: [] as number[] };
  const items: { openItemId: string; amount: string }[] = [];
  const lines: {
    account: string;
    amount: string;
    taxCode: string | null;
    suppliedOn: string | null;
    text: string | null;
  }[] = [];
  const isOut = paid.startsWith('-');
  parts.forEach((part, at) => {
    if (!isUsed(part)) return;
    const amount = parseDecimal(part.amount, locale, 2);
    if (amount === null) faults[`${at}.amount`] = part.amount === '' ? words.required : words.notANumber;
    if (!part.item && part.account === '') faults[`${at}.account`] = words.required;
    const along = cents(amount ?? '0');
    const signed = isOut ? -along : along;
    if (part.item) {
      places.items.push(at);
      items.push({ openItemId: part.item.id, amount: amountOf(part.item.kind === 'RECEIVABLE' ? signed : -signed) });
    } else {
      places.lines.push(at);
      lines.push({
        account: part.account,
        amount: amountOf(signed),
        taxCode: part.taxCode || null,
        suppliedOn: (isTaxed(part) && suppliedOn) || null,
        text: part.text || null,
      });
    }
  });
  if (places.items.length + places.lines.length === 0) faults['0.account'] = words.nothing;
  return { input: { items, lines }, faults, places };
}

/** Faults of the graph at their place on the screen; those of no part are left to the sentence of the whole. */
export function faultsAt(
  fields: Readonly<Record<string, string>>,
  places: { readonly items: readonly number[]; readonly lines: readonly number[] },
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([path, message]) => {
      const [, list, index, field] = /^(items|lines)\.(\d+)\.?(\w*)$/.exec(path) ?? [];
      const at = list && places[list as 'items' | 'lines'][Number(index)];
      if (at === undefined || at === '') return [];
      return [[`${at}.${field === 'amount' || field === 'taxCode' ? field : 'account'}`, message]];
    }),
  );
}
