import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeRedis } from '@valeo/redis/testing/redis-server.ts';
import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectRedis } from '../redis.ts';
import { redisVersions } from './redis-versions.ts';
import { concerning } from './tags.ts';
import { isUnchanged, memoryVersions, type Stamp, type Versions } from './versions.ts';

const reader = { tenantId: 'one', who: 'anna' };

/** @param crowd more records than are remembered. */
function knowsChanges(open: () => Versions, crowd: number): void {
  let events = 0;
  const stampOf = async (versions: Versions, tags: readonly string[]): Promise<Stamp> => {
    const stamp = await versions.stamp(reader, tags);
    if (!stamp) throw new Error('Nothing is known');
    return stamp;
  };
  /** Records change; what was told is known when the next stamp counts it. */
  async function change(versions: Versions, type: string, ids: readonly string[]): Promise<void> {
    const { now } = await stampOf(versions, []);
    for (const entityId of ids) versions.changed({ id: String(events++), tenantId: 'one', type, entityId });
    await expect.poll(async () => (await stampOf(versions, [])).now, { timeout: 20_000 }).toBeGreaterThan(now);
  }
  const records = (from: number, n: number) => Array.from({ length: n }, (_, i) => `record-${from + i}`);

  test('thousands of changed records concern neither others nor other types', async () => {
    const versions = open();
    const tags = ['shop.Box', 'other', ...records(0, 50).flatMap((id) => concerning(`shop.Item:${id}`))];
    const before = await stampOf(versions, tags);
    await change(versions, 'shop.Item', records(1_000, 6_000));
    expect(isUnchanged(tags, before, await stampOf(versions, tags))).toBe(true);
    await change(versions, 'shop.Item', records(49, 1));
    expect(isUnchanged(tags, before, await stampOf(versions, tags))).toBe(false);
  });

  test('a change that is no longer remembered still counts, and what began after it does not suffer', async () => {
    const versions = open();
    const changed = concerning('shop.Item:changed');
    const before = await stampOf(versions, changed);
    await change(versions, 'shop.Item', ['changed']);
    const after = await stampOf(versions, changed);
    await change(versions, 'shop.Item', records(0, crowd));
    const late = await stampOf(versions, changed);
    await change(versions, 'shop.Item', records(0, 10));
    const now = await stampOf(versions, changed);
    expect([before, after, late].map((since) => isUnchanged(changed, since, now))).toEqual([false, false, true]);
    expect(isUnchanged(['shop.Box'], before, await stampOf(versions, ['shop.Box']))).toBe(true);
  }, 60_000);
}

describe('in memory', () => knowsChanges(memoryVersions, 120_000));

describeRedis('in Redis (needs redis-server)', () => {
  const log = pino({ level: 'silent' });
  let folder: string;
  let server: ChildProcess;
  let redis: Redis;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'gateway-redis-'));
    const free = net.createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as AddressInfo;
    free.close();
    server = spawn('redis-server', ['--port', String(port), '--dir', folder, '--save', ''], { stdio: 'ignore' });
    redis = connectRedis(`redis://127.0.0.1:${port}`, log);
    await new Promise((resolve) => redis.once('ready', resolve));
  });
  afterAll(() => {
    redis.disconnect();
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  knowsChanges(() => redisVersions(redis, log), 12_000);

  test.each(['changes', 'records'])('when its %s are lost, nothing kept before is right any more', async (lost) => {
    const versions = redisVersions(redis, log);
    const tags = concerning('shop.Item:1');
    const before = (await versions.stamp(reader, tags)) as Stamp;
    await redis.del(`valeo:cache:${lost}:{company one}`);
    const after = (await versions.stamp(reader, tags)) as Stamp;
    expect(isUnchanged(tags, before, after)).toBe(false);
    expect(isUnchanged(tags, after, (await versions.stamp(reader, tags)) as Stamp)).toBe(true);
  });
});
