import { afterEach, describe, expect, test } from 'vitest';
import type { RunningGateway } from '../../server.ts';
import { post, startToys, toy } from '../toys.ts';

const node = { id: '1', next: { id: '2' } };
const shop = () =>
  toy(
    'shop',
    `type Query { nodes(first: Int!): [Node!] @listSize(slicingArguments: ["first"]) } type Node { id: ID next: Node }`,
    { Query: { nodes: (_: unknown, { first }: { first: number }) => Array.from({ length: first }, () => node) } },
  );

let gateway: RunningGateway;
afterEach(() => gateway.close(0));

const codeOf = async (body: unknown, headers = {}): Promise<string | undefined> =>
  (await post(gateway.url, body, headers)).body.errors?.[0].extensions.code;

describe.each([
  ['on another thread', 30_000],
  ['on the same thread', 0],
])('what is new, planned %s', (_, planningTimeoutMs) => {
  const start = async () => {
    gateway = await startToys([shop()], { planningTimeoutMs, cost: { operationLimit: 50, budgets: null } });
  };

  test('is refused for its cost, with its price', async () => {
    await start();
    const { status, body } = await post(gateway.url, {
      query: '{ nodes(first: 20) { next { id } next { next { id } } } }',
    });
    expect([status, body.errors[0].extensions]).toMatchObject([
      400,
      { code: 'COST_LIMIT_EXCEEDED', cost: { requested: 60, limit: 50 } },
    ]);
  });

  test('is refused to those alone whose variables make it dear, however many ask at once', async () => {
    await start();
    const query = 'query ($n: Int!) { nodes(first: $n) { id } }';
    const ask = async (n: number) => codeOf({ query, variables: { n } });
    const sizes = [60, 1, 60, 2, 61, 50, 60];
    expect(await Promise.all(sizes.map(ask))).toEqual(sizes.map((n) => (n > 50 ? 'COST_LIMIT_EXCEEDED' : undefined)));
    expect(await Promise.all([60, 3].map(ask))).toEqual(['COST_LIMIT_EXCEEDED', undefined]);
  });

  test('is priced for those who ask for its price', async () => {
    await start();
    const { body } = await post(gateway.url, { query: '{ nodes(first: 60) { id } }' }, { 'x-cost-only': 'true' });
    expect(body).toMatchObject({ data: null, extensions: { cost: { requested: 60, limit: 50 } } });
  });

  test('names wrong variables, whatever they would cost', async () => {
    await start();
    expect(await codeOf({ query: 'query ($n: Int!) { nodes(first: $n) { id } }', variables: { n: 'many' } })).toBe(
      'BAD_USER_INPUT',
    );
  });
});
