import { PastedArticles } from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import type { GraphFault } from '#graphql/operation.ts';
import type { Formats } from '#i18n/format.ts';
import type { TaxCode } from '#ui/LineParts.tsx';
import { overLines, pastedRows } from '#ui/paste-lines.ts';
import type { Pasted } from '#ui/use-line-paste.ts';
import { type DraftLine, emptyLine, isUsed, otherArticle } from './draft.ts';
import { type FoundArticle, findArticles } from './find.ts';

type PastedField = 'sku' | 'quantity' | 'unitPrice' | 'taxCode';
const fields: readonly PastedField[] = ['sku', 'quantity', 'unitPrice', 'taxCode'];

/** Rows of a spreadsheet as lines of a document: article number or that of elsewhere, quantity, price and VAT code. */
export async function pastedLines(
  text: string,
  at: number,
  from: string,
  format: Formats,
  taxCodes: readonly TaxCode[],
  termsOf: (article: FoundArticle) => { readonly unitPrice: string; readonly taxCode: string },
): Promise<Pasted<DraftLine>> {
  const numeric: readonly PastedField[] = ['quantity', 'unitPrice'];
  const { rows, left } = pastedRows(text, fields, from as PastedField, numeric, format.locale);
  const found = await articlesBy(rows.flatMap(({ sku }) => sku || []));
  const codeOf = (typed: string) => taxCodes.find(({ code }) => code.toLowerCase() === typed.toLowerCase())?.code;
  const typed = (value: string, decimals?: number) => (isPlain(value) ? format.decimal(value, decimals) : value);
  const put = (row: number, over: DraftLine): DraftLine => {
    const { sku, quantity, unitPrice, taxCode } = rows[row] ?? {};
    const article = sku ? found(sku) : undefined;
    return {
      ...over,
      // A field that is being typed in starts anew.
      key: emptyLine().key,
      ...(sku && {
        articleId: article?.id ?? null,
        sku: article?.sku ?? sku,
        name: article?.name ?? '',
        ...otherArticle,
      }),
      ...(article && termsOf(article)),
      quantity: quantity ? typed(quantity) : over.quantity || '1',
      ...(unitPrice && { unitPrice: typed(unitPrice, 2) }),
      ...(taxCode && codeOf(taxCode) !== undefined && { taxCode: codeOf(taxCode) }),
    };
  };
  return {
    count: rows.length,
    left,
    unknown: rows.filter(({ sku }) => sku && !found(sku)).length,
    unknownCodes: [
      ...new Set(rows.flatMap(({ taxCode }) => (taxCode && codeOf(taxCode) === undefined ? taxCode : []))),
    ],
    into(lines) {
      const changed = overLines(lines, at, rows.length, emptyLine, put);
      return changed.every(isUsed) ? [...changed, emptyLine()] : changed;
    },
  };
}

const isPlain = (value: string): boolean => /^-?\d+(\.\d+)?$/.test(value);

/** Finds articles by their number, and by the one they have elsewhere where it leaves no choice. */
async function articlesBy(numbers: readonly string[]): Promise<(number: string) => FoundArticle | undefined> {
  const wanted = [...new Set(numbers.flatMap((number) => [number, number.toUpperCase()]))];
  const bySku = new Map<string, FoundArticle>();
  const byOther = new Map<string, FoundArticle | undefined>();
  const keep = (article: FoundArticle) => bySku.set(article.sku.toLowerCase(), article);
  // Each number finds one article or, by that of elsewhere, a few.
  const atOnce = 200;
  try {
    for (let start = 0; start < wanted.length; start += atOnce) {
      const { articles } = await request(PastedArticles, { numbers: wanted.slice(start, start + atOnce) });
      for (const { node } of articles?.edges ?? []) {
        keep(node);
        const other = node.externalNumber?.toLowerCase();
        if (other) byOther.set(other, byOther.has(other) ? undefined : node);
      }
    }
  } catch (fault) {
    if ((fault as GraphFault).code !== 'OFFLINE') throw fault;
    // Among those that are kept for working without a connection.
    for (const number of numbers)
      for (const article of await findArticles(number, AbortSignal.timeout(5000))) keep(article);
  }
  return (number) => bySku.get(number.toLowerCase()) ?? byOther.get(number.toLowerCase());
}
