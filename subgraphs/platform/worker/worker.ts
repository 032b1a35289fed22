import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchedConnection } from '@valeo/kit/connection.ts';
import { keepAnchors } from '@valeo/kit/list-anchors.ts';
import { listenPostgres } from '@valeo/kit/listen-postgres.ts';
import { log } from '@valeo/kit/log.ts';
import type { Services } from '@valeo/kit/services.ts';
import { openSubgraph, type SubgraphDefinition } from '@valeo/kit/subgraph.ts';
import { traceBackground } from '@valeo/kit/trace.ts';
import { Logger, type LogLevel, run, runMigrations, type WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import { LocalGraph } from './local-graph.ts';
import { startRelay } from './relay.ts';
import { giveUpTask, runTask } from './run-task.ts';

interface TaskJob {
  readonly taskId: string;
  readonly tenantId: string;
}

interface ConsumerJob {
  readonly consumer: string;
  readonly tenantId: string;
  readonly ids: string[];
  readonly eventId: string;
}

export interface WorkerOptions {
  readonly services: Services;
  readonly definitions: readonly SubgraphDefinition[];
  /** Of `valeo_app`; the queue takes on its own role. */
  readonly databaseUrl: string;
  readonly concurrency?: number;
  /** Channel on which other processes tell that the outbox has rows. */
  readonly outboxChannel: string;
}

/** The queue tells every job it did; that is for those who look for it. */
const LEVELS: Readonly<Record<LogLevel, 'error' | 'warn' | 'debug'>> = {
  error: 'error',
  warning: 'warn',
  info: 'debug',
  debug: 'debug',
};
const queueLogger = new Logger(() => (level, message) => log[LEVELS[level]](message));

const QUEUE_ANSWER_MS = 60_000;
const PULSE_MS = 3_000;
const ANCHORS_MS = 2_000;
const SILENT_AFTER_SECONDS = 12;

/** Keeps long lists counted in blocks, so that a jump into them stays short. */
function startAnchors(services: Services, definitions: readonly SubgraphDefinition[]) {
  const stopped = new AbortController();
  const { signal } = stopped;
  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      const more = await keepAnchors(services.database, definitions).catch((error) => {
        log.error({ err: error }, 'Long lists could not be counted');
        return false;
      });
      if (!more) await sleep(ANCHORS_MS, undefined, { signal }).catch(() => {});
    }
  };
  const done = loop();
  return {
    async stop(): Promise<void> {
      stopped.abort();
      await done;
    },
  };
}

/** The outbox relay and the workers of the task queue. Any number of these processes share the work. */
export async function startWorker({
  services,
  definitions,
  databaseUrl,
  concurrency = 4,
  outboxChannel,
}: WorkerOptions) {
  const subgraphs = definitions.map((definition) => openSubgraph(definition, services));
  const graph = new LocalGraph(subgraphs);
  const consumers = definitions.flatMap((definition) =>
    (definition.consumers ?? []).map((consumer) => ({ domain: definition.name, consumer })),
  );

  const pgPool = new pg.Pool({
    ...watchedConnection,
    connectionString: databaseUrl,
    // Its own migrations may take longer than a statement of ours.
    query_timeout: QUEUE_ANSWER_MS,
    max: concurrency + 3,
    options: '-c role=valeo_queue',
    application_name: 'valeo-queue',
  });
  // Broken connections are replaced; without listeners they would end the process.
  pgPool.on('error', () => {});
  pgPool.on('connect', (client) => client.on('error', () => {}));
  await runMigrations({ pgPool });

  const workerIds = new Set<string>();
  const events: WorkerEvents = new EventEmitter();
  // Jobs are locked in the name of the pool that its workers share.
  events.on('pool:create', ({ workerPool }) => workerIds.add(workerPool.id));
  const runner = await run({
    pgPool,
    events,
    concurrency,
    pollInterval: 1_000,
    noHandleSignals: true,
    logger: queueLogger,
    parsedCronItems: [],
    taskList: {
      task: (payload) => {
        const { taskId, tenantId } = payload as TaskJob;
        return traceBackground('task', { 'task.id': taskId }, () => runTask(services, graph, tenantId, taskId));
      },
      consume: async (payload) => {
        const { consumer: name, tenantId, ids, eventId } = payload as ConsumerJob;
        const found = consumers.find(({ consumer }) => consumer.name === name);
        if (!found) return;
        await traceBackground('consume', { 'messaging.consumer.name': name, 'messaging.message.id': eventId }, () =>
          services.database.transaction(
            { domain: found.domain, tenantId, userId: null, requestId: `event ${eventId}` },
            (tx) => found.consumer.run(tx, ids),
          ),
        );
        services.committed();
      },
    },
  });
  const pulse = startPulse(services, pgPool, workerIds);

  const relay = startRelay(
    services.database,
    services.pubsub,
    consumers.map(({ consumer }) => consumer),
  );
  const anchors = startAnchors(services, definitions);
  // Other processes tell that they have committed; what they told while nobody listened is looked for.
  const listener = await listenPostgres({
    url: databaseUrl,
    applicationName: 'valeo-relay',
    channel: outboxChannel,
    heard: relay.wake,
    connected: (is) => is && relay.wake(),
  });
  return {
    async stop() {
      await listener.stop();
      await anchors.stop();
      await relay.stop();
      await runner.stop().finally(pulse.stop);
      await pgPool.end();
    },
  };
}

