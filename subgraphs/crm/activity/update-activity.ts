import { conflict } from '@valeo/kit/conflict.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, ok, single } from '@valeo/kit/result.ts';
import { zId, zText } from '@valeo/kit/validate.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { zPlannedDay } from '../planned-day.ts';
import { activities } from './activity.list.ts';
import { ACTIVITY_KINDS, activity } from './activity.tables.ts';
import { unknownReferences } from './create-activities.ts';

const zChange = z.object({
  id: zId(),
  version: z.int(),
  kind: z.enum(ACTIVITY_KINDS).optional(),
  subject: zText(200).optional(),
  body: zText(20_000).nullish(),
  partnerId: zId().nullish(),
  opportunityId: zId().nullish(),
  dueOn: zPlannedDay().nullish(),
  doneAt: z.string().nullish(),
});

export const updateActivity = defineMutation({
  name: 'updateActivity',
  description: 'Changes an activity, for example marks it as done.',
  permission: 'crm:write',
  input: zChange,
  errors: ['NOT_FOUND', 'CONFLICT'],
  payload: { activity: activities },
  async run(tx, change) {
    const { id, version, ...changes } = change;
    const [row] = await tx.db.select().from(activity).where(eq(activity.id, id)).for('update');
    if (!row) return fail('NOT_FOUND');
    if (row.version !== version) return conflict(change, row);
    const fields = await unknownReferences(tx, [changes]);
    if (fields.length > 0) return single(fail('NOT_FOUND', { fields }));
    await tx.db
      .update(activity)
      .set({ ...changes, version: version + 1, updatedAt: sql`now()` })
      .where(eq(activity.id, id));
    return ok({ activity: id });
  },
});
