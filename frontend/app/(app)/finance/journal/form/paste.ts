import { PastedAccounts } from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import type { Formats } from '#i18n/format.ts';
import type { TaxCode } from '#ui/LineParts.tsx';
import { overLines, pastedRows } from '#ui/paste-lines.ts';
import type { Pasted } from '#ui/use-line-paste.ts';
import type { FoundAccount } from './AccountBox.tsx';
import { type EntryLine, emptyLine, isUsed } from './draft.ts';

type PastedField = 'account' | 'debit' | 'credit' | 'taxCode' | 'text';
const fields: readonly PastedField[] = ['account', 'debit', 'credit', 'taxCode', 'text'];

/** Rows of a spreadsheet as lines of an entry: account, debit, credit, VAT code and text. */
export async function pastedEntryLines(
  text: string,
  at: number,
  from: string,
  format: Formats,
  taxCodes: readonly TaxCode[],
): Promise<Pasted<EntryLine>> {
  const { rows, left } = pastedRows(text, fields, from as PastedField, ['debit', 'credit'], format.locale);
  const found = new Map<string, FoundAccount>();
  const numbers = [...new Set(rows.flatMap(({ account }) => account || []))];
  if (numbers.length > 0) {
    const { ledgerAccounts } = await request(PastedAccounts, { numbers });
    for (const { node } of ledgerAccounts?.edges ?? []) found.set(node.number, node);
  }
  const codeOf = (typed: string) => taxCodes.find(({ code }) => code.toLowerCase() === typed.toLowerCase())?.code;
  const put = (row: number, over: EntryLine): EntryLine => {
    const { account, taxCode, text: words, ...sides } = rows[row] ?? {};
    const known = account ? found.get(account) : undefined;
    const code = taxCode === undefined ? known?.defaultTaxCode : codeOf(taxCode);
    return {
      ...over,
      // A field that is being typed in starts anew.
      key: emptyLine().key,
      ...(account && { account, accountName: known?.name ?? '', taxCode: '' }),
      ...amountsOf(sides, format),
      ...(code && { taxCode: code }),
      ...(words && { text: words }),
    };
  };
  return {
    count: rows.length,
    left,
    unknown: rows.filter(({ account }) => account && !found.has(account)).length,
    unknownCodes: [
      ...new Set(rows.flatMap(({ taxCode }) => (taxCode && codeOf(taxCode) === undefined ? taxCode : []))),
    ],
    into(lines) {
      const changed = overLines(lines, at, rows.length, emptyLine, put);
      return changed.every(isUsed) ? [...changed, emptyLine()] : changed;
    },
  };
}

/** A line has one side: a zero beside an amount is none, and an amount empties the other side. */
function amountsOf(sides: { readonly debit?: string; readonly credit?: string }, format: Formats) {
  const isZero = (amount: string) => /^-?0*\.?0*$/.test(amount);
  const typed = (amount: string) => (/^-?\d+(\.\d+)?$/.test(amount) ? format.decimal(amount, 2) : amount);
  const { debit = '', credit = '' } = sides;
  if (isZero(debit) && isZero(credit)) return {};
  return { debit: isZero(debit) ? '' : typed(debit), credit: isZero(credit) ? '' : typed(credit) };
}
