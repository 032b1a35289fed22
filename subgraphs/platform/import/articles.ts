import { toUnits } from '@valeo/money/decimal.ts';
import type { SourceDocument } from './read-documents.ts';

const SERVICES = new Set(['POST', 'DOT', 'M', 'm', 'C2', 'D', 'S', 'B', 'BANK CHARGES', 'AMAZONFEE', 'CRUK', 'PADS']);

/** Postage, fees, discounts, vouchers and manual entries: codes that name no goods. */
export const isService = (sku: string): boolean => SERVICES.has(sku) || sku.startsWith('gift_');

export interface SourceArticle {
  readonly sku: string;
  readonly name: string;
  readonly kind: 'GOODS' | 'SERVICE';
  readonly price: string;
}

/**
 * Articles of the documents: the name is the description that was written most often (647 codes carry more than one), the
 * price the last one that was not zero.
 */
export function articlesOf(documents: readonly SourceDocument[]): SourceArticle[] {
  const found = new Map<string, { names: Map<string, number>; price: string }>();
  for (const { kind, lines } of documents) {
    for (const line of lines) {
      const article = found.get(line.sku) ?? { names: new Map<string, number>(), price: '0' };
      found.set(line.sku, article);
      // Remarks on corrections ("damaged", "check") are no names.
      if (line.description && kind !== 'ADJUSTMENT')
        article.names.set(line.description, (article.names.get(line.description) ?? 0) + 1);
      if (kind === 'INVOICE' && toUnits(line.unitPrice, 4) > 0n) article.price = line.unitPrice;
    }
  }
  return [...found].map(([sku, { names, price }]) => ({
    sku,
    name: [...names].reduce((best, name) => (name[1] > best[1] ? name : best), [sku, 0] as [string, number])[0],
    kind: isService(sku) ? 'SERVICE' : 'GOODS',
    price,
  }));
}
