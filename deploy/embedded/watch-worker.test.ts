import type { AddressInfo } from 'node:net';
import { twoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { platform } from '@valeo/platform/platform.subgraph.ts';
import { startWorker } from '@valeo/platform/worker/worker.ts';
import { afterAll, expect, test } from 'vitest';
import { watchWorker } from './watch-worker.ts';

const { one, services, sql } = await twoTenants(platform);
const { database } = services;
const databaseUrl = database.pool.options.connectionString ?? '';
await sql(`GRANT CREATE ON DATABASE ${new URL(databaseUrl).pathname.slice(1)} TO valeo_queue`);
// The queue's tables are made by the first worker; this one must be gone before there is work.
await (await startWorker({ services, definitions: [platform], databaseUrl, outboxChannel: 'valeo_outbox' })).stop();
const server = await watchWorker({ database, host: '127.0.0.1', port: 0, metricsToken: null });
afterAll(() => void server.close());
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const job = (minutes: number, more: string) =>
  sql(`SELECT graphile_worker.add_job('task', '{}', run_at => now() - interval '${minutes} minutes', ${more})`);

test('tells what waits for any worker', async () => {
  // What making the companies told may wait still.
  await sql('DELETE FROM kit.outbox');
  await sql(
    `INSERT INTO kit.outbox (tenant_id, type, op, request_id, at) VALUES ($1, 'platform.Task', 'updated', 'x', now() - interval '90 seconds')`,
    [one.tenantId],
  );
  await job(5, 'max_attempts => 3');
  await job(60, 'max_attempts => 1');
  await sql(`UPDATE graphile_worker._private_jobs SET attempts = 1 WHERE max_attempts = 1`);
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')
        .at(-1),
    );
  expect(value('worker_outbox_changes')).toBe(1);
  expect(value('worker_outbox_age_seconds')).toBeCloseTo(90, -1);
  expect(value('worker_jobs{state="due"}')).toBe(1);
  expect(value('worker_jobs{state="given up"}')).toBe(1);
  expect(value('worker_job_age_seconds')).toBeCloseTo(300, -1);
});

test('answers probes, and tells no figures to strangers', async () => {
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  expect((await fetch(`${url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(404);
});
