import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { ok } from '@valeo/kit/result.ts';
import { zKey } from '@valeo/kit/validate.ts';
import { z } from 'zod';

export const setPeriodState = defineMutation({
  name: 'setPeriodState',
  description: 'Opens, closes or locks a month. Every change is kept in the audit trail.',
  permission: 'finance:write',
  input: z.object({
    fiscalYear: z.int().min(1980).max(2100),
    month: z.int().min(1).max(12),
    state: z.enum(['OPEN', 'SOFT_CLOSED', 'LOCKED']),
    idempotencyKey: zKey(),
  }),
  errors: [],
  payload: { accountingPeriod: 'AccountingPeriod' },
  async run(tx, { fiscalYear, month, state }) {
    // Waits for postings under way: what is posted before the lock is in, what comes after is refused.
    await tx.query('SELECT FROM finance.fiscal_year WHERE year = $1 FOR UPDATE', [fiscalYear]);
    await tx.query(
      `INSERT INTO finance.period AS p (id, tenant_id, fiscal_year, month, state) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (tenant_id, fiscal_year, month) DO UPDATE SET state = excluded.state, version = p.version + 1`,
      [newId(), tx.tenantId, fiscalYear, month, state],
    );
    return ok({ accountingPeriod: { fiscalYear, month, state } });
  },
});
