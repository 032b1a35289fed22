import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, failField, ok, type Result } from '@valeo/kit/result.ts';
import { zDate, zId, zKey, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { type EntryDraft, LATEST_DAY, postEntries } from '../ledger/ledger.ts';
import { reversedLines } from '../ledger/reversal.ts';
import { takeBack } from '../ledger/take-back.ts';
import { clearReversed } from '../open-item/clear-reversed.ts';
import { CLEARING_SOURCE } from '../open-item/settle-open-items.ts';
import { journalEntries } from './journal.list.ts';
import { LEDGER_CODES } from './post-journal-entries.ts';

const CODES = ['NOT_FOUND', 'ENTRY_HAS_DOCUMENT', 'ALREADY_REVERSED', 'CREDIT_USED', ...LEDGER_CODES] as const;

export const reverseJournalEntry = defineMutation({
  name: 'reverseJournalEntry',
  description:
    'Corrects an entry by a reversal with a link to it, dated on its day or later. What is still open of the items that it had opened is settled; items that it had settled against each other are open again. Entries of documents are reversed by cancelling the document.',
  permission: 'finance:post',
  input: z.object({ id: zId(), postedOn: zDate(), reason: zText(200), idempotencyKey: zKey() }),
  errors: CODES,
  payload: { journalEntry: journalEntries },
  async run(tx, input): Promise<Result<{ journalEntry: string }, (typeof CODES)[number]>> {
    // The journal's rows cannot be locked, so two who reverse the same entry wait for each other here.
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('finance.reversal'), hashtext($1))`, [input.id]);
    const [entry] = await tx.query<{
      number: string;
      posted_on: string;
      reference: string;
      source_type: string;
      source_id: string | null;
      reversed: boolean;
    }>(
      `SELECT number, posted_on::text, reference, source_type, source_id, EXISTS (SELECT FROM finance.journal_entry r WHERE r.reverses_id = e.id) AS reversed
       FROM finance.journal_entry e WHERE id = $1`,
      [input.id],
    );
    if (!entry) return fail('NOT_FOUND');
    if (entry.source_id) return fail('ENTRY_HAS_DOCUMENT');
    if (entry.reversed) return fail('ALREADY_REVERSED');
    if (entry.source_type === CLEARING_SOURCE) {
      const { id: entryId, postedOn, reason } = input;
      const taken = await takeBack(tx, { entryId, postedOn, reason, source: { type: 'reversal', id: entryId } });
      return taken.ok ? ok({ journalEntry: taken.value.id }) : taken;
    }
    if (input.postedOn < entry.posted_on)
      return failField('DATE_OUT_OF_RANGE', 'postedOn', { from: entry.posted_on, to: LATEST_DAY });
    const draft: EntryDraft = {
      postedOn: input.postedOn,
      text: `Storno ${entry.number}: ${input.reason}`.slice(0, 200),
      reference: entry.reference,
      source: { type: 'reversal', id: input.id },
      reversesId: input.id,
      lines: await reversedLines(tx, input.id),
      path: '',
    };
    const posted = await postEntries(tx, [draft]);
    if (!posted.ok) return posted;
    const id = posted.value[0]?.id ?? '';
    await clearReversed(tx, input.id, id, draft);
    return ok({ journalEntry: id });
  },
});
