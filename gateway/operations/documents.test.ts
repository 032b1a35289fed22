import type { QueryPlan } from '@apollo/query-planner';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { defaultLimits } from '../options.ts';
import { BeyondMeans } from '../plan/off-thread.ts';
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
    checkMeans: () => {},
    planElsewhere(): Promise<QueryPlan> {
      if (isBusy) throw new RequestError('OVERLOADED', 'Too many new operations at once.', 503);
      return Promise.resolve({ kind: 'QueryPlan' });
    },
  });
  await expect(documents.get('{ ok }', undefined, 'anna')).rejects.toMatchObject({ code: 'OVERLOADED' });
  isBusy = false;
  expect(await documents.get('{ ok }', undefined, 'anna')).toBe(prepared);
});

test('what is beyond the means of the one who asks is not planned, and is looked at once for all who ask the same', async () => {
  const prepared = { name: undefined } as PreparedOperation;
  const looked: string[] = [];
  const tooDear = new RequestError('COST_LIMIT_EXCEEDED', 'The operation costs 2; at most 1 is allowed.');
  const documents = createDocuments({
    schema: buildSchema('type Query { ok: Boolean }'),
    limits: defaultLimits,
    prepare: () => prepared,
    checkMeans: () => {},
    planElsewhere(_text, _name, _who, means = '') {
      looked.push(means);
      return means.includes('"limit":1,')
        ? Promise.reject(new BeyondMeans(tooDear))
        : Promise.resolve({ kind: 'QueryPlan' });
    },
  });
  const ask = (limit: number) => documents.get('{ ok }', undefined, 'anna', () => ({ limit, variables: {} }));
  await expect(ask(1)).rejects.toBe(tooDear);
  await expect(ask(1)).rejects.toBe(tooDear);
  expect(looked).toHaveLength(1);
  expect(await ask(3)).toBe(prepared);
});

test('what is beyond the means of the one who asks is not planned on this thread either', () => {
  let plans = 0;
  const documents = createDocuments({
    schema: buildSchema('type Query { ok: Boolean }'),
    limits: defaultLimits,
    prepare: () => {
      plans++;
      return { name: undefined } as PreparedOperation;
    },
    checkMeans(_document, _name, { limit }) {
      if ((limit ?? 0) < 2)
        throw new RequestError('COST_LIMIT_EXCEEDED', 'The operation costs 2; at most 1 is allowed.');
    },
  });
  const ask = (limit: number) => documents.get('{ ok }', undefined, 'anna', () => ({ limit, variables: {} }));
  expect(() => ask(1)).toThrow('The operation costs 2; at most 1 is allowed.');
  expect(plans).toBe(0);
  void ask(2);
  expect(plans).toBe(1);
});
