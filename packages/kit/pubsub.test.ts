import { spawn } from 'node:child_process';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { log } from './log.ts';
import { type ChangeEvent, LocalFanOut, type PubSub } from './pubsub.ts';
import { postgresPubSub } from './pubsub-postgres.ts';
import { redisPubSub } from './pubsub-redis.ts';
import { testDatabase } from './testing/database.ts';
import { freePort } from './testing/free-port.ts';
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

interface Transport {
  open(): Promise<PubSub>;
  /** Breaks the connections that listen. */
  breakConnections(): Promise<void>;
  end(): Promise<unknown>;
}

/** What holds for every transport. */
function behaves(start: () => Promise<Transport>): void {
  let transport: Transport;
  let relay: PubSub;
  let server: PubSub;
  beforeAll(async () => {
    transport = await start();
    [relay, server] = await Promise.all([transport.open(), transport.open()]);
  });
  afterAll(async () => {
    await Promise.all([relay.close(), server.close()]);
    await transport.end();
  });

  test('events reach every process, in order, and only those of the company and type', async () => {
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
  });

  test('a broken connection is opened again, and whoever listens is told that events may be missing', async () => {
    const connected: boolean[] = [];
    const stop = server.listen(
      () => {},
      (is) => connected.push(is),
    );
    const mine = server.subscribe('one', 'x.X');
    await transport.breakConnections();
    expect((await mine.next()).value).toMatchObject({ id: '', entityId: null });
    expect(connected).toEqual([true, false, true]);
    await relay.publish([event('again')]);
    expect(await take(mine, 1)).toEqual(['again']);
    await mine.return?.();
    stop();
  });
}

describe('over PostgreSQL', () => {
  behaves(async () => {
    const { url, ownerUrl } = await testDatabase();
    const owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
    return {
      open: () => postgresPubSub(url),
      breakConnections: async () => {
        await owner.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'valeo-listen'`,
        );
      },
      end: () => owner.end(),
    };
  });
});

test('over PostgreSQL, a connection that broke before it listened is opened again once', async () => {
  const { url, ownerUrl } = await testDatabase();
  const way = await breakableWay(new URL(url));
  const behindIt = new URL(url);
  behindIt.port = String(way.port);
  behindIt.searchParams.delete('host');
  const pubsub = await postgresPubSub(behindIt.href);
  const connected: boolean[] = [];
  pubsub.listen(
    () => {},
    (is) => connected.push(is),
  );
  way.breakAtListen = 3;
  way.break();
  await expect.poll(() => connected, { timeout: 10_000 }).toEqual([true, false, true]);
  // Whatever else were on its way would have come by now.
  await sleep(1_500);
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const { rows } = await owner.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'valeo-listen'`,
  );
  expect(rows).toHaveLength(1);
  await owner.end();
  await pubsub.close();
  way.close();
}, 30_000);

describeWith('redis-server', 'over Redis', (program) => {
  test('that is not there yet: the start goes on, says so, and hears of changes once it comes', async () => {
    const port = await freePort();
    const told: string[] = [];
    const write = vi.spyOn(log, 'warn').mockImplementation((...said: unknown[]) => void told.push(String(said.at(-1))));
    const pubsub = await redisPubSub(`redis://127.0.0.1:${port}`);
    expect(told).toEqual(['Redis cannot be reached: changes are not told until it is back']);
    const connected: boolean[] = [];
    pubsub.listen(
      () => {},
      (is) => connected.push(is),
    );
    const mine = pubsub.subscribe('one', 'x.X');
    const server = spawn(program, ['--port', String(port), '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1']);
    const ended = new Promise((resolve) => server.once('exit', resolve));
    await expect.poll(() => connected, { timeout: 10_000 }).toEqual([false, true]);
    await expect.poll(() => told.at(-1)).toBe('Redis is back');
    await pubsub.publish([event('first')]);
    // What came before it listened is not known.
    expect(await take(mine, 2)).toEqual(['', 'first']);
    server.kill();
    await ended;
    await expect.poll(() => told.length).toBe(3);
    // Nobody answers a farewell any more.
    await pubsub.close();
    write.mockRestore();
  }, 30_000);

  behaves(async () => {
    const port = await freePort();
    const server = spawn(program, ['--port', String(port), '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1']);
    const ended = new Promise((resolve) => server.once('exit', resolve));
    const url = `redis://127.0.0.1:${port}`;
    return {
      open: () => redisPubSub(url),
      breakConnections: async () => {
        const redis = new Redis(url);
        await redis.client('KILL', 'TYPE', 'PUBSUB');
        redis.disconnect();
      },
      end() {
        server.kill();
        return ended;
      },
    };
  });
});

describe('in one process', () => {
  test('a slow reader is told that events are missing, and gets the newest', async () => {
    const fanOut = new LocalFanOut();
    const events = fanOut.subscribe('one', 'x.X');
    for (let index = 0; index < 1500; index++) fanOut.dispatch(event(String(index)));
    expect(await take(events, 501)).toEqual(['', ...Array.from({ length: 500 }, (_, index) => String(1000 + index))]);
  });

  test('an error given to a reader ends it', async () => {
    const events = new LocalFanOut().subscribe('one', 'x.X');
    await expect(events.throw?.(new Error('stop'))).rejects.toThrow('stop');
    expect((await events.next()).done).toBe(true);
  });
});

/** A way to PostgreSQL that breaks on demand, and at the next attempts to listen. */
async function breakableWay(to: URL) {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const socketFolder = to.searchParams.get('host');
    const far = socketFolder ? connect(`${socketFolder}/.s.PGSQL.${to.port}`) : connect(Number(to.port), to.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => [near, far].forEach((one) => void one.destroy()));
    }
    near.on('data', (part) => {
      if (!part.includes('LISTEN') || way.breakAtListen === 0) return void far.write(part);
      way.breakAtListen--;
      near.destroy();
    });
    far.pipe(near);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const way = {
    port: (server.address() as AddressInfo).port,
    breakAtListen: 0,
    break: () => {
      for (const socket of sockets) socket.destroy();
    },
    close() {
      way.break();
      server.close();
    },
  };
  return way;
}
