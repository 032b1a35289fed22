import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, ok } from '@valeo/kit/result.ts';
import { unpostedIn } from '@valeo/kit/unposted.ts';
import { zKey } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { booksOf } from '../account/chart.ts';

/** So many drafts are named. */
const NAMED_MAX = 20;

export const setPeriodState = defineMutation({
  name: 'setPeriodState',
  description:
    'Opens, closes or locks a month. It is not locked while drafts of invoices are dated in it: they are told, up to 20, and posted, dated otherwise or deleted first. Every change is kept in the audit trail.',
  permission: 'finance:write',
  input: z.object({
    fiscalYear: z.int().min(1980).max(2100),
    month: z.int().min(1).max(12),
    state: z.enum(['OPEN', 'SOFT_CLOSED', 'LOCKED']),
    idempotencyKey: zKey(),
  }),
  errors: ['DRAFTS_IN_PERIOD'],
  payload: { accountingPeriod: 'AccountingPeriod' },
  async run(tx, { fiscalYear, month, state }) {
    // Waits for postings under way: what is posted before the lock is in, what comes after is refused.
    await tx.query('SELECT FROM finance.fiscal_year WHERE year = $1 FOR UPDATE', [fiscalYear]);
    if (state === 'LOCKED') {
      const { fiscalYearStart } = await booksOf(tx);
      const year = month < fiscalYearStart ? fiscalYear + 1 : fiscalYear;
      const [from, through] = monthOf(year, month);
      const { count, drafts } = await unpostedIn(tx, from, through, NAMED_MAX);
      if (count > 0)
        return fail('DRAFTS_IN_PERIOD', {
          params: { period: from.slice(0, 7), count: String(count) },
          fields: drafts.map(({ id, day, name }) => ({
            path: 'month',
            code: 'DRAFTS_IN_PERIOD',
            params: { sentence: 'DRAFTS_IN_PERIOD.DRAFT', id, day, name },
          })),
        });
    }
    await tx.query(
      `INSERT INTO finance.period AS p (id, tenant_id, fiscal_year, month, state) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (tenant_id, fiscal_year, month) DO UPDATE SET state = excluded.state, version = p.version + 1`,
      [newId(), tx.tenantId, fiscalYear, month, state],
    );
    return ok({ accountingPeriod: { fiscalYear, month, state } });
  },
});

/** First and last day of a calendar month. */
function monthOf(year: number, month: number): readonly [string, string] {
  const dayOf = (at: number, day: number) => new Date(Date.UTC(year, at, day)).toISOString().slice(0, 10);
  return [dayOf(month - 1, 1), dayOf(month, 0)];
}
