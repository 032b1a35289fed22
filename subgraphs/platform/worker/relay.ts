import type { Consumer } from '@valeo/kit/consumer.ts';
import { log } from '@valeo/kit/log.ts';
import type { ChangeEvent, PubSub } from '@valeo/kit/pubsub.ts';
import type { Database, Tx } from '@valeo/kit/tenant-db.ts';

interface OutboxRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly type: string;
  readonly op: ChangeEvent['op'];
  readonly entity_ids: string[] | null;
  readonly at: string;
}

interface Job {
  readonly identifier: 'task' | 'consume';
  readonly payload: object;
  readonly key: string;
  /** Jobs of one queue are done one after the other. */
  readonly queue: string | null;
}

const BATCH = 500;
const LOCK = 7_225_101;
/** A reader who was away for longer than this reads anew. */
const KEPT_MINUTES = 15;
export const TASK_EVENT = 'platform.Task';

/**
 * Takes rows out of the outbox: publishes them, and queues what they cause (tasks, consumers of other domains) in the same
 * transaction that removes them. A crash in between publishes again, so listeners see an event at least once and jobs carry
 * keys. Several relays take turns. Answers how many rows it took.
 */
export function relayOnce(database: Database, pubsub: PubSub, consumers: readonly Consumer[]): Promise<number> {
  const session = { domain: 'platform', tenantId: null, userId: null, requestId: 'relay' };
  return database.transaction(session, async (tx) => {
    // One after the other, so that the order in which events are published is that of their positions.
    await tx.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
    const rows = await tx.query<OutboxRow>(
      `SELECT id, tenant_id, type, op, entity_ids, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at
       FROM kit.outbox ORDER BY id LIMIT ${BATCH} FOR UPDATE`,
      [],
      'take_outbox',
    );
    if (rows.length === 0) return 0;
    const kept = await tx.query<{ id: string; position: string }>(
      `INSERT INTO kit.event (outbox_id, tenant_id, type, op, entity_ids, at)
       SELECT id, tenant_id, type, op, entity_ids, at FROM kit.outbox WHERE id = ANY($1::bigint[]) ORDER BY id
       RETURNING outbox_id AS id, position`,
      [rows.map((row) => row.id)],
      'keep_events',
    );
    const positions = new Map(kept.map(({ id, position }) => [id, position]));
    await pubsub.publish(rows.flatMap((row) => eventsOf(row, positions.get(row.id) ?? '')));
    await addJobs(
      tx,
      rows.flatMap((row) => jobsOf(row, consumers)),
    );
    await tx.query('DELETE FROM kit.outbox WHERE id = ANY($1::bigint[])', [rows.map((row) => row.id)], 'clear_outbox');
    return rows.length;
  });
}

function eventsOf(row: OutboxRow, position: string): ChangeEvent[] {
  const ids = row.entity_ids ?? [null];
  return ids.map((entityId) => ({
    id: position,
    tenantId: row.tenant_id,
    type: row.type,
    op: row.op,
    entityId,
    at: row.at,
  }));
}

function jobsOf(row: OutboxRow, consumers: readonly Consumer[]): Job[] {
  const jobs = consumers
    .filter((consumer) => consumer.on === row.type && consumer.ops.includes(row.op))
    .map(
      (consumer): Job => ({
        identifier: 'consume',
        payload: { consumer: consumer.name, tenantId: row.tenant_id, ids: row.entity_ids ?? [], eventId: row.id },
        key: `${consumer.name}:${row.id}`,
        queue: null,
      }),
    );
  const tasks = row.type === TASK_EVENT && row.op === 'created' ? (row.entity_ids ?? []) : [];
  return [
    ...jobs,
    ...tasks.map(
      (taskId): Job => ({
        identifier: 'task',
        payload: { taskId, tenantId: row.tenant_id },
        key: `task:${taskId}`,
        // Two imports of one file at once would not see each other's documents.
        queue: `tasks of ${row.tenant_id}`,
      }),
    ),
  ];
}

async function addJobs(tx: Tx, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  const unique = [...new Map(jobs.map((job) => [job.key, job])).values()];
  await tx.as('queue', () =>
    tx.query(
      `SELECT 1 FROM graphile_worker.add_jobs(ARRAY(
         SELECT row(identifier, payload::json, queue, NULL, 10, key, NULL, NULL)::graphile_worker.job_spec
         FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS job (identifier, payload, key, queue)))`,
      [
        unique.map((job) => job.identifier),
        unique.map((job) => JSON.stringify(job.payload)),
        unique.map((job) => job.key),
        unique.map((job) => job.queue),
      ],
      'add_jobs',
    ),
  );
}

/** Forgets events that no reader goes back to any more. */
function forgetOldEvents(database: Database): Promise<unknown> {
  return database.transaction({ domain: 'platform', tenantId: null, userId: null, requestId: 'relay' }, (tx) =>
    tx.query(`DELETE FROM kit.event WHERE told_at < now() - interval '${KEPT_MINUTES} minutes'`),
  );
}

const IDLE_MS = 1_000;
const FORGET_EVERY_MS = 60_000;
const FAILED_MS = 1_000;

/** Runs the relay until it is stopped. `wake` makes it look at once; without it, it looks every second. */
export function startRelay(database: Database, pubsub: PubSub, consumers: readonly Consumer[]) {
  let stopped = false;
  let woken = false;
  let forgetAt = Date.now() + FORGET_EVERY_MS;
  let wakeUp: (() => void) | undefined;
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      if (woken || stopped) return resolve();
      const timer = setTimeout(resolve, ms);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = (async () => {
    while (!stopped) {
      woken = false;
      try {
        if (Date.now() > forgetAt) {
          forgetAt = Date.now() + FORGET_EVERY_MS;
          await forgetOldEvents(database);
        }
        if ((await relayOnce(database, pubsub, consumers)) < BATCH) await rest(IDLE_MS);
      } catch (error) {
        log.error({ err: error }, 'The outbox relay failed; it tries again');
        woken = false;
        await rest(FAILED_MS);
      }
    }
  })();
  const wake = () => {
    woken = true;
    wakeUp?.();
  };
  return {
    wake,
    async stop() {
      stopped = true;
      wake();
      await loop;
    },
  };
}
