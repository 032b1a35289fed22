import fc from 'fast-check';
import { execute, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../pipeline.ts';
import type { RunningGateway } from '../../server.ts';
import { startServed, startToys } from '../toys.ts';
import { counts } from './counts.ts';
import { operations, type RandomOperation } from './operations.ts';
import { build, type Spec, specs, type World } from './world.ts';

const { worlds, operationsPerWorld } = counts(process.env.TEST_LONG !== undefined);

interface Result {
  data: unknown;
  errors: string[];
}

/** Errors by what they say and where, as a set: fetches run side by side, so their order means nothing. */
const sorted = (
  errors: readonly { message: string; path?: readonly (string | number)[] | undefined }[] = [],
): string[] => [...new Set(errors.map(({ message, path }) => `${path?.join('.')}: ${message}`))].sort();

function expected({ monolith }: World, { query, variables }: RandomOperation): Result {
  const result = execute({ schema: monolith, document: parse(query), variableValues: variables }) as Result & {
    errors?: never[];
  };
  return { data: JSON.parse(JSON.stringify(result.data)), errors: sorted(result.errors) };
}

async function actual(gateway: RunningGateway, { query, variables }: RandomOperation): Promise<Result> {
  const answer: Answer = await gateway.execute({
    params: { query, variables, id: undefined, operationName: undefined, extensions: {} },
    call: { caller: null, requestId: 'r', locale: 'en' },
    mayMutate: true,
  });
  const { data, errors } = JSON.parse(answer.body);
  return { data, errors: sorted(errors) };
}

/**
 * Data must be equal to the letter. Each null that the plain schema explains with an error must be explained by us, though it may
 * be by another error below the same null: execution stops at the first that takes the object along, and the order of fields is
 * ours to choose.
 */
function differ(want: Result, got: Result): boolean {
  if (JSON.stringify(want.data) !== JSON.stringify(got.data)) return true;
  if ((want.errors.length === 0) !== (got.errors.length === 0)) return true;
  const explained = new Set(got.errors.map((one) => nulledPath(one, got.data)));
  return want.errors.some((one) => !explained.has(nulledPath(one, want.data)));
}

/** The part of an error's path that is null in the answer. */
function nulledPath(error: string, data: unknown): string {
  const path = error.slice(0, error.indexOf(':')).split('.');
  let value = data;
  let length = 0;
  while (length < path.length && typeof value === 'object' && value !== null) {
    value = (value as Record<string, unknown>)[path[length++] as string];
  }
  return path.slice(0, length).join('.');
}

/** The first place where two results differ, with both values. */
function whereDiffer(want: unknown, got: unknown, path = ''): string {
  const isBranch = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
  if (isBranch(want) && isBranch(got)) {
    for (const key of new Set([...Object.keys(want), ...Object.keys(got)])) {
      if (JSON.stringify(want[key]) !== JSON.stringify(got[key]))
        return whereDiffer(want[key], got[key], `${path}.${key}`);
    }
  }
  return `at ${path}: wanted ${JSON.stringify(want)}, got ${JSON.stringify(got)}`;
}

const unlimited = { limits: { aliases: 10_000, depth: 100, directives: 10_000, tokens: 100_000, rootFields: 1_000 } };

/** Where the subgraphs are: objects in this process and texts on the wire take other ways through the gateway. */
type Place = 'here' | 'elsewhere';

async function open(world: World, place: Place): Promise<{ gateway: RunningGateway; close(): Promise<void> }> {
  if (place === 'elsewhere') return startServed(world.toys, unlimited);
  const gateway = await startToys(world.toys, unlimited);
  return { gateway, close: () => gateway.close(0) };
}

/** The first operation of a world that is answered differently; null when all agree. */
async function firstDifference(
  spec: Spec,
  list: readonly RandomOperation[],
  place: Place,
  sabotage?: (world: World) => void,
): Promise<string | null> {
  const world = build(spec);
  sabotage?.(world);
  const { gateway, close } = await open(world, place);
  try {
    for (const operation of list) {
      const want = expected(world, operation);
      compared++;
      // Subgraphs interpret what they see first and compile what comes again.
      const times = place === 'here' ? 12 : 1;
      for (let time = 1; time <= times; time += 1) {
        const got = await actual(gateway, operation);
        if (differ(want, got)) {
          return `${whereDiffer(want, got)} at time ${time} in ${operation.query} over ${JSON.stringify(spec.owners)}`;
        }
      }
    }
    return null;
  } finally {
    await close();
  }
}

let compared = 0;

/** The first difference found, or null. Not shrunk: the one operation that differs is named anyway. */
async function search(
  runs: number,
  seed: number | undefined,
  place: Place,
  sabotage?: (world: World) => void,
): Promise<string | null> {
  const list = fc.array(operations, { minLength: operationsPerWorld, maxLength: operationsPerWorld });
  let found: string | null = null;
  const result = await fc.check(
    fc.asyncProperty(specs, list, async (spec, queries) => {
      const difference = await firstDifference(spec, queries, place, sabotage);
      if (difference) found = difference;
      return difference === null;
    }),
    { numRuns: runs, seed, endOnFailure: true },
  );
  // A world that could not be built is no answer.
  if (result.failed && found === null) throw result.errorInstance;
  return found;
}

const seed = 20_261_122;

test('every random operation is valid, so that none is compared by its refusal', () => {
  const { monolith } = build(fc.sample(specs, { numRuns: 1, seed })[0] as Spec);
  for (const { query } of fc.sample(operations, { numRuns: 300, seed })) {
    expect(validate(monolith, parse(query)).map(({ message }) => message)).toEqual([]);
  }
});

test.each([
  ['in this process', 'here'],
  ['over HTTP', 'elsewhere'],
] as const)(
  'a split graph answers as the one schema it was split from: data, nulls, errors and the order of fields; its subgraphs are %s',
  async (_, place) => {
    compared = 0;
    expect(await search(worlds, process.env.TEST_LONG ? undefined : seed, place)).toBeNull();
    expect(compared).toBe(worlds * operationsPerWorld);
  },
  3_600_000,
);

describe.each(['here', 'elsewhere'] as const)('the comparison notices, with subgraphs %s,', (place) => {
  /** Changes what every subgraph answers for a batch of entities. */
  const spoil = (change: (entities: unknown[]) => unknown[]) => (world: World) => {
    for (const { schema } of world.toys) {
      const field = schema.getQueryType()?.getFields()._entities;
      const resolve = field?.resolve;
      if (field && resolve) field.resolve = (...args) => change([...(resolve(...args) as unknown[])]);
    }
  };

  test('two entities that were swapped', async () => {
    const swap = spoil(([first, second, ...rest]) => (second === undefined ? [first] : [second, first, ...rest]));
    expect(await search(20, seed, place, swap)).not.toBeNull();
  });

  test('one entity that was lost', async () => {
    const lose = spoil((entities) => entities.with(-1, null));
    expect(await search(20, seed, place, lose)).not.toBeNull();
  });

  test('one null that was dropped from a list', async () => {
    const drop = ({ toys }: World): void => {
      for (const { schema } of toys) {
        const field = schema.getQueryType()?.getFields().works;
        const resolve = field?.resolve as (() => unknown[]) | undefined;
        if (field && resolve) field.resolve = () => resolve().filter((one) => one !== null);
      }
    };
    expect(await search(20, seed, place, drop)).not.toBeNull();
  });
});
