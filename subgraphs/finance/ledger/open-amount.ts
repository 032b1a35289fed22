import type { Tx } from '@valeo/kit/tenant-db.ts';
import { type Cents, cents } from '@valeo/money/money.ts';

/**
 * What is open of a document at this moment, signed like its item; nobody else settles it until the transaction ends. Null when
 * it opened none. Documents keep a copy that follows a little later, which is not to be settled by. Part of the port.
 */
export function openAmountOf(tx: Tx, sourceType: string, sourceId: string): Promise<Cents | null> {
  return tx.as('finance', async () => {
    const [row] = await tx.query<{ open_amount: string }>(
      'SELECT open_amount FROM finance.open_item WHERE source_type = $1 AND source_id = $2 FOR UPDATE',
      [sourceType, sourceId],
      'open_amount_of',
    );
    return row ? cents(row.open_amount) : null;
  });
}
