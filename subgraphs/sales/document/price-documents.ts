import { hasBaseAccount, isTaxCode, taxRate } from '@valeo/finance/ledger/ledger.ts';
import { newId } from '@valeo/kit/ids.ts';
import { published } from '@valeo/kit/published.ts';
import { type FieldFault, fail, ok, type Result } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { amountOf } from '@valeo/money/money.ts';
import { type DocumentTotals, documentTotals } from '@valeo/money/totals.ts';
import type { ArticleState, PartnerState } from '../published-state.ts';

export const PRICE_CODES = [
  'UNKNOWN_CUSTOMER',
  'UNKNOWN_ARTICLE',
  'UNKNOWN_TAX_CODE',
  'TAX_CODE_WITHOUT_ACCOUNT',
  'VAT_ID_REQUIRED',
] as const;
export type PriceCode = (typeof PRICE_CODES)[number];

export interface LineInput {
  readonly articleId: string;
  readonly description?: string | null;
  readonly quantity: string;
  readonly unitPrice?: string | null;
  readonly taxCode?: string | null;
}

export interface DocumentInput {
  readonly customerId: string;
  readonly lines: readonly LineInput[];
  readonly country?: string | null;
  readonly note?: string | null;
  readonly reference?: string | null;
  readonly externalSource?: string | null;
  readonly externalNumber?: string | null;
}

export interface PricedLine {
  readonly articleId: string;
  readonly kind: 'GOODS' | 'SERVICE';
  readonly sku: string;
  readonly description: string;
  readonly unit: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly taxCode: string;
}

/** An input with everything looked up and computed, ready to be stored. Its lines stand in the order of the input's. */
export interface PricedDocument<Input extends DocumentInput> {
  readonly id: string;
  readonly input: Input;
  readonly partner: PartnerState;
  readonly lines: readonly PricedLine[];
  readonly totals: DocumentTotals;
}

/** Only where the buyer's VAT id makes the supply tax-free (rule 11). */
const NEEDS_VAT_ID = new Set(['IGL', 'S21', 'R60', 'DREI42']);
/** Among them those that take one of another member state. */
const NEEDS_FOREIGN_VAT_ID = new Set(['IGL', 'S21', 'DREI42']);
/** States that give VAT ids, as their first two letters: Greece writes EL; Northern Ireland counts for goods. */
const EU_VAT_IDS = new Set(
  'AT BE BG CY CZ DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI'.split(' '),
);

function hasVatId({ vatId }: PartnerState, taxCode: string): boolean {
  if (!vatId) return !NEEDS_VAT_ID.has(taxCode);
  const state = vatId.slice(0, 2);
  return !NEEDS_FOREIGN_VAT_ID.has(taxCode) || (EU_VAT_IDS.has(state) && !(state === 'XI' && taxCode === 'S21'));
}

/**
 * Looks up customers, articles and rates for all inputs at once and computes the totals. `at(index)` names an input in
 * faults, `suppliedOn` tells the day whose VAT rates apply.
 */
export async function priceDocuments<Input extends DocumentInput>(
  tx: Tx,
  inputs: readonly Input[],
  at: (index: number) => string,
  suppliedOn: (input: Input) => string,
): Promise<Result<PricedDocument<Input>[], PriceCode>> {
  const partnerIds = new Set(inputs.map((input) => input.customerId));
  const partners = await published<PartnerState>(tx, 'crm.BusinessPartner', [...partnerIds]);
  const articleIds = new Set(inputs.flatMap((input) => input.lines.map((line) => line.articleId)));
  const articles = await published<ArticleState>(tx, 'inventory.Article', [...articleIds]);
  const faults: FieldFault[] = [];
  const priced = inputs.flatMap((input, index): PricedDocument<Input>[] => {
    const fault = (path: string, code: PriceCode, params = {}) =>
      faults.push({ path: `${at(index)}${path}`, code, params });
    const partner = partners.get(input.customerId);
    if (!partner) fault('customerId', 'UNKNOWN_CUSTOMER');
    const lines = input.lines.flatMap((line, position): PricedLine[] => {
      const article = articles.get(line.articleId);
      if (!article) fault(`lines.${position}.articleId`, 'UNKNOWN_ARTICLE');
      const taxCode = line.taxCode ?? article?.taxCode ?? '';
      if (article && !isTaxCode(taxCode, 'SALE')) fault(`lines.${position}.taxCode`, 'UNKNOWN_TAX_CODE', { taxCode });
      else if (article && !hasBaseAccount(taxCode))
        fault(`lines.${position}.taxCode`, 'TAX_CODE_WITHOUT_ACCOUNT', { taxCode });
      if (partner && !hasVatId(partner, taxCode)) fault(`lines.${position}.taxCode`, 'VAT_ID_REQUIRED', { taxCode });
      return article
        ? [
            {
              articleId: line.articleId,
              kind: article.kind,
              sku: article.sku,
              description: line.description ?? article.name,
              unit: article.unit,
              quantity: line.quantity,
              unitPrice: line.unitPrice ?? article.price,
              taxCode,
            },
          ]
        : [];
    });
    if (!partner || faults.length > 0) return [];
    const day = suppliedOn(input);
    const totals = documentTotals(lines, (code) => taxRate(code, day) ?? '0');
    return [{ id: newId(), input, partner, lines, totals }];
  });
  const [first] = faults;
  if (first) return fail(first.code as PriceCode, { params: { ...first.params }, fields: faults });
  return ok(priced);
}

/** Head columns that come from customer, totals and the common part of the input. */
export const headOf = ({ input, partner, totals }: PricedDocument<DocumentInput>) => ({
  customerId: input.customerId,
  customerName: partner.name,
  customerNumber: partner.number,
  customerAddress: partner.billingAddress,
  country: input.country ?? partner.country,
  net: amountOf(totals.net),
  tax: amountOf(totals.tax),
  gross: amountOf(totals.gross),
  lineCount: totals.lineNets.length,
  note: input.note ?? null,
  reference: input.reference ?? null,
});

/** Line columns, numbered from 1. */
export const linesOf = (tx: Tx, { lines, totals }: PricedDocument<DocumentInput>) =>
  lines.map((line, index) => ({
    ...line,
    tenantId: tx.tenantId,
    position: index + 1,
    net: amountOf(totals.lineNets[index] ?? 0n),
  }));
