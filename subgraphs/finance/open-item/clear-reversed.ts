import type { Tx } from '@valeo/kit/tenant-db.ts';
import { cents } from '@valeo/money/money.ts';
import type { EntryDraft } from '../ledger/ledger.ts';
import { settle } from './open-items.ts';

/**
 * A reversal opens the opposite of each item that the entry had opened. What is open of the one settles as much of the other,
 * so that neither stays in the lists (rules 38, 54); what had been paid already stays as the partner's credit.
 */
export async function clearReversed(tx: Tx, entryId: string, reversalId: string, draft: EntryDraft): Promise<void> {
  const items = await tx.query<{ source_type: string; source_id: string; account: string; open_amount: string }>(
    `SELECT source_type, source_id, account, open_amount FROM finance.open_item WHERE entry_id = $1 AND open_amount <> 0 ORDER BY id FOR UPDATE`,
    [entryId],
    'items_to_clear',
  );
  const settles = items.flatMap((item) => {
    const amount = cents(item.open_amount);
    const { account } = item;
    return [
      { source: { type: item.source_type, id: item.source_id }, account, amount },
      { source: { type: 'finance.JournalEntry', id: reversalId }, account, amount: -amount },
    ];
  });
  await settle(tx, [{ ...draft, settles }], [reversalId]);
}
