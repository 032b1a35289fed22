import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeRedis } from '@valeo/redis/testing/redis-server.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Caller } from '../../options.ts';
import type { RunningGateway } from '../../server.ts';
import { post, startToys, toy } from '../toys.ts';

/** A way to Redis that can be cut. */
async function cutable(target: number): Promise<{ port: number; cut(): void; mend(): Promise<void>; close(): void }> {
  const open = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    const other = net.connect(target, '127.0.0.1');
    for (const one of [socket, other]) {
      open.add(one);
      one.on('error', () => {});
      one.on('close', () => open.delete(one));
    }
    socket.pipe(other).pipe(socket);
  });
  const listen = (port: number): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const cut = (): void => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  return { port, cut, mend: () => listen(port), close: cut };
}

let stock = 10;
const store = toy('store', 'type Query { stock: Int } type Mutation { take: Int }', {
  Query: { stock: () => stock },
  Mutation: { take: () => --stock },
});
const anna: Caller = {
  tenantId: 'one',
  userId: 'anna',
  clientId: null,
  sessionId: null,
  permissions: [],
  locale: 'en',
  budget: null,
};

describeRedis('Redis goes when a write is to be marked (needs redis-server)', () => {
  let folder: string;
  let redis: ChildProcess;
  let way: Awaited<ReturnType<typeof cutable>>;
  let near: RunningGateway;
  let far: RunningGateway;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'gateway-redis-'));
    const free = net.createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as AddressInfo;
    free.close();
    redis = spawn('redis-server', ['--port', String(port), '--dir', folder, '--save', ''], { stdio: 'ignore' });
    way = await cutable(port);
    const start = (redisPort: number): Promise<RunningGateway> =>
      startToys([store], {
        redisUrl: `redis://127.0.0.1:${redisPort}`,
        identity: { jwks: () => ({ keys: [] }), resolveApiKey: () => Promise.resolve(anna) },
        // Its events never come: the mark alone tells of the write.
        cache: { subgraphs: ['store'], listen: () => () => {} },
      });
    [near, far] = await Promise.all([start(port), start(way.port)]);
  });
  afterAll(async () => {
    await Promise.all([near.close(0), far.close(0)]);
    way.close();
    redis.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    for (const gateway of [near, far]) await allTold(gateway);
    await keptBy(near, 9);
  });

  const ask = (gateway: RunningGateway, query: string, cookie = '') =>
    post(
      gateway.url,
      { query },
      { 'x-api-key': 'anna', 'x-valeo-client': 'test', origin: new URL(gateway.url).origin, cookie },
    );

  /** Writes until all gateways could be told of it: no mark of before is on its way any more. */
  const allTold = (gateway: RunningGateway): Promise<void> =>
    vi.waitFor(
      async () => expect((await ask(gateway, 'mutation { take }')).headers.getSetCookie()).toEqual([]),
      20_000,
    );

  const stockOf = async (gateway: RunningGateway, cookie?: string) =>
    (await ask(gateway, '{ stock }', cookie)).body.data;

  /** Asks until the answer comes from the cache, as a change that nobody told of shows. */
  const keptBy = (gateway: RunningGateway, value: number): Promise<void> =>
    vi.waitFor(async () => {
      stock = value;
      // Twice: the first answer after a write may be given without being kept.
      await stockOf(gateway);
      await stockOf(gateway);
      stock = -1;
      expect(await stockOf(gateway)).toEqual({ stock: value });
      stock = value;
    }, 20_000);

  test('the client carries the mark to the next gateway, until that one has told all', async () => {
    way.cut();
    const { body, headers } = await ask(far, 'mutation { take }');
    expect(body.data).toEqual({ take: 8 });
    const [mark = ''] = headers.getSetCookie();
    expect(mark).toMatch(/^valeo_unmarked_write=1; .*HttpOnly/);
    const next = await ask(near, '{ stock }', mark.split(';')[0]);
    expect(next.body.data).toEqual({ stock: 8 });
    expect(next.headers.getSetCookie()[0]).toMatch(/^valeo_unmarked_write=; .*Max-Age=0/);
    expect(await stockOf(near)).toEqual({ stock: 8 });
    await way.mend();
    await allTold(far);
  }, 60_000);

  test('without a cookie all are told as soon as Redis is there again', async () => {
    way.cut();
    await ask(far, 'mutation { take }');
    expect(await stockOf(far)).toEqual({ stock: 8 });
    await way.mend();
    await vi.waitFor(async () => expect(await stockOf(near)).toEqual({ stock: 8 }), 20_000);
  }, 60_000);
});
