import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { type ChangeEvent, LocalFanOut, type PubSub } from './pubsub.ts';
import { postgresPubSub } from './pubsub-postgres.ts';
import { redisPubSub } from './pubsub-redis.ts';
import { testDatabase } from './testing/database.ts';
import { describeWith } from './testing/tool.ts';

const event = (id: string, tenantId = 'one', type = 'x.X'): ChangeEvent => ({
  id,
  tenantId,
  type,
  op: 'created',
  entityId: id,
  at: '2026-01-01T00:00:00Z',
});

async function take(events: AsyncIterableIterator<ChangeEvent>, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) ids.push(((await events.next()).value as ChangeEvent).id);
  return ids;
}

/** What holds for every transport. */
async function behaves(open: () => Promise<PubSub>): Promise<void> {
  const [relay, server] = [await open(), await open()];
  try {
    const mine = server.subscribe('one', 'x.X');
    const all: string[] = [];
    const stop = server.listen(({ id }) => all.push(id));
    const batch = Array.from({ length: 100 }, (_, index) => event(`e${index}`));
    await relay.publish([event('foreign', 'two'), event('other', 'one', 'y.Y'), ...batch]);
    expect(await take(mine, 100)).toEqual(batch.map(({ id }) => id));
    expect(all.slice(0, 2)).toEqual(['foreign', 'other']);
    stop();
    await relay.publish([event('late')]);
    expect(await take(mine, 1)).toEqual(['late']);
    expect(all).not.toContain('late');
    await mine.return?.();
    expect(await mine.next()).toEqual({ done: true, value: undefined });
  } finally {
    await Promise.all([relay.close(), server.close()]);
  }
}

describe('over PostgreSQL', () => {
  test('events reach every process, in order, and only those of the company and type', async () => {
    const { url } = await testDatabase();
    await behaves(() => postgresPubSub(url));
  });

  test('a broken connection is opened again', async () => {
    const { url, ownerUrl } = await testDatabase();
    const pubsub = await postgresPubSub(url);
    const owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
    try {
      await owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'valeo-listen'`,
      );
      const events = pubsub.subscribe('one', 'x.X');
      const next = events.next();
      let arrived = false;
      void next.then(() => (arrived = true));
      while (!arrived) {
        await pubsub.publish([event('again')]);
        await sleep(100);
      }
      expect((await next).value).toMatchObject({ id: 'again' });
      await events.return?.();
    } finally {
      await owner.end();
      await pubsub.close();
    }
  });
});

describeWith('redis-server', 'over Redis', (redis) => {
  test('events reach every process, in order, and only those of the company and type', async () => {
    const port = await freePort();
    const server = spawn(redis, ['--port', String(port), '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1']);
    const ended = new Promise((resolve) => server.once('exit', resolve));
    try {
      await behaves(() => redisPubSub(`redis://127.0.0.1:${port}`));
    } finally {
      server.kill();
      await ended;
    }
  });
});

describe('in one process', () => {
  test('a slow reader loses the oldest events, never the newest', async () => {
    const fanOut = new LocalFanOut();
    const events = fanOut.subscribe('one', 'x.X');
    for (let index = 0; index < 1500; index++) fanOut.dispatch(event(String(index)));
    expect((await take(events, 1000)).at(-1)).toBe('1499');
  });

  test('an error given to a reader ends it', async () => {
    const events = new LocalFanOut().subscribe('one', 'x.X');
    await expect(events.throw?.(new Error('stop'))).rejects.toThrow('stop');
    expect((await events.next()).done).toBe(true);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
