import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeRedis } from '@valeo/redis/testing/redis-server.ts';
import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectRedis } from '../redis.ts';
import type { Charge } from './bucket.ts';
import { type BucketStore, memoryBuckets } from './budget.ts';
import { redisBuckets } from './redis-buckets.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

describeRedis('budgets in Redis (needs redis-server)', () => {
  const log = pino({ level: 'silent' });
  const size = { size: 100, refillPerSecond: 0.001 };
  let folder: string;
  let server: ChildProcess;
  let start: () => ChildProcess;
  let one: Redis;
  let two: Redis;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'gateway-redis-'));
    const port = await freePort();
    start = () => spawn('redis-server', ['--port', String(port), '--dir', folder, '--save', ''], { stdio: 'ignore' });
    server = start();
    [one, two] = [1, 2].map(() => connectRedis(`redis://127.0.0.1:${port}`, log)) as [Redis, Redis];
    await Promise.all([one, two].map((redis) => new Promise((resolve) => redis.once('ready', resolve))));
  });
  afterAll(() => {
    one.disconnect();
    two.disconnect();
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  test('two gateways share one bucket, also when they charge at the same time', async () => {
    const stores = [one, two].map((redis) => redisBuckets(redis, memoryBuckets(), log));
    const charges = await Promise.all(Array.from({ length: 20 }, (_, i) => stores[i % 2]?.charge('anna', size, 10)));
    expect(charges.filter((charge) => charge?.accepted)).toHaveLength(10);
    const charge = charges.find((one) => one?.accepted) as Charge;
    expect(await stores[0]?.refund('anna', size, 30, charge)).toMatchObject({ limit: 100, remaining: 30 });
    expect((await stores[1]?.charge('anna', size, 30))?.accepted).toBe(true);
  });

  test('while Redis is away each gateway counts for itself', async () => {
    const store = redisBuckets(two, memoryBuckets(), log);
    server.kill('SIGSTOP');
    try {
      expect(await store.charge('ben', size, 60)).toMatchObject({ accepted: true, remaining: 40 });
      expect((await store.charge('ben', size, 60)).accepted).toBe(false);
    } finally {
      server.kill('SIGCONT');
    }
  });

  test('a Redis that dies in the middle costs no answer: what was taken meanwhile is given back here, and then all share again', async () => {
    const [here, there] = [one, two].map((redis) => redisBuckets(redis, memoryBuckets(), log)) as [
      BucketStore,
      BucketStore,
    ];
    expect(await here.charge('carl', size, 50)).toMatchObject({ accepted: true, remaining: 50 });
    server.kill('SIGKILL');
    await once(server, 'exit');
    const local = await here.charge('carl', size, 90);
    expect(local).toMatchObject({ accepted: true, remaining: 10 });
    server = start();
    await expect.poll(() => [one.status, two.status]).toEqual(['ready', 'ready']);
    expect(await here.refund('carl', size, 40, local)).toMatchObject({ remaining: 50 });
    // Then all share again, as soon as the new Redis answers in time.
    let users = 0;
    const shared = async () => {
      const user = `dora-${users++}`;
      return [(await here.charge(user, size, 70)).accepted, (await there.charge(user, size, 70)).accepted];
    };
    await expect.poll(shared, { timeout: 10_000 }).toEqual([true, false]);
  });
});
