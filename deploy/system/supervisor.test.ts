import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { processesOn } from '../embedded/postgres-leftovers.ts';
import { allGone, Installation, isRunning, makePlace, type Place } from '../testing/installation.ts';

let place: Place;
const started: Installation[] = [];

beforeEach(async () => {
  place = await makePlace();
});

afterEach(async () => {
  for (const { child, pid } of started.splice(0))
    if (child.exitCode === null) isRunning(pid) && process.kill(pid, 'SIGKILL');
  await place.remove();
});

function launch(env: NodeJS.ProcessEnv = place.env): Installation {
  const installation = new Installation(env);
  started.push(installation);
  return installation;
}

async function launchReady(env?: NodeJS.ProcessEnv): Promise<Installation> {
  const installation = launch(env);
  await installation.printed(/^VALEO NeuroERP ready: /m);
  return installation;
}

interface Health {
  pid: number;
  user: string;
  demoData: string;
}

async function health(): Promise<Health | null> {
  try {
    const response = await fetch(`http://127.0.0.1:${place.gatewayPort}/health/ready`);
    return response.ok ? ((await response.json()) as Health) : null;
  } catch {
    return null;
  }
}

async function healthAgain(accept: (answer: { pid: number }) => boolean = () => true) {
  for (;;) {
    const answer = await health();
    if (answer && accept(answer)) return answer;
    await sleep(20);
  }
}

test('prints one ready line with both addresses, when the demo data is complete', async () => {
  const installation = await launchReady();
  expect(installation.output.match(/ready: /g)).toHaveLength(1);
  expect(installation.output).toContain(
    `VALEO NeuroERP ready: http://localhost:${place.env.PORT} http://127.0.0.1:${place.env.GATEWAY_PORT}/graphql\n`,
  );
  expect(await health()).toMatchObject({ user: 'valeo_app', demoData: 'complete' });
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s to the parent ends everything in order', async (signal) => {
  const installation = await launchReady();
  process.kill(installation.pid, signal);
  expect(await installation.exit).toBe(0);
  expect(installation.processes.filter(isRunning)).toEqual([]);
  expect(processesOn(place.cluster)).toEqual([]);
});

test('signals to the whole process group, more than one, end everything in order', async () => {
  const installation = await launchReady();
  process.kill(-installation.pid, 'SIGINT');
  process.kill(-installation.pid, 'SIGTERM');
  expect(await installation.exit).toBe(0);
  expect(installation.processes.filter(isRunning)).toEqual([]);
  expect(processesOn(place.cluster)).toEqual([]);
});

test('a stop during the start leaves nothing', async () => {
  const installation = launch();
  await installation.printed(/Starting PostgreSQL/);
  process.kill(installation.pid, 'SIGTERM');
  expect(await installation.exit).toBe(0);
  expect(processesOn(place.cluster)).toEqual([]);
});

test('after a kill -9 of the parent its processes end, and the next start ends the database that was left', async () => {
  const first = await launchReady();
  process.kill(first.pid, 'SIGKILL');
  await allGone(first.processes);
  const left = processesOn(place.cluster);
  expect(left.length).toBeGreaterThan(0);
  await launchReady();
  expect(left.filter(isRunning)).toEqual([]);
  expect(await health()).not.toBeNull();
});

test('after a kill -9 of parent and database at once the next start works', async () => {
  const first = await launchReady();
  const [postmaster] = processesOn(place.cluster).sort((a, b) => a - b);
  process.kill(first.pid, 'SIGKILL');
  process.kill(postmaster as number, 'SIGKILL');
  await launchReady();
  expect(await health()).not.toBeNull();
});

test('a killed server is started again and learns what it missed', async () => {
  const installation = await launchReady();
  const killed = installation.latest('server');
  process.kill(killed, 'SIGKILL');
  const answer = await healthAgain(({ pid }) => pid !== killed);
  expect(answer).toMatchObject({ demoData: 'complete' });
  expect(installation.output).toContain('The server ended with SIGKILL; it is started again.');
});

test('a killed server is replaced by the one that stood by, and that by a new one', async () => {
  const installation = await launchReady();
  while (installation.latest('prepared') === installation.latest('server')) await sleep(20);
  const [killed, standby] = [installation.latest('server'), installation.latest('prepared')];
  process.kill(killed, 'SIGKILL');
  expect(await healthAgain(({ pid }) => pid !== killed)).toMatchObject({ pid: standby });
  while (installation.latest('prepared') === standby) await sleep(20);
});

