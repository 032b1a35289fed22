import { createServer, type Server, type ServerResponse } from 'node:http';
import { mayReadMetrics } from '@valeo/gateway/http/metrics-access.ts';
import type { Database } from '@valeo/kit/tenant-db.ts';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { readiness } from './readiness.ts';

export interface WatchOptions {
  readonly database: Database;
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  readonly metricsToken: string | null;
}

interface Backlog {
  readonly changes: number;
  readonly changes_age: number;
  readonly due: number;
  readonly due_age: number;
  readonly running: number;
  readonly given_up: number;
}

/** Lets operators see a worker process: `/health/live`, `/health/ready` and `/metrics`, which tell what waits for any worker. */
export async function watchWorker({ database, host, port, metricsToken }: WatchOptions): Promise<Server> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const changes = gauge('worker_outbox_changes', 'Changes that nobody has been told of yet');
  const changesAge = gauge('worker_outbox_age_seconds', 'Age of the oldest change that nobody has been told of yet');
  const jobs = gauge('worker_jobs', 'Background work that is due, runs, or was given up after its last attempt', [
    'state',
  ]);
  const dueAge = gauge('worker_job_age_seconds', 'How long the oldest work that is due has waited');

  const metrics = async (): Promise<string> => {
    const backlog = await backlogOf(database);
    changes.set(backlog.changes);
    changesAge.set(backlog.changes_age);
    jobs.set({ state: 'due' }, backlog.due);
    jobs.set({ state: 'running' }, backlog.running);
    jobs.set({ state: 'given up' }, backlog.given_up);
    dueAge.set(backlog.due_age);
    return registry.metrics();
  };

  const server = createServer((req, res) => {
    if (req.url === '/health/live') return json(res, 200, { live: true });
    if (req.url === '/health/ready') {
      return void readiness(database, { demoData: 'off' }).then((state) => json(res, state.ready ? 200 : 503, state));
    }
    if (req.url === '/metrics' && mayReadMetrics(req, metricsToken ?? undefined)) {
      return void metrics().then(
        (text) => res.writeHead(200, { 'content-type': registry.contentType }).end(text),
        () => json(res, 503, { ready: false }),
      );
    }
    json(res, 404, { errors: [{ message: 'There is nothing at this address.' }] });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return server;
}

function backlogOf(database: Database): Promise<Backlog> {
  const session = { domain: 'platform', tenantId: null, userId: null, requestId: 'metrics' };
  return database.transaction(session, async (tx) => {
    const [outbox] = await tx.query<Pick<Backlog, 'changes' | 'changes_age'>>(
      `SELECT count(*)::int AS changes, coalesce(extract(epoch FROM now() - min(at)), 0)::float8 AS changes_age FROM kit.outbox`,
    );
    const [queue] = await tx.as('queue', () =>
      tx.query<Omit<Backlog, 'changes' | 'changes_age'>>(
        `SELECT count(*) FILTER (WHERE is_due)::int AS due,
                coalesce(extract(epoch FROM now() - min(run_at) FILTER (WHERE is_due)), 0)::float8 AS due_age,
                count(*) FILTER (WHERE locked_at IS NOT NULL)::int AS running,
                count(*) FILTER (WHERE attempts >= max_attempts AND locked_at IS NULL)::int AS given_up
         FROM (SELECT *, run_at <= now() AND locked_at IS NULL AND attempts < max_attempts AS is_due
               FROM graphile_worker.jobs) AS job`,
      ),
    );
    return { ...outbox, ...queue } as Backlog;
  });
}

function json(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  res.end(JSON.stringify(body));
}
