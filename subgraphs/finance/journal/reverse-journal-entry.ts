import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, ok, type Result } from '@valeo/kit/result.ts';
import { zDate, zId, zKey, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import type { EntryDraft, LedgerCode } from '../ledger/ledger.ts';
import { postEntries } from '../ledger/ledger.ts';
import { reversedLines } from '../ledger/reversal.ts';
import { journalEntries } from './journal.list.ts';
import { LEDGER_CODES } from './post-journal-entries.ts';

export const reverseJournalEntry = defineMutation({
  name: 'reverseJournalEntry',
  description:
    'Corrects an entry by a reversal with a link to it. Entries of documents are reversed by cancelling the document.',
  permission: 'finance:post',
  input: z.object({ id: zId(), postedOn: zDate(), reason: zText(200), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'ENTRY_HAS_DOCUMENT', 'ALREADY_REVERSED', ...LEDGER_CODES],
  payload: { journalEntry: journalEntries },
  async run(
    tx,
    input,
  ): Promise<Result<{ journalEntry: string }, LedgerCode | 'NOT_FOUND' | 'ENTRY_HAS_DOCUMENT' | 'ALREADY_REVERSED'>> {
    const [entry] = await tx.query<{ number: string; reference: string; source_id: string | null; reversed: boolean }>(
      `SELECT number, reference, source_id, EXISTS (SELECT FROM finance.journal_entry r WHERE r.reverses_id = e.id) AS reversed
       FROM finance.journal_entry e WHERE id = $1`,
      [input.id],
    );
    if (!entry) return fail('NOT_FOUND');
    if (entry.source_id) return fail('ENTRY_HAS_DOCUMENT');
    if (entry.reversed) return fail('ALREADY_REVERSED');
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
    return posted.ok ? ok({ journalEntry: posted.value[0]?.id ?? '' }) : posted;
  },
});
