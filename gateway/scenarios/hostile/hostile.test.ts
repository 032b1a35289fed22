import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningGateway } from '../../server.ts';
import { post, startToys, toy } from '../toys.ts';
import { hostileRequest, kinds, random } from './requests.ts';

const count = process.env.TEST_LONG ? 100_000 : 600;
const parallel = 8;

let gateway: RunningGateway;
beforeAll(async () => {
  const items = toy(
    'items',
    `type Query { text(n: Int): String item: Item items(first: Int): [Item!] echo(value: Free): Free } scalar Free
     type Item @key(fields: "id") { id: ID! friend: Item text(n: Int): String }`,
    {
      Query: {
        text: () => 'text',
        item: () => ({ id: '1' }),
        items: () => [],
        echo: (_: unknown, { value }: { value: unknown }) => value,
      },
    },
  );
  const names = toy('names', 'type Item @key(fields: "id") { id: ID! name: String }', {});
  gateway = await startToys([items, names], { planningTimeoutMs: 5_000, redactErrors: true });
});
afterAll(() => gateway.close(0));

async function send(seed: number): Promise<{ kind: string; status: number; text: string }> {
  const { kind, body, headers } = hostileRequest(random(seed));
  const response = await fetch(gateway.url, {
    method: 'POST',
    body: body as string,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { kind, status: response.status, text: await response.text() };
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
        const { kind, status, text } = await send(seed);
        seen.add(kind);
        const isFault = status >= 500 || /"INTERNAL"|node_modules|at \w+ \(|\.ts:\d/.test(text);
        if (isFault && faults.length < 10) faults.push(`seed ${seed} (${kind}): ${status} ${text.slice(0, 300)}`);
      }
    }),
  );
  expect(faults).toEqual([]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect([...seen].sort()).toEqual([...kinds].sort());
  expect((await post(gateway.url, { query: '{ item { id } }' })).body.data).toEqual({ item: { id: '1' } });
}, 3_600_000);

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
