import type { Tx } from '@valeo/kit/tenant-db.ts';
import { booksOf } from '../account/chart.ts';
import { DISCOUNT_NUMBERS } from '../tax/tax-codes.ts';

/** A posting of a bank transaction that stands, with a cash discount in it. */
export interface DiscountedPosting {
  readonly number: string;
  readonly day: string;
}

/**
 * A bank posting that settled a document and has a line on an account of cash discounts. Nobody knows which of the items of the
 * posting the line is of, so it is not taken back along with the document: the assignment has to be. Part of the port.
 */
export function bankDiscountOf(tx: Tx, sourceType: string, sourceId: string): Promise<DiscountedPosting | undefined> {
  return tx.as('finance', async () => {
    const { chart } = await booksOf(tx);
    const [found] = await tx.query<DiscountedPosting>(
      `SELECT e.number, e.posted_on::text AS day
       FROM finance.open_item i JOIN finance.settlement s ON s.open_item_id = i.id JOIN finance.journal_entry e ON e.id = s.entry_id
       WHERE i.source_type = $1 AND i.source_id = $2 AND e.source_type = 'finance.BankTransaction'
         AND NOT EXISTS (SELECT FROM finance.journal_entry r WHERE r.reverses_id = e.id)
         AND EXISTS (SELECT FROM finance.journal_line l JOIN finance.account a ON a.number = l.account
                     WHERE l.entry_id = e.id AND (a.number = ANY($3) OR a.name ILIKE '%skonti%' OR a.name ILIKE '%skonto%'))
       ORDER BY e.number LIMIT 1`,
      [sourceType, sourceId, [...DISCOUNT_NUMBERS[chart]]],
      'bank_discount_of',
    );
    return found;
  });
}
