import { amountOf, type Cents, cents, sum } from '@valeo/money/money.ts';
import type { Locale } from '#i18n/translate.ts';
import { parseDecimal } from '#ui/decimal-input.ts';

/** One line as it is typed: amounts stay text until they are sent. */
export interface EntryLine {
  readonly key: number;
  readonly account: string;
  readonly accountName: string;
  readonly debit: string;
  readonly credit: string;
  readonly taxCode: string;
  readonly text: string;
}

export interface EntryDraft {
  readonly postedOn: string;
  readonly text: string;
  readonly reference: string;
  readonly lines: readonly EntryLine[];
}

let lastKey = 0;

export function emptyLine(given: Partial<EntryLine> = {}): EntryLine {
  lastKey += 1;
  return { account: '', accountName: '', debit: '', credit: '', taxCode: '', text: '', ...given, key: lastKey };
}

/** Whether anything was entered on a line; an empty one at the end is not sent. */
export const isUsed = ({ account, debit, credit, text }: EntryLine): boolean =>
  [account, debit, credit, text].some((typed) => typed.trim() !== '');

/** The lines that are used, and an empty one to go on with: what stands on the screen is then counted as the graph counts. */
export const compact = (lines: readonly EntryLine[]): readonly EntryLine[] => [...lines.filter(isUsed), emptyLine()];

/** A draft from elsewhere, its lines under keys of this screen. */
export const withOwnKeys = (draft: EntryDraft): EntryDraft => ({ ...draft, lines: draft.lines.map(emptyLine) });

const centsOf = (typed: string, locale: Locale): Cents => cents(parseDecimal(typed, locale, 2) ?? '0');

export interface EntrySums {
  readonly debit: string;
  readonly credit: string;
  /** Debit less credit. */
  readonly difference: string;
}

/** What the lines add up to; an amount that cannot be read counts nothing. */
export function sumsOf(lines: readonly EntryLine[], locale: Locale): EntrySums {
  const debit = sum(lines.map((line) => centsOf(line.debit, locale)));
  const credit = sum(lines.map((line) => centsOf(line.credit, locale)));
  return { debit: amountOf(debit), credit: amountOf(credit), difference: amountOf(debit - credit) };
}

/** The amount that a line needs for debit and credit to be equal, on the side that lacks it. */
export function balanced(lines: readonly EntryLine[], at: number, locale: Locale): { debit: string; credit: string } {
  const { difference } = sumsOf(
    lines.filter((_, index) => index !== at),
    locale,
  );
  const missing = difference.replace('-', '');
  if (cents(missing) === 0n) return { debit: '', credit: '' };
  const typed = locale === 'de' ? missing.replace('.', ',') : missing;
  return difference.startsWith('-') ? { debit: typed, credit: '' } : { debit: '', credit: typed };
}

/** The line that takes the difference: the first with an account and no amount, else the empty one at the end. */
export function lineToBalance(lines: readonly EntryLine[]): number {
  const waiting = lines.findIndex((line) => line.account !== '' && line.debit === '' && line.credit === '');
  return waiting < 0 ? lines.length - 1 : waiting;
}

export interface EntryWords {
  readonly required: string;
  readonly notANumber: string;
  readonly twoDecimals: string;
  readonly oneSide: string;
  readonly twoLines: string;
}

/** The entry as the graph takes it, and what is wrong with it, by the paths that the graph uses. */
export function entryInput(draft: EntryDraft, locale: Locale, words: EntryWords) {
  const faults: Record<string, string> = {};
  if (draft.postedOn === '') faults.postedOn = words.required;
  if (draft.text.trim() === '') faults.text = words.required;
  const used = draft.lines.filter(isUsed);
  if (used.length < 2) faults.lines = words.twoLines;
  const lines = used.map((line, at) => {
    if (line.account === '') faults[`lines.${at}.account`] = words.required;
    const read = (side: 'debit' | 'credit'): string | null => {
      const typed = line[side].trim();
      if (typed === '') return null;
      const amount = parseDecimal(typed, locale, 2);
      if (amount === null)
        faults[`lines.${at}.${side}`] = parseDecimal(typed, locale, 20) === null ? words.notANumber : words.twoDecimals;
      return amount;
    };
    const [debit, credit] = [read('debit'), read('credit')];
    const isFilled = (typed: string) => typed.trim() !== '';
    if (isFilled(line.debit) === isFilled(line.credit)) faults[`lines.${at}.debit`] ??= words.oneSide;
    return { account: line.account, debit, credit, taxCode: line.taxCode || null, text: line.text.trim() || null };
  });
  const input = { postedOn: draft.postedOn, text: draft.text.trim(), reference: draft.reference.trim() || null, lines };
  return { input, faults };
}

/** Faults of the one entry that was sent, by their place in it; what is said of the whole stands under `entry`. */
export const faultsOf = (fields: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(fields).map(([path, message]) => [path || 'entry', message]));

interface PostedLine {
  readonly account: { readonly number: string; readonly name: string };
  readonly debit: { readonly amount: string };
  readonly credit: { readonly amount: string };
  readonly taxCode: string | null;
  readonly taxRole: 'BASE' | 'TAX' | null;
  readonly text: string | null;
}

/**
 * The lines that a posted entry was typed with: the tax that was split off goes back into the line before it of the same code, as
 * the ledger will split it off again.
 */
export function typedLines(posted: readonly PostedLine[], typed: (amount: string) => string): readonly EntryLine[] {
  const signed = (line: PostedLine): Cents => cents(line.debit.amount) - cents(line.credit.amount);
  const lines: { line: PostedLine; amount: Cents }[] = [];
  for (const line of posted) {
    const base =
      line.taxRole === 'TAX' &&
      lines.findLast((each) => each.line.taxRole === 'BASE' && each.line.taxCode === line.taxCode);
    if (base) base.amount += signed(line);
    else lines.push({ line, amount: signed(line) });
  }
  return [
    ...lines.map(({ line: { account, taxCode, text }, amount }) =>
      emptyLine({
        account: account.number,
        accountName: account.name,
        debit: amount > 0n ? typed(amountOf(amount)) : '',
        credit: amount < 0n ? typed(amountOf(-amount)) : '',
        taxCode: taxCode ?? '',
        text: text ?? '',
      }),
    ),
    emptyLine(),
  ];
}
