import { fail, failField, ok, type Result } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { type Cents, cents } from '@valeo/money/money.ts';
import { clearReopened } from '../open-item/clear-reversed.ts';
import { type EntryDraft, LATEST_DAY, type LedgerCode, type PostedEntry, postEntries } from './ledger.ts';
import { reversedLines } from './reversal.ts';

/** The reversal of an entry that has settled items. */
export interface TakingBack {
  readonly entryId: string;
  readonly postedOn: string;
  readonly reason: string;
  /** What is taken back, for the text of the reversal; the number of the entry without it. */
  readonly name?: string;
  readonly source: EntryDraft['source'];
}

interface Item {
  readonly source_type: string;
  readonly source_id: string;
  readonly account: string;
  readonly amount: string;
  readonly open_amount: string;
}

/**
 * Takes a payment back by the exact reversal of its entry, not dated before it: the items that it settled are open again by the
 * same amounts, cash discount included (rules 38, 54). The caller holds the lock that keeps it from being taken back twice. Part
 * of the port.
 */
export function takeBack(
  tx: Tx,
  { entryId, postedOn, reason, name, source }: TakingBack,
): Promise<Result<PostedEntry, LedgerCode | 'CREDIT_USED'>> {
  return tx.as('finance', async () => {
    const settled = await tx.query<Item>(
      `SELECT i.source_type, i.source_id, i.account, i.open_amount, s.amount FROM finance.settlement s JOIN finance.open_item i ON i.id = s.open_item_id
       WHERE s.entry_id = $1 ORDER BY i.id FOR UPDATE OF i`,
      [entryId],
    );
    // What was paid too much stands open on the partner's account; it can be taken back only as long as nobody has used it.
    const opened = await tx.query<Item>(
      'SELECT source_type, source_id, account, amount, open_amount FROM finance.open_item WHERE entry_id = $1 ORDER BY id FOR UPDATE',
      [entryId],
    );
    if (opened.some((item) => item.open_amount !== item.amount)) return fail('CREDIT_USED');
    const [entry] = await tx.query<{ number: string; reference: string; posted_on: string }>(
      'SELECT number, reference, posted_on::text FROM finance.journal_entry WHERE id = $1',
      [entryId],
    );
    if (entry && postedOn < entry.posted_on)
      return failField('DATE_OUT_OF_RANGE', 'postedOn', { from: entry.posted_on, to: LATEST_DAY });
    const settlement = (item: Item, amount: Cents) => ({
      source: { type: item.source_type, id: item.source_id },
      account: item.account,
      amount,
    });
    const draft: EntryDraft = {
      postedOn,
      text: `Storno ${name ?? entry?.number}: ${reason}`.slice(0, 200),
      reference: entry?.reference ?? '',
      source,
      reversesId: entryId,
      lines: await reversedLines(tx, entryId),
      settles: [
        ...settled.map((item) => settlement(item, -cents(item.amount))),
        ...opened.map((item) => settlement(item, cents(item.amount))),
      ],
      path: '',
    };
    const posted = await postEntries(tx, [draft]);
    if (!posted.ok) return posted;
    const [reversal] = posted.value;
    if (!reversal) throw new Error('An entry was not posted.');
    await clearReopened(tx, entryId, reversal.id, draft);
    return ok(reversal);
  });
}

/** What may keep a payment of a document from being taken back. */
export const TAKE_BACK_CODES = ['CREDIT_USED', 'PERIOD_CLOSED', 'DATE_OUT_OF_RANGE', 'ACCOUNT_INACTIVE'] as const;

/** Takes back what was recorded as the payment of a document; what is wrong with the day is told at `postedOn`. Part of the port. */
export async function takePaymentBack(
  tx: Tx,
  payment: TakingBack,
): Promise<Result<PostedEntry, (typeof TAKE_BACK_CODES)[number]>> {
  const taken = await takeBack(tx, payment);
  if (taken.ok) return taken;
  const { code, params } = taken;
  if (code === 'CREDIT_USED' || code === 'ACCOUNT_INACTIVE') return fail(code, { params: { ...params } });
  if (code === 'PERIOD_CLOSED' || code === 'DATE_OUT_OF_RANGE') return failField(code, 'postedOn', { ...params });
  throw new Error(`The ledger refused the reversal of a payment: ${code}`);
}
