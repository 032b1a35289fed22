import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { crm } from '@valeo/crm/crm.subgraph.ts';
import { finance } from '@valeo/finance/finance.subgraph.ts';
import { inventory } from '@valeo/inventory/inventory.subgraph.ts';
import type { Caller } from '@valeo/kit/caller.ts';
import { twoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { sales } from '@valeo/sales/sales.subgraph.ts';
import { afterAll, afterEach, expect, test } from 'vitest';
import { storeFile } from '../file/store-file.ts';
import { platform } from '../platform.subgraph.ts';
import { manyInvoices } from '../testing/sales-file.ts';
import { workerProcesses } from '../testing/workers.ts';

/** Workers that fall silent, and what becomes of their tasks. */

const { one, two, ask, sql, services } = await twoTenants(platform, crm, inventory, sales, finance);
const url = services.database.pool.options.connectionString ?? '';
// A clone of the template has its tables, but not the rights on the database.
await sql(`GRANT CREATE ON DATABASE ${new URL(url).pathname.slice(1)} TO valeo_queue`);

const workers = workerProcesses(url);
afterEach(async () => {
  await workers.endAll();
});

async function upload(caller: Caller, text: string): Promise<string> {
  const session = { domain: 'platform', tenantId: caller.tenantId, userId: caller.userId, requestId: 'test' };
  const file = await services.database.transaction(session, (tx) =>
    storeFile(tx, Readable.from([Buffer.from(text)]), {
      name: 'x.csv',
      contentType: 'text/csv',
      userId: caller.userId,
    }),
  );
  return file.id;
}

async function startImport(caller: Caller, fileId: string): Promise<string> {
  const { startTask } = await ask(
    caller,
    'mutation ($input: StartTaskInput!) { startTask(input: $input) { task { id } error { code } } }',
    { input: { kind: 'IMPORT_SALES', fileId } },
  );
  return startTask.task.id;
}

const taskOf = async (caller: Caller, id: string) =>
  (await ask(caller, 'query ($id: ID!) { task(id: $id) { status progress result error attempts } }', { id })).task;

async function finished(caller: Caller, id: string) {
  for (;;) {
    const task = await taskOf(caller, id);
    if (!['QUEUED', 'RUNNING'].includes(task.status)) return task;
    await sleep(50);
  }
}

const figuresOf = async ({ tenantId }: Caller) =>
  (
    await sql<Record<string, string>>(
      `SELECT (SELECT count(*) FROM sales.sales_invoice WHERE tenant_id = $1) AS invoices,
              (SELECT count(DISTINCT external_number) FROM sales.sales_invoice WHERE tenant_id = $1) AS numbers,
              (SELECT count(*) FROM finance.journal_entry WHERE tenant_id = $1) AS entries,
              (SELECT sum(net) FROM sales.sales_invoice WHERE tenant_id = $1) AS net,
              (SELECT sum(quantity) FROM inventory.stock_movement WHERE tenant_id = $1) AS stock`,
      [tenantId],
    )
  )[0];
const whole = { invoices: '4000', numbers: '4000', entries: '4000', net: '10000.00', stock: '0.0000' };

const told = async (caller: Caller) =>
  (await ask(caller, '{ notifications(first: 50) { edges { node { kind body } } } }')).notifications.edges.length;

test('a worker that slept while another took its task over neither ends the task nor does anything twice', async () => {
  const first = await workers.start();
  const id = await startImport(one, await upload(one, manyInvoices(16, 250)));
  while ((await sql('SELECT 1 FROM sales.sales_invoice LIMIT 1')).length === 0) await sleep(10);
  first.kill('SIGSTOP');
  try {
    await workers.start();
    await expect.poll(async () => (await taskOf(one, id)).attempts, { timeout: 40_000 }).toBe(2);
  } finally {
    first.kill('SIGCONT');
  }
  const task = await finished(one, id);
  expect(task).toMatchObject({ status: 'SUCCEEDED', error: null, attempts: 2 });
  expect(task.result).toMatchObject({ documents: 4000, rejectedCount: 0 });
  await sleep(3_000);
  expect(await taskOf(one, id)).toEqual(task);
  expect(await figuresOf(one)).toEqual(whole);
  expect(await told(one)).toBe(1);
}, 120_000);

test('two workers that import the same file at once enter each document once', async () => {
  await Promise.all([workers.start(), workers.start()]);
  const file = await upload(two, manyInvoices(16, 250));
  const ids = await Promise.all([startImport(two, file), startImport(two, file)]);
  const tasks = await Promise.all(ids.map((id) => finished(two, id)));
  expect(tasks.map(({ status, error }) => ({ status, error }))).toEqual([
    { status: 'SUCCEEDED', error: null },
    { status: 'SUCCEEDED', error: null },
  ]);
  const sum = (name: string) => tasks.reduce((total, { result }) => total + result[name], 0);
  expect([sum('added'), sum('skipped'), sum('rejectedCount')]).toEqual([4000, 4000, 0]);
  expect(await figuresOf(two)).toEqual(whole);
}, 120_000);

test('a worker that stops in order takes its pulse back, so that nobody finds it silent', async () => {
  const pulses = () => sql<{ worker_id: string }>('SELECT worker_id FROM platform.worker_pulse');
  await expect.poll(pulses, { timeout: 20_000 }).toEqual([]);
  const worker = await workers.start();
  await expect.poll(pulses).toHaveLength(1);
  await workers.end(worker, 'SIGTERM');
  expect(await pulses()).toEqual([]);
}, 60_000);

test('a task whose worker ended each time is given up with a reason, and can be started again', async () => {
  const id = await startImport(one, await upload(one, manyInvoices(1, 2)));
  const first = await workers.start();
  await finished(one, id);
  await workers.end(first, 'SIGTERM');
  // As it stands after the tenth worker was killed in the middle of it.
  await sql(`UPDATE platform.task SET status = 'RUNNING', finished_at = NULL, attempts = 10 WHERE id = $1`, [id], one);
  await sql(`SELECT graphile_worker.add_job('task', $1::json, NULL, NULL, 10, $2)`, [
    JSON.stringify({ taskId: id, tenantId: one.tenantId }),
    `task:${id}`,
  ]);
  await sql(`UPDATE graphile_worker._private_jobs SET attempts = 10, locked_at = now(), locked_by = 'killed'`);
  await sql(`INSERT INTO platform.worker_pulse VALUES ('killed', now() - interval '1 minute')`);
  await workers.start();
  const task = await finished(one, id);
  expect(task.status).toBe('FAILED');
  expect(task.error).toBe(
    'The task was begun 10 times, and its worker ended each time before it was done. It is not tried any more.',
  );
  await expect.poll(() => sql('SELECT 1 FROM graphile_worker._private_jobs'), { timeout: 20_000 }).toEqual([]);
  const { retryTask } = await ask(
    one,
    'mutation ($id: ID!) { retryTask(input: { id: $id }) { task { id } error { code } } }',
    { id },
  );
  expect(await finished(one, retryTask.task.id)).toMatchObject({ status: 'SUCCEEDED' });
}, 120_000);
