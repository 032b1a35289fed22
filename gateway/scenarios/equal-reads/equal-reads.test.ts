import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Caller, GatewayOptions } from '../../options.ts';
import type { RunningGateway } from '../../server.ts';
import { post, startToys, type ToyCall, toy } from '../toys.ts';

/** A shop whose reads take until they are let go. */

let asked: (string | undefined)[] = [];
let stock = 0;
let news: (() => void)[] = [];
let held: (() => void)[] = [];
const letGo = (): void => {
  for (const go of held.splice(0)) go();
};

const shop = toy(
  'shop',
  'type Query { stock(of: ID): Int broken: Int } type Mutation { sell: Int } type Subscription { stockChanged: Boolean }',
  {
    Query: {
      async stock(_: unknown, __: unknown, { call }: ToyCall) {
        asked.push(call.caller?.userId ?? undefined);
        const found = stock;
        await new Promise<void>((resolve) => held.push(resolve));
        return found;
      },
      async broken() {
        asked.push('broken');
        await new Promise<void>((resolve) => held.push(resolve));
        throw new Error('out of order');
      },
    },
    Mutation: { sell: () => ++stock },
    Subscription: {
      stockChanged: {
        async *subscribe() {
          for (;;) {
            await new Promise<void>((resolve) => news.push(resolve));
            yield { stockChanged: true };
          }
        },
      },
    },
  },
);

/** @param key names a user, and may name a session after an `@`. */
const caller = (key: string): Caller => ({
  tenantId: 'one',
  userId: key.split('@')[0] as string,
  clientId: null,
  sessionId: key.split('@')[1] ?? null,
  permissions: [],
  locale: 'en',
  budget: null,
});

let gateway: RunningGateway;
async function start(options: Partial<GatewayOptions> = {}): Promise<void> {
  gateway = await startToys([shop], {
    mergesReads: true,
    identity: { jwks: () => ({ keys: [] }), resolveApiKey: (key) => Promise.resolve(caller(key)) },
    ...options,
  });
}
beforeEach(() => {
  asked = [];
  stock = 0;
  news = [];
  held = [];
});
afterEach(() => gateway.close(0));

const query = 'query ($of: ID) { stock(of: $of) }';
const ask = async (headers: Record<string, string> = {}, variables: object = {}, text = query) =>
  (await post(gateway.url, { query: text, variables }, headers)).body;
const under = (count: number) => expect.poll(() => held.length).toBe(count);
const metrics = async () => (await fetch(gateway.url.replace('/graphql', '/metrics'))).text();

test('a crowd of equal reads is one, other variables are another, and what was answered is not kept', async () => {
  await start();
  const crowd = Array.from({ length: 50 }, () => ask());
  const other = ask({}, { of: '7' });
  await under(2);
  await expect.poll(metrics).toContain('gateway_cache_total{cache="answer",result="joined"} 49');
  letGo();
  const bodies = await Promise.all([...crowd, other]);
  expect(bodies.map(({ data }) => data.stock)).toEqual(Array(51).fill(0));
  expect(asked).toHaveLength(2);
  stock = 3;
  const next = ask();
  await under(1);
  letGo();
  expect((await next).data.stock).toBe(3);
});

test('without the setting each is made', async () => {
  await start({ mergesReads: false });
  const both = [ask(), ask()];
  await under(2);
  letGo();
  await Promise.all(both);
});

test('callers share nothing, and neither do two sessions or two languages of one of them', async () => {
  await start({ forwardHeaders: ['x-tenant'] });
  const headers: Record<string, string>[] = [
    {},
    { 'x-api-key': 'anna' },
    { 'x-api-key': 'ben' },
    { 'x-api-key': 'ben@phone' },
    { 'x-api-key': 'ben', 'accept-language': 'de' },
    { 'x-tenant': 'a' },
    { 'x-tenant': 'b' },
  ];
  const all = headers.flatMap((one) => [ask(one), ask(one)]);
  await under(headers.length);
  letGo();
  await Promise.all(all);
  expect(asked.toSorted()).toEqual(['anna', 'ben', 'ben', 'ben', undefined, undefined, undefined]);
});

test('whoever reads after a write does not get what was read before it', async () => {
  await start();
  const before = ask();
  await under(1);
  expect((await ask({}, {}, 'mutation { sell }')).data).toEqual({ sell: 1 });
  const after = [ask(), ask()];
  await under(2);
  letGo();
  expect((await before).data.stock).toBe(0);
  expect((await Promise.all(after)).map(({ data }) => data.stock)).toEqual([1, 1]);
});

test('nor does whoever reads after an event', async () => {
  await start();
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { stockChanged }' }),
  });
  const events = (response.body as ReadableStream<Uint8Array>).getReader();
  await expect.poll(() => news.length).toBe(1);
  const before = ask();
  await under(1);
  stock = 1;
  news.splice(0)[0]?.();
  expect(new TextDecoder().decode((await events.read()).value)).toContain('"stockChanged":true');
  const after = ask();
  await under(2);
  letGo();
  expect([(await before).data.stock, (await after).data.stock]).toEqual([0, 1]);
  await events.cancel();
});

test('who hangs up takes nobody along, and leaves nothing half done to those who come later', async () => {
  await start();
  const hangUp = new AbortController();
  const gone = fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal: hangUp.signal,
  });
  await under(1);
  const stays = ask();
  await expect.poll(metrics).toContain('result="joined"} 1');
  hangUp.abort();
  await expect(gone).rejects.toThrow();
  letGo();
  expect(await stays).toMatchObject({ data: { stock: 0 } });
  expect(asked).toHaveLength(1);
});

test('an error is told to all who wait, to each under the id of his request', async () => {
  await start();
  const text = '{ broken }';
  const all = ['one', 'two'].map((id) => ask({ 'x-request-id': id }, {}, text));
  await under(1);
  await expect.poll(metrics).toContain('result="joined"} 1');
  letGo();
  for (const [i, id] of ['one', 'two'].entries()) {
    expect((await all[i])?.errors).toMatchObject([{ path: ['broken'], extensions: { requestId: id } }]);
  }
  expect(asked).toEqual(['broken']);
});
