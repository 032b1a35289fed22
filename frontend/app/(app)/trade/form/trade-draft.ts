import type { Locale } from '#i18n/translate.ts';
import { parseDecimal } from '#ui/decimal-input.ts';
import type { ChosenPartner } from '#ui/PartnerField.tsx';
import { type DraftLine, type DraftWords, emptyLine, lineInputs } from '../../sales/invoices/form/draft.ts';
import { type HeadField, headFields, type TradeKind } from './kinds.ts';

/** A document as it is typed. Every field of every kind has its place; a kind shows and sends its own. */
export interface TradeDraft extends Readonly<Record<HeadField, string>> {
  readonly partner: ChosenPartner | null;
  readonly lines: readonly DraftLine[];
}

const emptyHead = Object.fromEntries(headFields.map((name) => [name, ''])) as Record<HeadField, string>;

export const emptyDraft = (given: Partial<TradeDraft> = {}): TradeDraft => ({
  ...emptyHead,
  partner: null,
  lines: [emptyLine()],
  ...given,
});

/** The draft as the graph takes it, and what is wrong with it, by the paths that the graph uses. */
export function tradeInput(kind: TradeKind, draft: TradeDraft, locale: Locale, words: DraftWords) {
  const partner = kind.side === 'SALE' ? 'customerId' : 'supplierId';
  const faults: Record<string, string> = {};
  if (!draft.partner) faults[partner] = words.required;
  const head: Record<string, string | number | null> = {};
  for (const { name, type, required } of [...kind.head, ...kind.texts]) {
    const typed = draft[name].trim();
    const value = type === 'amount' && typed !== '' ? parseDecimal(typed, locale) : typed;
    if (value === null || (type === 'days' && !/^\d{0,3}$/.test(typed))) faults[name] = words.notANumber;
    else if (required && value === '') faults[name] = words.required;
    head[name] = value ? (type === 'days' ? Number(value) : value) : null;
  }
  const lines = lineInputs(draft.lines, locale, words, faults).map(({ taxCode, ...line }) => ({
    ...line,
    // Without one, a purchase gets the code of the supplier's country.
    ...(taxCode && { taxCode }),
  }));
  const corrected = kind.corrects && { correctsId: draft.correctsId || null };
  return { input: { [partner]: draft.partner?.id ?? '', ...head, ...corrected, lines }, faults };
}
