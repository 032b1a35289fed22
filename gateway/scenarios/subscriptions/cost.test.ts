import { afterEach, expect, test } from 'vitest';
import type { CostOptions } from '../../cost/budget.ts';
import type { RunningGateway } from '../../server.ts';
import { readEvents } from '../../subscriptions/remote.ts';
import { post, startToys, toy } from '../toys.ts';

/** A source of this many events with nine items each, which is ten with the object around them. */
const ticker = toy(
  'ticker',
  `type Query { ok: Boolean items: [Item!]! @listSize(assumedSize: 9) }
   type Subscription { tick(times: Int!): Tick }
   type Tick { items: [Item!]! @listSize(assumedSize: 9) } type Item { id: ID! }`,
  {
    Query: { ok: () => true },
    Subscription: {
      tick: {
        async *subscribe(_: unknown, { times }: { times: number }) {
          for (let i = 0; i < times; i++) yield { tick: { items: Array.from({ length: 9 }, (_, id) => ({ id })) } };
        },
      },
    },
  },
);

let gateway: RunningGateway | undefined;
afterEach(async () => {
  await gateway?.close(0);
  gateway = undefined;
});

async function start(cost: CostOptions): Promise<string> {
  gateway = await startToys([ticker], { cost: { operationLimit: null, budgets: null, ...cost } });
  return gateway.url;
}

async function eventsOf(url: string, times: number, headers = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query: `subscription { tick(times: ${times}) { items { id } } }` }),
  });
  const answers = [];
  for await (const { event, data } of readEvents(response.body as ReadableStream<Uint8Array>)) {
    if (event === 'next') answers.push(JSON.parse(data));
  }
  return answers;
}

const slowly = (size: number) => ({
  signedIn: { size, refillPerSecond: 0.001 },
  anonymous: { size, refillPerSecond: 0.001 },
});

test('each event takes what it came to from the budget of its subscriber, and says so', async () => {
  const url = await start({ operationLimit: 500, budgets: slowly(1_000) });
  const answers = await eventsOf(url, 20);
  expect(answers).toHaveLength(20);
  expect(answers[0].extensions.cost).toMatchObject({
    requested: 10,
    planned: 10,
    actual: 10,
    limit: 500,
    remaining: 980,
  });
  expect(Date.parse(answers[0].extensions.cost.resetAt)).toBeGreaterThan(Date.now());
  expect(answers[19].extensions.cost.remaining).toBe(790);
  expect((await post(url, { query: '{ ok }' })).headers.get('ratelimit-remaining')).toBe('790');
});

test('a subscription whose subscriber has nothing left ends, and tells how long to wait', async () => {
  const answers = await eventsOf(await start({ budgets: slowly(35) }), 5);
  expect(answers.map(({ data }) => data !== undefined)).toEqual([true, true, false]);
  expect(answers[2].errors).toMatchObject([
    { extensions: { code: 'RATE_LIMITED', category: 'LIMIT', retryable: true, retryAfterSeconds: 5_000 } },
  ]);
});

test.each([
  ['of an operation', { operationLimit: 9 }],
  ['of a subgraph', { subgraphLimits: { ticker: 9 } }],
])('the limit %s holds when a subscription is begun', async (_, limits) => {
  const answers = await eventsOf(await start(limits), 1);
  expect(answers).toMatchObject([
    { errors: [{ extensions: { code: 'COST_LIMIT_EXCEEDED', cost: { requested: 10 } } }] },
  ]);
});

test('the price of a subscription is told without beginning it', async () => {
  const answers = await eventsOf(await start({}), 1, { 'x-cost-only': 'true' });
  expect(answers).toMatchObject([{ data: null, extensions: { cost: { requested: 10, actual: null } } }]);
});
