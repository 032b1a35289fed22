import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { post, type ServedToy, serve, toy } from '../toys.ts';

const main = path.join(import.meta.dirname, '..', '..', 'main.ts');
const shop = toy('shop', 'type Query { items(first: Int): [Item!] } type Item { id: ID! }', {
  Query: { items: () => [{ id: '1' }] },
});

let folder: string;
let supergraph: string;
let served: ServedToy;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'gateway-'));
  supergraph = path.join(folder, 'supergraph.graphql');
  served = await serve(shop);
  writeFileSync(
    supergraph,
    composeServices([{ name: 'shop', url: served.url, typeDefs: parse(shop.sdl) }]).supergraphSdl as string,
  );
});
afterAll(() => {
  served.close();
  rmSync(folder, { recursive: true });
});

function run(...args: string[]) {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk);
    });
  }
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, exit, output: () => output };
}

test('serves any supergraph, says which features are on, keeps the limits given and stops on a signal', async () => {
  const { child, exit, output } = run(
    '--supergraph',
    supergraph,
    '--port',
    '0',
    '--cost-limit',
    '50',
    '--list-size',
    '7',
  );
  await expect.poll(output, { timeout: 20_000 }).toContain('budgets: off');
  expect(output()).toContain('at most 50 an operation');
  const url = /http:\S+/.exec(output())?.[0] as string;
  const { body } = await post(url, { query: '{ items { id } }' });
  expect(body.data).toEqual({ items: [{ id: '1' }] });
  expect(body.extensions.cost).toMatchObject({ requested: 7, actual: 1, limit: 50 });
  expect((await fetch(url.replace('/graphql', '/health/ready'))).status).toBe(200);
  child.kill('SIGTERM');
  expect(await exit).toBe(0);
}, 60_000);

test('composes from running subgraphs as well', async () => {
  const { child, exit, output } = run('--subgraph', `shop=${served.url}`, '--port', '0');
  await expect.poll(output, { timeout: 20_000 }).toContain('budgets: off');
  const url = /http:\S+/.exec(output())?.[0] as string;
  expect((await post(url, { query: '{ items { id } }' })).body.data).toEqual({ items: [{ id: '1' }] });
  child.kill('SIGTERM');
  expect(await exit).toBe(0);
}, 60_000);

test('--help prints every option and ends well', async () => {
  const { exit, output } = run('--help');
  expect(await exit).toBe(0);
  for (const option of ['--supergraph', '--cost-limit', '--operations', '--help']) expect(output()).toContain(option);
}, 60_000);

test.each([
  [['--port', '4200'], '--supergraph: missing'],
  [['--subgraph', 'shop'], '--subgraph: found "shop"; allowed: a name, = and an http address'],
  [['--supergraph', 'x', '--port', 'http'], '--port: found "http"; allowed: 0 to 65535'],
  [['--supergraph', 'x', '--policy', 'closed'], '--policy: found "closed"; allowed: open'],
  [['--supergraph', '/nowhere/supergraph.graphql'], 'no such file'],
  [['--supergraph', 'x', '--operations', '/nowhere.json'], '--operations: /nowhere.json cannot be read: ENOENT'],
  [['--supergraph', 'x', '--operations', main], `--operations: ${main} cannot be read: `],
  [['--colour'], "Unknown option '--colour'"],
])(
  '%j ends with what is wrong',
  async (args, message) => {
    const { exit, output } = run(...args);
    expect(await exit).toBe(1);
    expect(output()).toContain(message);
    expect(output()).not.toContain('    at ');
  },
  60_000,
);
