import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../embedded/config.ts';
import { knownSecret } from '../embedded/secret.ts';

/** A process that cannot start ends with one sentence for the operator: the setting, what was found and what is allowed. */

const folder = mkdtempSync(join(tmpdir(), 'valeo-start-'));
const taken = createServer();
beforeAll(async () => {
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
});
afterAll(() => {
  taken.close();
  rmSync(folder, { recursive: true });
});

const gateway = 'deploy/services/gateway.ts';
const subgraph = 'deploy/services/subgraph.ts';
const worker = 'deploy/embedded/worker.ts';
const migrate = 'deploy/services/migrate.ts';
const web = 'frontend/server.ts';
const nowhere = { DATABASE_URL: 'postgres://valeo_app:hidden-password@127.0.0.1:1/erp' };
const VALEO_SECRET = 'secret of the processes under test';

async function failure(program: string, env: Record<string, string>): Promise<{ code: unknown; told: string }> {
  const [file = '', ...args] = program.split(' ');
  const settings = { PATH: process.env.PATH, NODE_ENV: 'production', VALEO_DATA_DIR: join(folder, 'none'), ...env };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, file), ...args], { env: settings }, (error, out, err) =>
      resolve({ code: error?.code, told: (out + err).trim() }),
    );
  });
}

test.each([
  [gateway, { GATEWAY_PORT: '0' }, 'GATEWAY_PORT is "0", but allowed is a whole number from 1 to 65535.'],
  [worker, { LOG_LEVEL: 'all' }, 'LOG_LEVEL is "all", but allowed is silent, error, warn, info or debug.'],
  [worker, {}, 'DATABASE_URL is not set, but allowed is the address that deploy/services/migrate.ts prints.'],
  [migrate, {}, 'DATABASE_URL is not set, but allowed is the address of a PostgreSQL.'],
  [
    `${subgraph} sales`,
    { ...nowhere, VALEO_SECRET },
    'DATABASE_URL leads to 127.0.0.1:1/erp, which cannot be used: connect ECONNREFUSED 127.0.0.1:1.',
  ],
  [web, { PORT: '3000x' }, 'PORT is "3000x", but allowed is a whole number from 1 to 65535.'],
  [
    web,
    { GATEWAY_URL: 'gateway:4000' },
    'GATEWAY_URL is "gateway:4000", but allowed is an address that begins with http:// or https://.',
  ],
])('%s with %j says why it does not start', async (program, env, told) => {
  expect(await failure(program, env)).toEqual({ code: 1, told });
});

test('the web app has the words of all other processes for settings that it shares with them', async () => {
  const bad = {
    HOST: 'http://erp',
    PORT: '0',
    GATEWAY_URL: 'gateway:4000',
    PUBLIC_URL: 'erp.example',
    METRICS_TOKEN: 'short',
    SENTRY_DSN: 'key',
    WEB_VITALS_PERCENT: '101',
  };
  const [ofWeb, ofGateway] = await Promise.all([web, gateway].map((program) => failure(program, bad)));
  const sentences = (told = '') => told.split('\n').sort();
  expect(sentences(ofWeb?.told)).toEqual(sentences(ofGateway?.told));
  expect(sentences(ofWeb?.told)).toHaveLength(Object.keys(bad).length);
});

test('an empty setting counts as unset for all that read it', async () => {
  expect((await failure(worker, { LOG_LEVEL: '' })).told).toMatch(/^DATABASE_URL is not set/);
});

test('without the secret of the others no process makes one of its own', async () => {
  const { code, told } = await failure(`${subgraph} sales`, nowhere);
  expect([code, told]).toEqual([
    1,
    expect.stringMatching(/^VALEO_SECRET is not set and there is no \S+secret, but allowed /),
  ]);
  expect(existsSync(join(folder, 'none'))).toBe(false);
});

test('on the machine of the migration its secret is found', () => {
  writeFileSync(join(folder, 'secret'), `${VALEO_SECRET}\n`);
  expect(knownSecret(folder, null)).toBe(VALEO_SECRET);
});

test('a port that is taken is named', async () => {
  const { port } = taken.address() as AddressInfo;
  const program = join(folder, 'listens.ts');
  writeFileSync(
    program,
    `import { createServer } from 'node:net';
     import { explainStart } from '${join(root, 'deploy/embedded/start-error.ts')}';
     explainStart();
     createServer().listen(${port}, '127.0.0.1');`,
  );
  const told = await new Promise((resolve) =>
    execFile(process.execPath, [program], (error, _, err) => resolve([error?.code, err])),
  );
  expect(told).toEqual([
    1,
    `Port ${port} is taken on 127.0.0.1 by another program: stop that program, or set another port.\n`,
  ]);
});

test.each(['rotate-keys', 'reset-password'])('%s makes up no secret, which no process would know', async (command) => {
  const { code, told } = await failure(`deploy/commands/${command}.ts somebody@erp.example`, nowhere);
  expect(code).toBe(1);
  expect(told).toMatch(
    /^VALEO_SECRET is not set and there is no \S+secret, but allowed is only the one that all processes/,
  );
  expect(existsSync(/there is no (\S+),/.exec(told)?.[1] ?? '')).toBe(false);
});

test('a command that has the secret needs no folder, as in a container nothing of which can be written to', async () => {
  const env = { ...nowhere, VALEO_SECRET, VALEO_DATA_DIR: '/proc/none' };
  expect(await failure('deploy/commands/rotate-keys.ts', env)).toEqual({
    code: 1,
    told: 'The database does not answer. Is VALEO NeuroERP running?',
  });
});
