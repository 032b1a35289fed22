import { conflict } from '@valeo/kit/conflict.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, failField, ok } from '@valeo/kit/result.ts';
import { zId, zMoney, zText } from '@valeo/kit/validate.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { existingPartners } from '../partner/partner.queries.ts';
import { zPlannedDay } from '../planned-day.ts';
import { opportunities } from './opportunity.list.ts';
import { opportunity } from './opportunity.tables.ts';
import { isClosed, mayFollow, STAGES, stageNames } from './stages.ts';

const zChange = z.object({
  id: zId(),
  version: z.int(),
  title: zText(200).optional(),
  partnerId: zId().optional(),
  stage: z.enum(stageNames).optional(),
  expectedAmount: zMoney('notNegative').optional(),
  probability: z.int().min(0).max(100).optional(),
  expectedCloseOn: zPlannedDay().optional(),
  lossReason: zText(1000).nullish(),
  note: zText(5000).nullish(),
});

export const updateOpportunity = defineMutation({
  name: 'updateOpportunity',
  description: 'Changes an opportunity: its stage, its figures, its partner.',
  permission: 'crm:write',
  input: zChange,
  errors: ['NOT_FOUND', 'CONFLICT', 'STAGE_NOT_ALLOWED'],
  payload: { opportunity: opportunities },
  async run(tx, change) {
    const { id, version, ...changes } = change;
    const [row] = await tx.db.select().from(opportunity).where(eq(opportunity.id, id)).for('update');
    if (!row) return fail('NOT_FOUND');
    if (row.version !== version) return conflict(change, row, { decimals: ['expectedAmount'] });
    if (changes.partnerId && !(await existingPartners(tx, [changes.partnerId])).has(changes.partnerId)) {
      return failField('NOT_FOUND', 'partnerId');
    }
    const stage = changes.stage ?? row.stage;
    if (!mayFollow(row.stage, stage)) return failField('STAGE_NOT_ALLOWED', 'stage', { from: row.stage, to: stage });

    await tx.db
      .update(opportunity)
      .set({
        ...changes,
        probability: changes.probability ?? (stage === row.stage ? row.probability : STAGES[stage]),
        closedAt: isClosed(stage) ? (row.closedAt ?? sql`now()`) : null,
        version: version + 1,
        updatedAt: sql`now()`,
      })
      .where(eq(opportunity.id, id));
    return ok({ opportunity: id });
  },
});
