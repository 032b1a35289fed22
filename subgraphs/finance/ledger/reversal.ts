import type { Tx } from '@valeo/kit/tenant-db.ts';
import { cents } from '@valeo/money/money.ts';
import type { LineDraft } from './ledger.ts';

interface PostedLine {
  readonly account: string;
  readonly debit: string;
  readonly credit: string;
  readonly tax_code: string | null;
  readonly tax_role: 'BASE' | 'TAX' | null;
  readonly text: string | null;
}

/** Lines of a posted entry with the sides swapped: the exact reversal (Storno, rule 38). Part of the port. */
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

/** The day of a reversal: the one wanted, but not before the entry. Part of the port. */
export function reversalDay(tx: Tx, entryId: string, wanted: string): Promise<string> {
  return tx.as('finance', async () => {
    const [entry] = await tx.query<{ posted_on: string }>(
      'SELECT posted_on::text FROM finance.journal_entry WHERE id = $1',
      [entryId],
      'day_to_reverse',
    );
    return entry && wanted < entry.posted_on ? entry.posted_on : wanted;
  });
}

/** Which of these entries were reversed. Part of the port. */
export function reversedOf(tx: Tx, entryIds: readonly string[]): Promise<ReadonlySet<string>> {
  return tx.as('finance', async () => {
    const rows = await tx.query<{ id: string }>(
      'SELECT reverses_id AS id FROM finance.journal_entry WHERE reverses_id = ANY($1::uuid[])',
      [entryIds],
      'reversed_entries',
    );
    return new Set(rows.map(({ id }) => id));
  });
}
