import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { defaultLimits } from '../options.ts';
import { toy } from '../scenarios/toys.ts';
import { type OffThreadPlanner, oldGenerationMb, planOffThread } from './off-thread.ts';
import { composeLocal } from './supergraph.ts';

const sdl = composeLocal([toy('shop', 'type Query { item: Item } type Item { id: ID, next: Item }', {})]);

let planner: OffThreadPlanner | undefined;
afterEach(() => planner?.close());

/** Takes the planner a while. */
const hard = (name: string): string => {
  const fields = Array.from({ length: 40 }, (_, i) => `i${i}: item { ${'next { '.repeat(20)}id${' }'.repeat(20)} }`);
  return `query ${name} { ${fields.join(' ')} }`;
};

async function ready(): Promise<OffThreadPlanner> {
  planner = planOffThread({ sdl, limits: defaultLimits, listSize: 100 }, 30_000, pino({ level: 'silent' }));
  await planner.plan('{ item { id } }', undefined, 'anna');
  return planner;
}

test('who brings one operation does not wait for the many of another', async () => {
  const { plan } = await ready();
  const done: string[] = [];
  const ask = (who: string, text: string) => plan(text, undefined, who).then(() => done.push(who));
  const all = Array.from({ length: 30 }, (_, i) => ask('eve', hard(`Q${i}`)));
  await ask('anna', '{ item { next { id } } }');
  expect(done.indexOf('anna')).toBeLessThan(3);
  await Promise.all(all);
}, 60_000);

test('when it is closed nobody waits any longer, also not for what is being planned', async () => {
  const { plan, close } = await ready();
  const waiting = ['A', 'B'].map((name) => plan(hard(name), undefined, 'anna'));
  const ends = Promise.all(waiting.map((one) => expect(one).rejects.toMatchObject({ code: 'OVERLOADED' })));
  await close();
  await ends;
}, 60_000);

test.each([
  ['1 GiB of a container', 2 ** 30, 256],
  ['a small container', 2 ** 28, 192],
  ['no container, as Linux says it', 2 ** 64, 1_024],
  ['no container', 0, 1_024],
])('the thread takes a part of the memory: %s', (_, constrained, expected) => {
  expect(oldGenerationMb(constrained, 8 * 2 ** 30)).toBe(expected);
});
