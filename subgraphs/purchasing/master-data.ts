import { isTaxCode, taxRate } from '@valeo/finance/ledger/ledger.ts';
import { isImportVat, isReverseCharge } from '@valeo/finance/ledger/reverse-charge.ts';
import { isInEu } from '@valeo/kit/eu.ts';
import { published } from '@valeo/kit/published.ts';
import type { FieldFault } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';

/** What purchasing reads of a partner (`crm.BusinessPartner`). */
export interface SupplierState {
  readonly name: string;
  readonly kinds?: readonly string[];
  readonly country: string;
  readonly paymentTermDays: number;
}

/** What purchasing reads of an article (`inventory.Article`). */
export interface ArticleState {
  readonly sku: string;
  readonly name: string;
  readonly kind: 'GOODS' | 'SERVICE';
  readonly unit: string;
  readonly taxCode: string;
}

export interface MasterData {
  readonly suppliers: ReadonlyMap<string, SupplierState>;
  readonly articles: ReadonlyMap<string, ArticleState>;
}

export const MASTER_CODES = ['UNKNOWN_SUPPLIER', 'UNKNOWN_ARTICLE', 'UNKNOWN_TAX_CODE'] as const;

interface Named {
  readonly supplierId: string;
  readonly lines: readonly { readonly articleId?: string | null; readonly taxCode?: string | null }[];
}

/** Looks up the suppliers and articles of all inputs at once, and notes those that do not exist. */
export async function masterData(
  tx: Tx,
  inputs: readonly Named[],
  at: (index: number) => string,
  faults: FieldFault[],
): Promise<MasterData> {
  const suppliers = await published<SupplierState>(tx, 'crm.BusinessPartner', [
    ...new Set(inputs.map((input) => input.supplierId)),
  ]);
  const ids = new Set(inputs.flatMap((input) => input.lines.flatMap((line) => line.articleId ?? [])));
  const articles = await published<ArticleState>(tx, 'inventory.Article', [...ids]);
  inputs.forEach((input, index) => {
    const supplier = suppliers.get(input.supplierId);
    if (!supplier || (supplier.kinds && !supplier.kinds.includes('SUPPLIER')))
      faults.push({ path: `${at(index)}supplierId`, code: 'UNKNOWN_SUPPLIER' });
    input.lines.forEach((line, position) => {
      if (line.articleId && !articles.has(line.articleId))
        faults.push({ path: `${at(index)}lines.${position}.articleId`, code: 'UNKNOWN_ARTICLE' });
      if (line.taxCode && !isTaxCode(line.taxCode, 'PURCHASE'))
        faults.push({
          path: `${at(index)}lines.${position}.taxCode`,
          code: 'UNKNOWN_TAX_CODE',
          params: { taxCode: line.taxCode },
        });
    });
  });
  return { suppliers, articles };
}

/**
 * VAT code of a purchase: input tax at home, acquisition within the EU, none on goods from third countries. For services from
 * abroad the buyer owes the tax (§ 13b UStG), which has no reduced code.
 */
export function purchaseTaxCode(
  supplier: SupplierState | undefined,
  article: ArticleState | undefined,
  suppliedOn: string,
): string {
  const reduced = article?.taxCode === 'U7';
  if (!supplier || supplier.country === 'DE') return reduced ? 'V7' : 'V19';
  const isWithin = isInEu(supplier.country, suppliedOn);
  if (article?.kind === 'SERVICE') return isWithin ? 'RC46_19' : 'RC84_19';
  if (isWithin) return reduced ? 'IGE7' : 'IGE19';
  return 'V0';
}

/** Percent of VAT that the supplier's document shows: none where the buyer owes it, or where a line is the import VAT itself. */
export const rateOnBill = (code: string, day: string): string =>
  isReverseCharge(code) || isImportVat(code) ? '0' : (taxRate(code, day) ?? '0');
