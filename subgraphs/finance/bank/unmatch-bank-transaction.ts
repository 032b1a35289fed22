import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, failField, ok } from '@valeo/kit/result.ts';
import { changeRow } from '@valeo/kit/rows.ts';
import { zDate, zId, zKey, zText } from '@valeo/kit/validate.ts';
import { type Cents, cents } from '@valeo/money/money.ts';
import { z } from 'zod';
import { LEDGER_CODES } from '../journal/post-journal-entries.ts';
import { type EntryDraft, LATEST_DAY, postEntries } from '../ledger/ledger.ts';
import { reversedLines } from '../ledger/reversal.ts';
import { clearReopened } from '../open-item/clear-reversed.ts';
import { bankTransactions } from './bank.list.ts';
import { bankTransaction } from './bank.tables.ts';
import { lockTransaction } from './lock-transaction.ts';

interface Item {
  readonly source_type: string;
  readonly source_id: string;
  readonly account: string;
  readonly amount: string;
  readonly open_amount: string;
}

export const unmatchBankTransaction = defineMutation({
  name: 'unmatchBankTransaction',
  description:
    'Takes the posting of a transaction back by a reversal: the items that it settled are open again, and it can be posted anew. An item that was reversed meanwhile and the credit of its reversal settle each other.',
  permission: 'finance:post',
  input: z.object({ id: zId(), postedOn: zDate(), reason: zText(150), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'NOT_MATCHED', 'CREDIT_USED', ...LEDGER_CODES],
  payload: { bankTransaction: bankTransactions },
  async run(tx, input) {
    const row = await lockTransaction(tx, input.id);
    if (!row) return fail('NOT_FOUND');
    const entryId = row.journalEntryId;
    if (!entryId) return fail('NOT_MATCHED');
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
    if (entry && input.postedOn < entry.posted_on)
      return failField('DATE_OUT_OF_RANGE', 'postedOn', { from: entry.posted_on, to: LATEST_DAY });
    const settlement = (item: Item, amount: Cents) => ({
      source: { type: item.source_type, id: item.source_id },
      account: item.account,
      amount,
    });
    const draft: EntryDraft = {
      postedOn: input.postedOn,
      text: `Storno ${entry?.number}: ${input.reason}`.slice(0, 200),
      reference: entry?.reference ?? '',
      source: { type: 'reversal', id: entryId },
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
    await clearReopened(tx, entryId, posted.value[0]?.id ?? '', draft);
    await changeRow(tx, bankTransaction, row.id, { status: 'OPEN', openItemId: null, journalEntryId: null });
    return ok({ bankTransaction: row.id });
  },
});
