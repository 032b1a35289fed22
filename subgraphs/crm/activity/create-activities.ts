import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { type FieldFault, fail, ok, type Result, single } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zId, zKey, zList, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { existingOpportunities } from '../opportunity/opportunity.queries.ts';
import { existingPartners } from '../partner/partner.queries.ts';
import { zPlannedDay } from '../planned-day.ts';
import { activities } from './activity.list.ts';
import { ACTIVITY_KINDS, activity } from './activity.tables.ts';

const zNewActivity = z.object({
  kind: z.enum(ACTIVITY_KINDS),
  subject: zText(200),
  body: zText(20_000).nullish(),
  partnerId: zId().nullish(),
  opportunityId: zId().nullish(),
  dueOn: zPlannedDay().nullish(),
  doneAt: z.string().nullish(),
  idempotencyKey: zKey(),
});

export type NewActivity = Omit<z.infer<typeof zNewActivity>, 'idempotencyKey'>;

export const createActivity = defineMutation({
  name: 'createActivity',
  description: 'Records a call, mail, meeting or note, or plans a task.',
  permission: 'crm:write',
  input: zNewActivity,
  errors: ['NOT_FOUND'],
  payload: { activity: activities },
  async run(tx, input) {
    const made = single(await createActivityRows(tx, [input]));
    return made.ok ? ok({ activity: made.value }) : made;
  },
});

export const createActivities = defineMutation({
  name: 'createActivities',
  description: 'Records up to 1000 activities: all or, when one has a fault, none.',
  permission: 'crm:write',
  input: z.object({ items: zList(zNewActivity, 1000) }),
  errors: ['NOT_FOUND', 'DATE_OUT_OF_RANGE'],
  payload: { activities },
  bulk: 'items',
  async run(tx, { items }) {
    const made = await createActivityRows(tx, items);
    return made.ok ? ok({ activities: made.value }) : made;
  },
});

/** Makes activities in a fixed number of statements; answers their ids in the order of the input. */
export async function createActivityRows(
  tx: Tx,
  inputs: readonly NewActivity[],
): Promise<Result<string[], 'NOT_FOUND'>> {
  const fields = await unknownReferences(tx, inputs);
  if (fields.length > 0) return fail('NOT_FOUND', { fields });
  const rows = inputs.map((input) => ({ ...input, id: newId(), tenantId: tx.tenantId }));
  await tx.db.insert(activity).values(rows);
  return ok(rows.map(({ id }) => id));
}

type References = Pick<NewActivity, 'partnerId' | 'opportunityId'>;

/** Faults of all references to partners and opportunities that this company does not have. */
export async function unknownReferences(tx: Tx, inputs: readonly References[]): Promise<FieldFault[]> {
  const partners = await existingPartners(
    tx,
    inputs.flatMap(({ partnerId }) => partnerId ?? []),
  );
  const opportunities = await existingOpportunities(
    tx,
    inputs.flatMap(({ opportunityId }) => opportunityId ?? []),
  );
  return inputs.flatMap(({ partnerId, opportunityId }, index) => [
    ...(partnerId && !partners.has(partnerId) ? [notFound(index, 'partnerId')] : []),
    ...(opportunityId && !opportunities.has(opportunityId) ? [notFound(index, 'opportunityId')] : []),
  ]);
}

const notFound = (index: number, field: string): FieldFault => ({ path: `items.${index}.${field}`, code: 'NOT_FOUND' });