test('a killed worker takes along what it has started, and is started again', async () => {
  const installation = await launchReady();
  const [killed, careless] = [installation.latest('worker'), installation.latest('careless')];
  process.kill(killed, 'SIGKILL');
  await allGone([killed, careless]);
  while (installation.latest('worker') === killed) await sleep(20);
  expect(isRunning(installation.latest('worker'))).toBe(true);
});

test('a killed database is started again under the running server', async () => {
  const installation = await launchReady();
  const [postmaster] = processesOn(place.cluster).sort((a, b) => a - b);
  process.kill(postmaster as number, 'SIGKILL');
  await installation.printed(/PostgreSQL ended; it is started again/);
  expect(await healthAgain()).toMatchObject({ pid: installation.latest('server') });
});

test('a database that cannot start again is waited for, with the reason, until it can', async () => {
  const installation = await launchReady();
  const [needed, away] = [join(place.cluster, 'global', 'pg_control'), join(place.folder, 'pg_control')];
  const [postmaster] = processesOn(place.cluster).sort((a, b) => a - b);
  renameSync(needed, away);
  process.kill(postmaster as number, 'SIGKILL');
  await installation.printed(/did not start: .* It is tried again until it starts/);
  renameSync(away, needed);
  await installation.printed(/PostgreSQL is there again/);
  expect(await healthAgain()).toMatchObject({ pid: installation.latest('server') });
});

test('a second instance on the same folder is refused with the id of the first', async () => {
  const first = await launchReady();
  const other = await makePlace();
  const second = launch({ ...other.env, VALEO_DATA_DIR: place.folder });
  await second.printed(new RegExp(`Another VALEO NeuroERP \\(process ${first.pid}\\) is running on ${place.folder}`));
  expect(await second.exit).toBe(1);
  expect(await health()).not.toBeNull();
  await other.remove();
});

test('a second instance waits for one that is just stopping', async () => {
  const first = await launchReady();
  process.kill(first.pid, 'SIGTERM');
  await launchReady();
  expect(await first.exit).toBe(0);
});

test.each(['PORT', 'GATEWAY_PORT', 'POSTGRES_PORT'])('a taken %s is named, and nothing is left', async (setting) => {
  const { createServer } = await import('node:net');
  const blocker = createServer().listen(Number(place.env[setting]), '127.0.0.1');
  const installation = launch();
  await installation.printed(new RegExp(`${setting} ${place.env[setting]} is taken on 127.0.0.1 by another program`));
  expect(await installation.exit).toBe(1);
  expect(processesOn(place.cluster)).toEqual([]);
  blocker.close();
});

test('a data folder that cannot be written is named', async () => {
  const file = join(place.folder, 'file');
  writeFileSync(file, '');
  const installation = launch({ ...place.env, VALEO_DATA_DIR: join(file, 'folder') });
  await installation.printed(new RegExp(`The data folder ${file}/folder cannot be written to \\(E\\w+\\)`));
  expect(await installation.exit).toBe(1);
});

test('a data folder in a place where nothing can be made is named', async () => {
  const installation = launch({ ...place.env, VALEO_DATA_DIR: '/proc/valeo' });
  await installation.printed(/The data folder \/proc\/valeo cannot be written to \(E\w+\)/);
  expect(await installation.exit).toBe(1);
});

test('a bad setting stops the start before anything runs', async () => {
  const installation = launch({ ...place.env, PORT: 'web' });
  await installation.printed(/PORT is "web", but allowed is a whole number from 1 to 65535/);
  expect(await installation.exit).toBe(1);
});

test('a database of the operator that cannot be reached is named without its password', async () => {
  const url = `postgres://me:secret@127.0.0.1:${place.env.POSTGRES_PORT}/erp`;
  const installation = launch({ ...place.env, DATABASE_URL: url });
  await installation.printed(
    new RegExp(`DATABASE_URL leads to 127.0.0.1:${place.env.POSTGRES_PORT}/erp, which cannot be used`),
  );
  expect(installation.output).not.toContain('secret');
  expect(await installation.exit).toBe(1);
});
