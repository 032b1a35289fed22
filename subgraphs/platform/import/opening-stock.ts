import { isService } from './articles.ts';
import type { SourceDocument } from './read-documents.ts';

/**
 * Documents in batches of whole days, each day's corrections of stock before its sales: the order in which they are entered,
 * and therefore the order that the opening stock is computed for.
 */
export function* batchesOfDays(documents: readonly SourceDocument[], size: number): Generator<SourceDocument[]> {
  let batch: SourceDocument[] = [];
  for (const day of Map.groupBy(documents, (document) => document.date).values()) {
    if (batch.length > 0 && batch.length + day.length > size) {
      yield batch;
      batch = [];
    }
    batch.push(
      ...day.filter((document) => document.kind === 'ADJUSTMENT'),
      ...day.filter((document) => document.kind !== 'ADJUSTMENT'),
    );
  }
  if (batch.length > 0) yield batch;
}

/** Smallest opening stock per SKU with which no movement goes below zero. */
export function openingStock(documents: readonly SourceDocument[]): Map<string, bigint> {
  const balance = new Map<string, bigint>();
  const lowest = new Map<string, bigint>();
  for (const batch of batchesOfDays(documents, 1)) {
    for (const document of batch) {
      if (document.kind === 'JOURNAL') continue;
      // Corrections have the sign of the stock; sales are positive and leave, cancellations are negative and come back.
      const sign = document.kind === 'ADJUSTMENT' ? 1n : -1n;
      for (const line of document.lines) {
        if (isService(line.sku)) continue;
        const after = (balance.get(line.sku) ?? 0n) + sign * BigInt(line.quantity);
        balance.set(line.sku, after);
        if (after < (lowest.get(line.sku) ?? 0n)) lowest.set(line.sku, after);
      }
    }
  }
  return new Map([...lowest].map(([sku, low]) => [sku, -low]));
}
