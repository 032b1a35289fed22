import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { Database } from './tenant-db.ts';
import { toyHouse } from './testing/toy/toy.ts';

const house = await toyHouse();
const session = { domain: 'toy', tenantId: house.one.tenantId, userId: null, requestId: 'test' };

/** What goes this way before it is cut is neither passed on nor ended. */
const held: Socket[] = [];
const target = new URL(house.url);
const socket = `${target.searchParams.get('host')}/.s.PGSQL.${target.port || 5432}`;
const way = createServer((client) => {
  const onward = connect(socket);
  for (const end of [client, onward]) end.on('error', () => {});
  client.pipe(onward).pipe(client);
  held.push(client, onward);
}).listen(0, '127.0.0.1');
await once(way, 'listening');
const cut = (): void => {
  for (const end of held) end.unpipe().pause();
};
target.searchParams.delete('host');
target.hostname = '127.0.0.1';
target.port = String((way.address() as AddressInfo).port);
const database = new Database({ url: target.href, maxConnections: 1, statementMs: 500 });

afterAll(async () => {
  for (const end of held) end.destroy();
  way.close();
  await database.close();
});

test('a statement whose answer is lost on the way ends, and its connection with it', async () => {
  const startedAt = Date.now();
  const lost = database.transaction(session, async (tx) => {
    await tx.query('SELECT 1');
    cut();
    await tx.query('SELECT 2');
  });
  await expect(lost).rejects.toThrow('timeout');
  // Nothing is waited for once more, such as the answer to the rollback.
  expect(Date.now() - startedAt).toBeLessThan(9_000);
  expect(await database.transaction(session, (tx) => tx.query('SELECT 3 AS n'))).toEqual([{ n: 3 }]);
}, 30_000);

test('a transaction that is left alone gives back what it has locked', async () => {
  const other = new Database({ url: house.url, maxConnections: 1, idleMaxMs: 200 });
  const left = other.transaction(session, async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(7041)');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await tx.query('SELECT 1');
  });
  await expect(left).rejects.toThrow();
  await other.close();
});

test('work that counts long lists may take longer', async () => {
  const short = new Database({ url: house.url, maxConnections: 1, statementMs: 200 });
  const sleep = (allowed?: number) =>
    short.transaction(session, async (tx) => {
      if (allowed) await tx.allow(allowed);
      await tx.query('SELECT pg_sleep(0.5)');
    });
  await expect(sleep()).rejects.toThrow('statement timeout');
  await sleep(5_000);
  await short.close();
});
