import { executeSync, getIntrospectionQuery, parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningGateway } from '../../server.ts';
import { startToys, toy } from '../toys.ts';

/** Questions about a large schema are answered on another thread: everybody else waits for as long as this one is busy. */

const types = Array.from(
  { length: 400 },
  (_, i) =>
    `"Thing ${i}" type Thing${i} { ${[...'abcdefgh'].map((name) => `"About ${name}" ${name}(first: Int = 50): Int`).join(' ')} }`,
);
const large = toy(
  'large',
  `${types.join('\n')} type Query { ok: Boolean ${types.map((_, i) => `thing${i}: Thing${i}`).join(' ')} }`,
  { Query: { ok: () => true } },
);
const everything = getIntrospectionQuery({ inputValueDeprecation: true });
const named = (name: string): string => everything.replace('__schema {', `${name}: __schema {`);

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startToys([large], { planningTimeoutMs: 60_000 });
});
afterAll(() => gateway.close(0));

const ask = async (query: string, variables: Record<string, unknown> = {}) =>
  gateway.execute({
    params: { query, variables, id: undefined, operationName: undefined, extensions: {} },
    call: { caller: null, requestId: 'r', locale: 'en' },
    mayMutate: false,
  });

/** Milliseconds that this thread is busy with it. */
async function busy(work: () => unknown): Promise<number> {
  const { user, system } = process.threadCpuUsage();
  await work();
  const now = process.threadCpuUsage();
  return (now.user + now.system - user - system) / 1000;
}

test('a question that nobody has asked before keeps this thread for a fraction of the time that its answer takes', async () => {
  // As nobody has asked before, neither has anything been made ready for it.
  await ask(named('first'));
  const there: number[] = [];
  const here: number[] = [];
  for (let i = 0; i < 5; i++) {
    there.push(await busy(() => ask(named(`there${i}`))));
    const document = parse(named(`here${i}`));
    here.push(await busy(() => JSON.stringify(executeSync({ schema: large.schema, document }))));
  }
  const least = (times: number[]): number => Math.min(...times);
  expect(least(there)).toBeLessThan(least(here) / 2);
});

test('the answers are the same as anywhere', async () => {
  const { data } = executeSync({
    schema: large.schema,
    document: parse('{ __type(name: "Thing7") { name fields { name } } }'),
  });
  const byName = await ask('query ($n: String!) { ok other: __type(name: $n) { name fields { name } } }', {
    n: 'Thing7',
  });
  expect(JSON.parse(byName.body).data).toEqual({ ok: true, other: (data as { __type: unknown }).__type });
  const none = await ask('query ($n: String!) { __type(name: $n) { name } }', { n: 'Nothing' });
  expect(JSON.parse(none.body).data).toEqual({ __type: null });
  const left = await ask('query ($no: Boolean!) { ok __schema @skip(if: $no) { queryType { name } } }', { no: true });
  expect(JSON.parse(left.body).data).toEqual({ ok: true });
});
