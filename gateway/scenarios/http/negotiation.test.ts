import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningGateway } from '../../server.ts';
import { startToys, type ToyCall, toy } from '../toys.ts';

const json = 'application/json';
const response = 'application/graphql-response+json';
const events = 'text/event-stream';
const parts = 'multipart/mixed;subscriptionSpec=1.0';

const toys = () => [
  toy(
    'toys',
    'type Query { ok: Int @cost(weight: 8) } type Mutation { signIn: Boolean } type Subscription { tick: Int }',
    {
      Query: { ok: () => 1 },
      Mutation: {
        signIn: (_: unknown, __: unknown, { call }: ToyCall) => {
          call.http?.setCookie('valeo_access', 'token');
          return true;
        },
      },
      Subscription: {
        tick: {
          subscribe: async function* () {
            yield { tick: 1 };
          },
        },
      },
    },
  ),
];

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startToys(toys());
});
afterAll(() => gateway.close(0));

const ask = (accept: string, query = '{ ok }', { url } = gateway, more = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...more },
    body: JSON.stringify({ query }),
  });
const typeOf = (answer: Response): string | undefined => answer.headers.get('content-type')?.split(';')[0];

test.each([
  [`${response}, ${json}, ${events}, multipart/mixed`, response],
  [`${json}, ${events}`, json],
  [`${events}, */*`, json],
  [`${events};q=0, ${json}`, json],
  [`${json};q=0, */*`, response],
  [`*/*;q=0.1, ${response};q=0`, json],
  [`${json};q=0.5, ${response};q=0.4`, json],
  [events, events],
  [`${events}, ${json};q=0.5`, events],
  [`${parts}, ${json}`, json],
])('a query of a client that accepts %s is answered as %s', async (accept, type) => {
  const answer = await ask(accept);
  expect([answer.status, typeOf(answer)]).toEqual([200, type]);
  expect(await answer.text()).toContain('{"data":{"ok":1}');
});

test.each([
  [`${response}, ${json}, ${events}, multipart/mixed`, events],
  [`${parts}, ${events}, ${json}`, 'multipart/mixed'],
  [`${parts};q=0.5, ${events}`, events],
  [`${events};q=0, ${parts}`, 'multipart/mixed'],
])('a subscription of a client that accepts %s is answered as %s', async (accept, type) => {
  const answer = await ask(accept, 'subscription { tick }');
  expect([answer.status, typeOf(answer)]).toEqual([200, type]);
  expect(await answer.text()).toContain('{"data":{"tick":1}');
});

test.each([`${events};q=0`, 'multipart/mixed', 'text/html', `${json};q=0`])(
  'a client that accepts only %s is refused',
  async (accept) => {
    expect((await ask(accept)).status).toBe(406);
  },
);

test.each([json, events])('a subscription whose price is asked for does not start: %s', async (accept) => {
  const answer = await ask(accept, 'subscription { tick }', gateway, { 'x-cost-only': 'true' });
  expect(await answer.text()).toContain('{"data":null,"extensions":{"cost":');
});

test('what is refused before its operation is looked at keeps its status, whatever the client accepts', async () => {
  const refused = await ask(events, '{ ok }', gateway, { 'content-type': 'text/plain' });
  expect([refused.status, typeOf(refused)]).toEqual([415, json]);
});

test.each([`${response}, ${events}`, events])('cookies are set for a client that accepts %s', async (accept) => {
  const answer = await ask(accept, 'mutation { signIn }');
  expect(answer.headers.get('set-cookie')).toContain('valeo_access=token');
  expect(await answer.text()).toContain('{"data":{"signIn":true}');
});

test.each([
  [`${json}, ${events}`, 429],
  [events, 200],
])('a used-up budget tells a client that accepts %s how long to wait', async (accept, status) => {
  const poor = { size: 10, refillPerSecond: 1 };
  const limited = await startToys(toys(), {
    cost: { operationLimit: null, budgets: { signedIn: poor, anonymous: poor } },
  });
  await ask(json, '{ ok }', limited);
  const refused = await ask(accept, '{ ok }', limited);
  expect(refused.status).toBe(status);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused.headers.get('ratelimit-limit')).toBe('10');
  expect(await refused.text()).toContain('RATE_LIMITED');
  await limited.close(0);
});

test.each([response, json])('who is not let in is told so as %s, and no cache keeps it', async (type) => {
  const closed = await startToys(toys(), { identity: { jwks: () => ({ keys: [] }) } });
  const answer = await ask(type, '{ ok }', closed, { authorization: 'Bearer x' });
  expect([answer.status, typeOf(answer), answer.headers.get('cache-control')]).toEqual([401, type, 'no-store']);
  await closed.close(0);
});