/** Jobs of a worker that was killed would stay locked for hours; the living give them back within seconds. */
function startPulse(services: Services, pgPool: pg.Pool, workerIds: ReadonlySet<string>) {
  const session = { domain: 'platform', tenantId: null, userId: null, requestId: 'pulse' };
  const beat = async () => {
    const silent = await services.database.transaction(session, async (tx) => {
      await tx.query(
        'INSERT INTO platform.worker_pulse (worker_id) SELECT unnest($1::text[]) ON CONFLICT (worker_id) DO UPDATE SET seen_at = now()',
        [[...workerIds]],
      );
      return tx.query<{ worker_id: string }>(
        `DELETE FROM platform.worker_pulse WHERE seen_at < now() - make_interval(secs => ${SILENT_AFTER_SECONDS}) RETURNING worker_id`,
      );
    });
    if (silent.length > 0) {
      await pgPool.query('SELECT graphile_worker.force_unlock_workers($1)', [silent.map((row) => row.worker_id)]);
      log.warn({ workers: silent.length }, 'Jobs of silent workers were given back');
    }
    await giveUp(services, pgPool);
  };
  const safely = () => beat().catch((error) => log.error({ err: error }, 'The pulse of the workers failed'));
  const underWay = new Set<Promise<void>>();
  const begin = () => {
    const beating = safely().finally(() => underWay.delete(beating));
    underWay.add(beating);
  };
  begin();
  const timer = setInterval(begin, PULSE_MS);
  const leave = async () => {
    const ids = [...workerIds];
    await pgPool.query('SELECT graphile_worker.force_unlock_workers($1)', [ids]);
    await services.database.transaction(session, (tx) =>
      tx.query('DELETE FROM platform.worker_pulse WHERE worker_id = ANY($1)', [ids]),
    );
  };
  return {
    /** For workers that have stopped; with a pulse left behind, they would be taken for silent ones. */
    async stop(): Promise<void> {
      clearInterval(timer);
      await Promise.all(underWay);
      await leave().catch((error) => log.warn({ err: error }, 'The pulse of the workers could not be taken back'));
    },
  };
}

/** Tasks that the queue does not deliver any more end as failed: nobody else would ever end them. */
async function giveUp(services: Services, pgPool: pg.Pool): Promise<void> {
  const { rows } = await pgPool.query<{ id: string; payload: TaskJob }>(
    `SELECT job.id, job.payload FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks kind ON kind.id = job.task_id
     WHERE kind.identifier = 'task' AND job.attempts >= job.max_attempts AND job.locked_at IS NULL`,
  );
  for (const { id, payload } of rows) {
    await giveUpTask(services, payload.tenantId, payload.taskId);
    await pgPool.query('SELECT graphile_worker.complete_jobs(ARRAY[$1::bigint])', [id]);
    log.warn({ taskId: payload.taskId }, 'A task was given up, since its worker ended each time');
  }
}
