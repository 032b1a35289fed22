import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { crm } from '@valeo/crm/crm.subgraph.ts';
import { finance } from '@valeo/finance/finance.subgraph.ts';
import { inventory } from '@valeo/inventory/inventory.subgraph.ts';
import type { Caller } from '@valeo/kit/caller.ts';
import { newId } from '@valeo/kit/ids.ts';
import { TaskFault } from '@valeo/kit/task.ts';
import { twoTenants, withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { sales } from '@valeo/sales/sales.subgraph.ts';
import { afterAll, describe, expect, test } from 'vitest';
import { storeFile } from '../file/store-file.ts';
import { platform } from '../platform.subgraph.ts';
import { HEADER, manyInvoices, salesFile } from '../testing/sales-file.ts';
import { workerProcesses } from '../testing/workers.ts';
import { relayOnce } from './relay.ts';

const house = await twoTenants(platform, crm, inventory, sales, finance);
const { one, two, ask, sql, services } = house;
const url = services.database.pool.options.connectionString ?? '';

// A clone of the template has its tables, but not the rights on the database.
await sql(`GRANT CREATE ON DATABASE ${new URL(url).pathname.slice(1)} TO valeo_queue`);

const workers = workerProcesses(url);
afterAll(workers.endAll);

async function start(caller: Caller, text: string, more: object = {}): Promise<string> {
  const session = { domain: 'platform', tenantId: caller.tenantId, userId: caller.userId, requestId: 'test' };
  const file = await services.database.transaction(session, (tx) =>
    storeFile(tx, Readable.from([Buffer.from(text)]), {
      name: 'x.csv',
      contentType: 'text/csv',
      userId: caller.userId,
    }),
  );
  const { startTask } = await ask(
    caller,
    'mutation ($input: StartTaskInput!) { startTask(input: $input) { task { id } error { code } } }',
    { input: { kind: 'IMPORT_SALES', fileId: file.id, ...more } },
  );
  return startTask.task.id;
}

const taskOf = async (caller: Caller, id: string) =>
  (await ask(caller, 'query ($id: ID!) { task(id: $id) { status progress message result error attempts } }', { id }))
    .task;

async function finished(caller: Caller, id: string) {
  for (;;) {
    const task = await taskOf(caller, id);
    if (!['QUEUED', 'RUNNING'].includes(task.status)) return task;
    await sleep(50);
  }
}

const figures = async () => {
  const [row] = await sql<Record<string, string>>(
    `
    SELECT (SELECT count(*) FROM sales.sales_invoice WHERE tenant_id = $1) AS invoices,
           (SELECT count(DISTINCT external_number) FROM sales.sales_invoice WHERE tenant_id = $1) AS numbers,
           (SELECT count(*) FROM finance.journal_entry WHERE tenant_id = $1) AS entries,
           (SELECT sum(net) FROM sales.sales_invoice WHERE tenant_id = $1) AS net,
           (SELECT sum(quantity) FROM inventory.stock_movement WHERE tenant_id = $1) AS stock`,
    [one.tenantId],
  );
  return row;
};

test('killing the worker in the middle of an import loses nothing and does nothing twice', async () => {
  const first = await workers.start();
  const id = await start(one, manyInvoices(16, 250));
  while ((await sql('SELECT 1 FROM sales.sales_invoice LIMIT 1')).length === 0) await sleep(10);
  await workers.end(first, 'SIGKILL');
  const atKill = Number((await figures())?.invoices);
  expect(atKill).toBeGreaterThan(0);
  expect(atKill).toBeLessThan(4000);

  await workers.start();
  const task = await finished(one, id);
  expect(task).toMatchObject({ status: 'SUCCEEDED', error: null, progress: 1 });
  expect(task.result).toMatchObject({ documents: 4000, skipped: atKill, added: 4000 - atKill, rejectedCount: 0 });
  expect(await figures()).toEqual({
    invoices: '4000',
    numbers: '4000',
    entries: '4000',
    net: '10000.00',
    stock: '0.0000',
  });
  const { journalIntegrity } = await ask(one, '{ journalIntegrity(fiscalYear: 2011) { intact entries } }');
  expect(journalIntegrity).toEqual({ intact: true, entries: 4000 });
}, 120_000);

describe('an import', () => {
  test('of the same file once more adds nothing', async () => {
    const before = await figures();
    const { result } = await finished(one, await start(one, manyInvoices(16, 250)));
    expect(result).toMatchObject({ documents: 4000, skipped: 4000, added: 0 });
    expect(await figures()).toEqual(before);
  });

  test('takes a day with more documents than one bulk mutation', async () => {
    const text = manyInvoices(1, 1_100).replaceAll(/^5/gm, '6');
    const task = await finished(one, await start(one, text));
    expect(task).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(task.result).toMatchObject({ documents: 1_100, added: 1_100, rejectedCount: 0 });
  });

  test('that is only tried changes nothing and tells what is wrong', async () => {
    const before = await figures();
    const text = `${manyInvoices(1, 2)}broken\n`;
    const { result } = await finished(one, await start(one, text.replaceAll(/^5/gm, '7'), { dryRun: true }));
    expect(result).toMatchObject({ documents: 2, added: 0, rejectedCount: 1, rejected: [{ line: 4 }] });
    expect(await figures()).toEqual(before);
  });

  test('of a file with a wrong header fails with a sentence in the language of its user, at once', async () => {
    const task = await finished(one, await start({ ...one, locale: 'de' }, 'wrong,header\n'));
    expect(task).toMatchObject({ status: 'FAILED', result: null });
    expect(task.error).toMatch(/^Der Kopfzeile fehlen die Spalten InvoiceNo/);
    const { notifications } = await ask(one, '{ notifications(first: 1) { edges { node { kind title } } } }');
    expect(notifications.edges[0].node).toEqual({
      kind: 'ERROR',
      title: 'Import der Verkaufsbelege ist fehlgeschlagen',
    });
  });

  test('of somebody without the rights for it fails at once, with the sentence that names the right', async () => {
    const caller = withPermissions({ ...one, locale: 'de' }, 'platform:read', 'platform:write');
    const task = await finished(caller, await start(caller, salesFile('970001,SKU1,A,1,2011-04-01,1,12000,France')));
    expect(task).toMatchObject({ status: 'FAILED', attempts: 1, error: 'Dafür fehlt Ihnen das Recht sales:read.' });
  });

  test('enters what is right when some lines are broken', async () => {
    const good = '900001,SKU1,Article 1,1,2011-04-01 10:00:00,1.25,12000,United Kingdom';
    const { result } = await finished(
      one,
      await start(one, `${HEADER}\n${good}\n900002,SKU1,Article 1,one,2011-04-01,1,12000,France\n`),
    );
    expect(result).toMatchObject({ documents: 1, added: 1, rejectedCount: 1, rejected: [{ line: 3 }] });
  });

  test('that broke off after the opening stock goes on', async () => {
    const line = '950001,FRESH,Fresh,3,2011-05-01 10:00:00,2.00,12000,Germany';
    const article = await ask(
      two,
      'mutation ($input: CreateArticleInput!) { createArticle(input: $input) { article { id } } }',
      {
        input: { sku: 'FRESH', name: 'Fresh', price: '2.00' },
      },
    );
    const items = [
      {
        articleId: article.createArticle.article.id,
        quantity: '3',
        reason: 'x',
        kind: 'OPENING',
        derived: true,
        movedOn: '2011-05-01',
        externalNumber: 'opening FRESH',
      },
    ];
    const adjusted = await ask(
      two,
      'mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { errors { code } } }',
      { input: { items } },
    );
    expect(adjusted.adjustStock.errors).toEqual([]);
    const task = await finished(two, await start(two, salesFile(line)));
    expect(task).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect((await ask(two, '{ articles { edges { node { sku onHand } } } }')).articles.edges).toEqual([
      { node: { sku: 'FRESH', onHand: '0' } },
    ]);
  });

  test('of one company is not seen by the other', async () => {
    const { tasks } = await ask(one, '{ tasks(first: 1) { totalCount edges { node { id } } } }');
    expect(tasks.totalCount).toBeGreaterThan(3);
    expect(await taskOf(two, tasks.edges[0].node.id)).toBeNull();
  });

  test('is found by the sentence that its reader sees', async () => {
    await sql(
      `INSERT INTO platform.task (id, tenant_id, kind, payload, permissions, locale, message_de, message_en)
       VALUES ($1, $2, 'IMPORT_SALES', '{}', '[]', 'de', 'Zeile 7 von 9', 'Row 7 of 9')`,
      [newId(), one.tenantId],
      one,
    );
    const found = async (locale: 'de' | 'en', text: string) =>
      (
        await ask(
          one,
          'query ($text: String!) { tasks(filter: { message: { contains: $text } }) { edges { node { message } } } }',
          { text },
          { locale },
        )
      ).tasks.edges.map(({ node }: { node: { message: string } }) => node.message);
    expect(await found('de', 'zeile 7')).toEqual(['Zeile 7 von 9']);
    expect(await found('en', 'row 7')).toEqual(['Row 7 of 9']);
    expect(await found('en', 'zeile 7')).toEqual([]);
  });
});

describe('the relay', () => {
  test('publishes each row once and empties the outbox, however many relays there are', async () => {
    const events: string[] = [];
    const stop = services.pubsub.listen(({ type, entityId }) => events.push(`${type} ${entityId}`));
    const { createArticle } = await ask(
      one,
      'mutation ($input: CreateArticleInput!) { createArticle(input: $input) { article { id } } }',
      {
        input: { sku: 'RELAYED', name: 'Relayed', price: '2.00' },
      },
    );
    await Promise.all(Array.from({ length: 5 }, () => relayOnce(services.database, services.pubsub, [])));
    stop();
    const mine = events.filter((event) => event === `inventory.Article ${createArticle.article.id}`);
    // The worker of this test may have been faster; nobody publishes twice.
    expect(mine.length).toBeLessThanOrEqual(1);
    // What that worker has taken is gone once its transaction ends.
    await expect.poll(() => sql('SELECT 1 FROM kit.outbox'), { timeout: 20_000 }).toEqual([]);
  });

  test('keeps what it could not publish', async () => {
    const failing = { ...services.pubsub, publish: () => Promise.reject(new Error('down')) };
    await sql(
      `INSERT INTO kit.outbox (tenant_id, type, op, request_id, at) VALUES ($1, 'x.Y', 'created', 'r', now())`,
      [one.tenantId],
    );
    await expect(relayOnce(services.database, failing, [])).rejects.toThrow('down');
  });
});

test('a fault of a task has both languages', () => {
  expect(new TaskFault({ de: 'Nein', en: 'No' }).message).toBe('No');
});
