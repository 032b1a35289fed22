import type { Tx } from '@valeo/kit/tenant-db.ts';
import { cents, vatOnNet } from '@valeo/money/money.ts';
import { ratesOf, TAX_CODES } from '../tax/tax-codes.ts';

/**
 * The rates at which the documents that these entries posted charge VAT, by code; codes of which they have several rates, or none that
 * is known, are left out. A cash discount takes the rate of its document, whatever the rate on the day of the payment (§ 17 UStG).
 */
export async function chargedRates(tx: Tx, entryIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (entryIds.length === 0) return new Map();
  const rows = await tx.query<{ code: string; net: string; tax: string }>(
    `SELECT tax_code AS code, abs(coalesce(sum(debit - credit) FILTER (WHERE tax_role = 'BASE'), 0)) AS net,
            greatest(coalesce(sum(debit) FILTER (WHERE tax_role = 'TAX'), 0), coalesce(sum(credit) FILTER (WHERE tax_role = 'TAX'), 0)) AS tax
     FROM finance.journal_line WHERE entry_id = ANY($1::uuid[]) AND tax_code IS NOT NULL GROUP BY entry_id, tax_code`,
    [entryIds],
    'charged_rates',
  );
  const rates = Map.groupBy(rows, ({ code }) => code);
  return new Map(
    [...rates].flatMap(([code, documents]) => {
      const found = new Set(documents.map(({ net, tax }) => rateOf(code, net, tax)));
      const [rate] = found;
      return found.size === 1 && rate ? [[code, rate] as const] : [];
    }),
  );
}

function rateOf(code: string, net: string, tax: string): string | undefined {
  const known = TAX_CODES.get(code);
  return known && ratesOf(known).find((rate) => vatOnNet(cents(net), rate) === cents(tax));
}
