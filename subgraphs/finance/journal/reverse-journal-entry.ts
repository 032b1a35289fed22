import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, ok, type Result } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zDate, zId, zKey, zText } from '@valeo/kit/validate.ts';
import { cents } from '@valeo/money/money.ts';
import { z } from 'zod';
import type { EntryDraft, LedgerCode, LineDraft } from '../ledger/ledger.ts';
import { postEntries } from '../ledger/ledger.ts';
import { journalEntries } from './journal.list.ts';
import { LEDGER_CODES } from './post-journal-entries.ts';

interface PostedLine {
  readonly account: string;
  readonly debit: string;
  readonly credit: string;
  readonly tax_code: string | null;
  readonly tax_role: 'BASE' | 'TAX' | null;
  readonly text: string | null;
}

/** Lines of a posted entry with the sides swapped: the exact reversal (Storno, rule 38). For this domain and the port's callers. */
export function reversedLines(tx: Tx, entryId: string): Promise<LineDraft[]> {
  return tx.as('finance', async () => {
    const lines = await tx.query<PostedLine>(
      'SELECT account, debit, credit, tax_code, tax_role, text FROM finance.journal_line WHERE entry_id = $1 ORDER BY position',
      [entryId],
      'lines_to_reverse',
    );
    return lines.map((line) => {
      const wasDebit = cents(line.debit) > 0n;
      return {
        to: { account: line.account },
        side: wasDebit ? 'credit' : 'debit',
        amount: cents(wasDebit ? line.debit : line.credit),
        taxCode: line.tax_code,
        taxRole: line.tax_role,
        text: line.text,
      };
    });
  });
}

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
    return posted.ok ? ok({ journalEntry: posted.value[0]?.id ?? '' }) : fail(posted.code, { params: posted.params });
  },
});
