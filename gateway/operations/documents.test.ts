import type { QueryPlan } from '@apollo/query-planner';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { defaultLimits } from '../options.ts';
import { RequestError } from '../report/errors.ts';
import { createDocuments } from './documents.ts';
import type { PreparedOperation } from './prepare.ts';

test('an operation that was refused because too many waited is looked at again', async () => {
  let isBusy = true;
  const prepared = { name: undefined } as PreparedOperation;
  const documents = createDocuments({
    schema: buildSchema('type Query { ok: Boolean }'),
    limits: defaultLimits,
    prepare: () => prepared,
    planElsewhere(): Promise<QueryPlan> {
      if (isBusy) throw new RequestError('OVERLOADED', 'Too many new operations at once.', 503);
      return Promise.resolve({ kind: 'QueryPlan' });
    },
  });
  await expect(documents.get('{ ok }', undefined, 'anna')).rejects.toMatchObject({ code: 'OVERLOADED' });
  isBusy = false;
  expect(await documents.get('{ ok }', undefined, 'anna')).toBe(prepared);
});
