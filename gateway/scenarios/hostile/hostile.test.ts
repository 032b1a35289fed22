import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { RunningGateway } from '../../server.ts';
import { post, startToys, toy } from '../toys.ts';
import { hostileRequest, kinds, random } from './requests.ts';
import { type HostileAnswer, isFault, sendHostile } from './send.ts';
import { hostileToys } from './toys.ts';

const count = process.env.TEST_LONG ? 100_000 : 600;
const parallel = 8;

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startToys(hostileToys(), { planningTimeoutMs: 5_000, redactErrors: true });
});
afterAll(() => gateway.close(0));

const agent = new http.Agent({ keepAlive: true });

async function send(seed: number): Promise<HostileAnswer & { kind: string }> {
  const request = hostileRequest(random(seed));
  return { kind: request.kind, ...(await sendHostile(gateway.url, request, agent)) };
}

test(`none of ${count} hostile requests brings a fault, a stack trace or a changed prototype`, async () => {
  const seen = new Set<string>();
  const faults: string[] = [];
  const first = process.env.TEST_LONG ? Math.floor(Math.random() * 2 ** 31) : 1;
  let next = first;
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      while (next < first + count) {
        const seed = next++;
        const answer = await send(seed);
        seen.add(answer.kind);
        if (isFault(answer) && faults.length < 10)
          faults.push(`seed ${seed} (${answer.kind}): ${answer.status} ${answer.text.slice(0, 300)}`);
      }
    }),
  );
  expect(faults).toEqual([]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect([...seen].sort()).toEqual([...kinds].sort());
  expect((await post(gateway.url, { query: '{ item { id } }' })).body.data).toEqual({ item: { id: '1' } });
}, 3_600_000);

test('a message over WebSocket that is nested too deeply ends its connection before it is parsed', async () => {
  const socket = new WebSocket(gateway.url.replace('http', 'ws'), 'graphql-transport-ws');
  socket.on('open', () => socket.send('['.repeat(90_000)));
  const [code, reason] = await once(socket, 'close');
  expect([code, String(reason)]).toEqual([4400, 'The message is nested too deeply']);
});

test.each([
  ['tokens', `{ ${'text '.repeat(6_000)} }`],
  ['tokens', `${'#\n'.repeat(6_000)} { text }`],
  ['aliases', `{ item { ${Array.from({ length: 200 }, (_, i) => `a${i}: id`).join(' ')} } }`],
  ['depth', `{ item ${'{ friend '.repeat(30)} { id } ${'}'.repeat(31)}`],
])('too much of one thing is refused alike, with the bound that was passed: %s', async (what, query) => {
  const { status, body } = await post(gateway.url, { query });
  expect([status, body.errors[0].extensions.code]).toEqual([400, 'OPERATION_TOO_COMPLEX']);
  expect(body.errors[0].extensions.limit).toEqual({ what, allowed: expect.any(Number) });
});

test('the whole schema may be asked for, under a few names too, and no more than that', async () => {
  const whole = getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true });
  expect((await post(gateway.url, { query: whole })).body).toMatchObject({
    data: { __schema: { types: expect.anything() } },
  });
  const types = (count: number) => ({
    query: `{ __schema { ${Array.from({ length: count }, (_, i) => `a${i}: types { name fields { name description args { name } } }`).join(' ')} } }`,
  });
  expect((await post(gateway.url, types(3))).body.data.__schema.a2).toBeInstanceOf(Array);
  const refused = await post(gateway.url, types(20));
  expect([refused.status, refused.body.errors[0].extensions.code]).toEqual([400, 'OPERATION_TOO_COMPLEX']);
});

test('a body that does not come is given up when its time is over, and its connection closed', async () => {
  const patient = await startToys(hostileToys(), { limits: { requestTimeoutMs: 300 } });
  const startedAt = Date.now();
  const request = http.request(patient.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': 1_000 },
  });
  request.write('{');
  const status = await new Promise((resolve) => {
    request.on('response', ({ statusCode }) => resolve(statusCode));
    request.on('error', () => resolve('closed'));
  });
  expect([408, 'closed']).toContain(status);
  expect(Date.now() - startedAt).toBeLessThan(20_000);
  await patient.close(0);
}, 40_000);

test('an operation that takes too long to plan is given up and not tried again; known ones are answered all the while', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-hostile-'));
  const file = path.join(folder, 'operations.json');
  writeFileSync(file, JSON.stringify({ known: '{ ok }' }));
  const shop = toy('shop', 'type Query { ok: Boolean, item: Item } type Item { id: ID, next: Item }', {
    Query: { ok: () => true },
  });
  const slow = await startToys([shop], { planningTimeoutMs: 1, operations: { file }, limits: { rootFields: 100 } });
  const nested = `{ ${Array.from({ length: 90 }, (_, i) => `i${i}: item { ${'next { '.repeat(10)}id${' }'.repeat(10)} }`).join(' ')} }`;
  const [hard, known] = await Promise.all([post(slow.url, { query: nested }), post(slow.url, { id: 'known' })]);
  expect(hard.body.errors[0].extensions.code).toBe('OPERATION_TOO_COMPLEX');
  expect(known.body.data).toEqual({ ok: true });
  expect((await post(slow.url, { query: nested })).body.errors[0].extensions.code).toBe('OPERATION_TOO_COMPLEX');
  expect((await post(slow.url, { id: 'known' })).body.data).toEqual({ ok: true });
  await slow.close(0);
  rmSync(folder, { recursive: true });
}, 60_000);

test('a crowd of new operations from one address does not hold up the new one of another', async () => {
  const shop = toy('shop', 'type Query { ok: Boolean, item: Item } type Item { id: ID, next: Item }', {
    Query: { ok: () => true },
  });
  const crowded = await startToys([shop], { planningTimeoutMs: 10_000 });
  const from = (address: string) => ({ 'x-forwarded-for': address });
  await post(crowded.url, { query: '{ ok }' });
  const nested = Array.from({ length: 40 }, (_, i) => `i${i}: item { ${'next { '.repeat(20)}id${' }'.repeat(20)} }`);
  let answered = 0;
  const crowd = Array.from({ length: 60 }, async (_, i) => {
    await post(crowded.url, { query: `query Crowd${i} { ${nested.join(' ')} }` }, from('192.0.2.1'));
    answered++;
  });
  await expect.poll(() => answered, { interval: 1, timeout: 20_000 }).toBeGreaterThan(0);
  const waiting = async () => {
    const text = await (await fetch(crowded.url.replace('/graphql', '/metrics'))).text();
    return Number(/^gateway_planning_waiting (\d+)$/m.exec(text)?.[1]);
  };
  expect(await waiting()).toBeGreaterThan(0);
  const before = answered;
  expect((await post(crowded.url, { query: 'query Honest { ok }' }, from('192.0.2.2'))).body.data).toEqual({
    ok: true,
  });
  expect(answered - before).toBeLessThan(15);
  await Promise.all(crowd);
  expect(await waiting()).toBe(0);
  await crowded.close(0);
}, 60_000);
