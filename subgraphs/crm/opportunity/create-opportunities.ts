import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { type FieldFault, fail, ok, type Result, single } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zId, zKey, zList, zMoney, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { existingPartners } from '../partner/partner.queries.ts';
import { zPlannedDay } from '../planned-day.ts';
import { opportunities } from './opportunity.list.ts';
import { opportunity } from './opportunity.tables.ts';
import { isClosed, STAGES, stageNames } from './stages.ts';

const zNewOpportunity = z.object({
  title: zText(200),
  partnerId: zId(),
  stage: z.enum(stageNames).nullish(),
  expectedAmount: zMoney('notNegative'),
  probability: z.int().min(0).max(100).nullish(),
  expectedCloseOn: zPlannedDay(),
  note: zText(5000).nullish(),
  idempotencyKey: zKey(),
});

export type NewOpportunity = Omit<z.infer<typeof zNewOpportunity>, 'idempotencyKey'>;

export const createOpportunity = defineMutation({
  name: 'createOpportunity',
  description: 'Makes an opportunity with a business partner.',
  permission: 'crm:write',
  input: zNewOpportunity,
  errors: ['NOT_FOUND'],
  payload: { opportunity: opportunities },
  async run(tx, input) {
    const made = single(await createOpportunityRows(tx, [input]));
    return made.ok ? ok({ opportunity: made.value }) : made;
  },
});

export const createOpportunities = defineMutation({
  name: 'createOpportunities',
  description: 'Makes up to 1000 opportunities: all or, when one has a fault, none.',
  permission: 'crm:write',
  input: z.object({ items: zList(zNewOpportunity, 1000) }),
  errors: ['NOT_FOUND', 'DATE_OUT_OF_RANGE'],
  payload: { opportunities },
  bulk: 'items',
  async run(tx, { items }) {
    const made = await createOpportunityRows(tx, items);
    return made.ok ? ok({ opportunities: made.value }) : made;
  },
});

/** Makes opportunities in a fixed number of statements; answers their ids in the order of the input. */
export async function createOpportunityRows(
  tx: Tx,
  inputs: readonly NewOpportunity[],
): Promise<Result<string[], 'NOT_FOUND'>> {
  const known = await existingPartners(
    tx,
    inputs.map(({ partnerId }) => partnerId),
  );
  const fields = inputs.flatMap(({ partnerId }, index): FieldFault[] =>
    known.has(partnerId) ? [] : [{ path: `items.${index}.partnerId`, code: 'NOT_FOUND' }],
  );
  if (fields.length > 0) return fail('NOT_FOUND', { fields });

  const rows = inputs.map((input) => {
    const stage = input.stage ?? 'NEW';
    return {
      ...input,
      id: newId(),
      tenantId: tx.tenantId,
      stage,
      probability: input.probability ?? STAGES[stage],
      closedAt: isClosed(stage) ? new Date().toISOString() : null,
    };
  });
  await tx.db.insert(opportunity).values(rows);
  return ok(rows.map(({ id }) => id));
}
