import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openRedis } from './connect.ts';
import { describeRedis } from './testing/redis-server.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

const ended: (() => void)[] = [];
afterEach(() => {
  for (const end of ended.splice(0).reverse()) end();
});

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'valeo-redis-'));
  ended.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

async function server(port: number, ...args: string[]): Promise<ChildProcess> {
  const child = spawn('redis-server', ['--port', String(port), '--dir', folder(), '--save', '', ...args], {
    stdio: 'ignore',
  });
  ended.push(() => child.kill('SIGKILL'));
  await command(port, 'PING');
  return child;
}

/** One command for one server, however it is part of something larger. */
async function command(port: number, name: string, ...args: string[]): Promise<unknown> {
  const one = new Redis(port, '127.0.0.1');
  one.on('error', () => {});
  try {
    return await one.call(name, ...args);
  } finally {
    one.disconnect();
  }
}

function open(url: string): Redis {
  const redis = openRedis(url);
  redis.on('error', () => {});
  ended.push(() => redis.disconnect());
  return redis;
}

const patient = { timeout: 30_000, interval: 100 };

describeRedis('a Redis of several servers (needs redis-server)', () => {
  test('the master that sentinels name is written to, and the next one when it is gone', async () => {
    const [first, second, sentinel] = [await freePort(), await freePort(), await freePort()];
    const master = await server(first);
    await server(second, '--replicaof', '127.0.0.1', String(first));
    const file = path.join(folder(), 'sentinel.conf');
    writeFileSync(
      file,
      `port ${sentinel}\nsentinel monitor main 127.0.0.1 ${first} 1\nsentinel down-after-milliseconds main 500\nsentinel failover-timeout main 3000\n`,
    );
    const watcher = spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' });
    ended.push(() => watcher.kill('SIGKILL'));
    const redis = open(`redis+sentinel://127.0.0.1:${sentinel}/main`);
    expect(await redis.set('a', '1')).toBe('OK');
    const replicas = async () => String(await command(first, 'INFO', 'replication'));
    await vi.waitFor(async () => expect(await replicas()).toMatch(/connected_slaves:1[^]*state=online/), patient);
    const known = async () => JSON.stringify(await command(sentinel, 'SENTINEL', 'replicas', 'main'));
    await vi.waitFor(async () => expect(await known()).toContain(String(second)), patient);
    expect(await redis.get('a')).toBe('1');
    master.kill('SIGKILL');
    await vi.waitFor(async () => expect(await redis.set('b', '2')).toBe('OK'), patient);
    expect(await command(second, 'GET', 'b')).toBe('2');
  }, 90_000);

  test('each server of a cluster is asked for what it holds', async () => {
    const [one, two] = [await freePort(), await freePort()];
    await server(one, '--cluster-enabled', 'yes');
    await server(two, '--cluster-enabled', 'yes');
    await command(one, 'CLUSTER', 'ADDSLOTSRANGE', '0', '8191');
    await command(two, 'CLUSTER', 'ADDSLOTSRANGE', '8192', '16383');
    await command(one, 'CLUSTER', 'MEET', '127.0.0.1', String(two));
    const state = async (port: number) => String(await command(port, 'CLUSTER', 'INFO'));
    for (const port of [one, two]) {
      await vi.waitFor(
        async () => expect(await state(port)).toMatch(/cluster_state:ok[^]*cluster_known_nodes:2/),
        patient,
      );
    }
    const redis = open(`redis+cluster://127.0.0.1:${one}`);
    const keys = Array.from({ length: 40 }, (_, i) => `valeo:{${i}}`);
    await Promise.all(keys.map((key) => redis.eval("return redis.call('SET', KEYS[1], ARGV[1])", 1, key, key)));
    expect(await Promise.all(keys.map((key) => redis.get(key)))).toEqual(keys);
    expect(Number(await command(one, 'DBSIZE'))).toBeGreaterThan(0);
    expect(Number(await command(two, 'DBSIZE'))).toBeGreaterThan(0);
  }, 90_000);

  test('a connection through which nothing comes any more is given up and made anew, also one that only listens', async () => {
    const port = await freePort();
    await server(port);
    /** What came before the way was cut is neither passed on nor ended. */
    const held: Socket[] = [];
    const way = createServer((client) => {
      const onward = connect(port, '127.0.0.1');
      for (const socket of [client, onward]) socket.on('error', () => {});
      client.pipe(onward).pipe(client);
      held.push(client, onward);
    }).listen(0, '127.0.0.1');
    await once(way, 'listening');
    ended.push(() => {
      way.close();
      for (const socket of held) socket.destroy();
    });
    const redis = open(`redis://127.0.0.1:${(way.address() as { port: number }).port}`);
    const heard: string[] = [];
    redis.on('message', (_, text) => heard.push(text));
    await redis.subscribe('news');
    for (const socket of held) socket.unpipe().pause();
    await new Promise((resolve) => redis.once('close', resolve));
    const subscribers = async () => Number(((await command(port, 'PUBSUB', 'NUMSUB', 'news')) as unknown[])[1]);
    await vi.waitFor(async () => expect(await subscribers()).toBe(2), patient);
    await command(port, 'PUBLISH', 'news', 'again');
    await vi.waitFor(() => expect(heard).toEqual(['again']), patient);
  }, 60_000);
});
