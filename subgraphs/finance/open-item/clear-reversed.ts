import type { Tx } from '@valeo/kit/tenant-db.ts';
import { type Cents, cents } from '@valeo/money/money.ts';
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

interface Facing {
  readonly id: string;
  readonly source_type: string;
  readonly source_id: string;
  readonly account: string;
  readonly open_amount: string;
  readonly other_id: string;
  readonly other_type: string;
  readonly other_source: string;
  readonly other_open: string;
}

/**
 * Items that are open again because their payment was taken back may face the credit of a reversal that had found them paid: an
 * invoice and its Storno. What is open of the one settles as much of the other, as if the payment had never been (rules 38, 54).
 */
export async function clearReopened(tx: Tx, paymentId: string, reversalId: string, draft: EntryDraft): Promise<void> {
  const pairs = await tx.query<Facing>(
    `SELECT i.id, i.source_type, i.source_id, i.account, i.open_amount,
            o.id AS other_id, o.source_type AS other_type, o.source_id AS other_source, o.open_amount AS other_open
     FROM (SELECT DISTINCT open_item_id FROM finance.settlement WHERE entry_id = $1) s
     JOIN finance.open_item i ON i.id = s.open_item_id
     JOIN finance.journal_entry e ON e.id = i.entry_id
     JOIN finance.journal_entry r ON r.reverses_id = e.id OR r.id = e.reverses_id
     JOIN finance.open_item o ON o.entry_id = r.id AND o.account = i.account
     WHERE i.open_amount * o.open_amount < 0 ORDER BY i.id FOR UPDATE OF i, o`,
    [paymentId],
    'items_facing_their_reversal',
  );
  // A payment of both names the pair from either side.
  const seen = new Set<string>();
  const settles = pairs.flatMap((pair) => {
    if (seen.has(pair.other_id)) return [];
    seen.add(pair.id);
    const { account } = pair;
    const amount = smaller(cents(pair.open_amount), -cents(pair.other_open));
    return [
      { source: { type: pair.source_type, id: pair.source_id }, account, amount },
      { source: { type: pair.other_type, id: pair.other_source }, account, amount: -amount },
    ];
  });
  await settle(tx, [{ ...draft, settles }], [reversalId]);
}

/** Of two amounts of one sign. */
const smaller = (a: Cents, b: Cents): Cents => (a < 0n === a > b ? a : b);
