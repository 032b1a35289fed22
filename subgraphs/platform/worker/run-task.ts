import type { Caller } from '@valeo/kit/caller.ts';
import { newId } from '@valeo/kit/ids.ts';
import { log } from '@valeo/kit/log.ts';
import type { Services } from '@valeo/kit/services.ts';
import { type Sentence, TaskFault, type TaskRun } from '@valeo/kit/task.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { describeTrace } from '@valeo/kit/trace.ts';
import { GraphQLError } from 'graphql';
import { TASKS } from '../task/kinds.ts';
import type { LocalGraph } from './local-graph.ts';

interface StoredTask {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly payload: unknown;
  readonly dry_run: boolean;
  readonly attempts: number;
  readonly cancel_requested: boolean;
  readonly user_id: string | null;
  readonly permissions: Caller['permissions'];
  readonly locale: Caller['locale'];
}

/** The user stopped the task; not a failure. */
class Cancelled extends Error {}

/** Another worker has the task, since this one was silent for too long: from now on this one must not touch anything. */
class TakenOver extends Error {}

const PROGRESS_EVERY_MS = 250;

/** Names of the kinds in notifications. */
const TITLES: Readonly<Record<string, Sentence>> = {
  IMPORT_SALES: { de: 'Import der Verkaufsbelege', en: 'Import of sales documents' },
};

/**
 * Does one task. A task that is not waiting any more (done, cancelled, or begun by nobody) is left alone, so a job that is
 * delivered twice does no harm. Throws when the queue shall try again.
 */
export async function runTask(services: Services, graph: LocalGraph, tenantId: string, taskId: string): Promise<void> {
  const write = <T>(userId: string | null, work: (tx: Tx) => Promise<T>) =>
    services.database
      .transaction({ domain: 'platform', tenantId, userId, requestId: `task ${taskId}` }, work)
      .finally(services.committed);

  const task = await write(null, (tx) => begin(tx, taskId));
  const kind = task && TASKS.get(task.kind);
  if (!task || !kind) return;
  describeTrace({ 'task.kind': task.kind, 'task.attempt': task.attempts });
  const caller: Caller = {
    tenantId,
    userId: task.user_id,
    clientId: null,
    sessionId: null,
    permissions: task.permissions,
    locale: task.locale,
    budget: null,
  };
  const finish = (status: string, fields: { result?: object; error?: string }) =>
    write(task.user_id, async (tx) => {
      await guard(tx);
      await end(tx, task, status, fields);
    });
  const guard = guardOf(task);
  try {
    const run = taskRun(services, graph, caller, task, guard, (work) => write(task.user_id, work));
    await finish('SUCCEEDED', { result: await kind.run(run, task.payload) });
  } catch (error) {
    // The queue as well goes on with who has the task: a failure of anybody else means nothing to it, an end would.
    if (error instanceof TakenOver) throw error;
    if (error instanceof Cancelled) return void (await finish('CANCELLED', {}));
    if (error instanceof TaskFault) return void (await finish('FAILED', { error: error.sentence[task.locale] }));
    log.error({ err: error, taskId, kind: task.kind, attempt: task.attempts }, 'A task failed');
    if (isFinal(error) || task.attempts >= kind.maxAttempts)
      return void (await finish('FAILED', { error: (error as Error).message }));
    throw error;
  }
}

/** What the graph has refused for good, such as a missing right, is not better the next time. */
const isFinal = (error: unknown): boolean => error instanceof GraphQLError && error.extensions.retryable === false;

/** What a worker does for a task, in transactions, and what takes it from him exclude each other. */
const LOCK_KEY = 'hashtextextended($1, 0)';

async function begin(tx: Tx, taskId: string): Promise<StoredTask | undefined> {
  await tx.query(`SELECT pg_advisory_xact_lock(${LOCK_KEY})`, [taskId]);
  const [task] = await tx.query<StoredTask>(
    `UPDATE platform.task SET status = 'RUNNING', attempts = attempts + 1, started_at = coalesce(started_at, now()), version = version + 1, updated_at = now()
     WHERE id = $1 AND status IN ('QUEUED', 'RUNNING') RETURNING *`,
    [taskId],
  );
  return task;
}

/** Ends what would be written for an attempt that is not the last any more. */
const guardOf =
  ({ id, attempts }: StoredTask) =>
  (tx: Tx): Promise<void> =>
    tx.as('platform', async () => {
      await tx.query(`SELECT pg_advisory_xact_lock_shared(${LOCK_KEY})`, [id]);
      const [mine] = await tx.query(
        `SELECT 1 FROM platform.task WHERE id = $1 AND attempts = $2 AND status = 'RUNNING'`,
        [id, attempts],
      );
      if (!mine) throw new TakenOver(`The task ${id} was taken over from its attempt ${attempts}`);
    });

/** Ends as failed what the queue does not deliver any more, because each time its worker ended in the middle of it. */
export async function giveUpTask(services: Services, tenantId: string, taskId: string): Promise<void> {
  const session = { domain: 'platform', tenantId, userId: null, requestId: `task ${taskId}` };
  await services.database.transaction(session, async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(${LOCK_KEY})`, [taskId]);
    const [task] = await tx.query<StoredTask>(
      `SELECT * FROM platform.task WHERE id = $1 AND status IN ('QUEUED', 'RUNNING') FOR UPDATE`,
      [taskId],
    );
    if (!task) return;
    await end(tx, task, task.cancel_requested ? 'CANCELLED' : 'FAILED', { error: givenUp(task)[task.locale] });
  });
  services.committed();
}

const givenUp = ({ attempts }: StoredTask) => ({
  de: `Die Aufgabe wurde ${attempts}-mal begonnen, und ihr Arbeitsprozess endete jedes Mal, bevor sie fertig war. Sie wird nicht weiter versucht.`,
  en: `The task was begun ${attempts} times, and its worker ended each time before it was done. It is not tried any more.`,
});

async function end(
  tx: Tx,
  task: StoredTask,
  status: string,
  { result, error }: { result?: object; error?: string },
): Promise<void> {
  await tx.query(
    `UPDATE platform.task SET status = $2, result = $3, error = $4, progress = CASE $2 WHEN 'SUCCEEDED' THEN 1 ELSE progress END,
       finished_at = now(), version = version + 1, updated_at = now() WHERE id = $1`,
    [task.id, status, result ? JSON.stringify(result) : null, error ?? null],
  );
  if (status === 'CANCELLED' || !task.user_id) return;
  const title = TITLES[task.kind]?.[task.locale] ?? task.kind;
  const outcome =
    status === 'SUCCEEDED' ? { de: 'ist fertig', en: 'is done' } : { de: 'ist fehlgeschlagen', en: 'has failed' };
  await tx.query(
    'INSERT INTO platform.notification (id, tenant_id, user_id, kind, title, body, link) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [
      newId(),
      tx.tenantId,
      task.user_id,
      status === 'SUCCEEDED' ? 'SUCCESS' : 'ERROR',
      `${title} ${outcome[task.locale]}`,
      error ?? null,
      '/tasks',
    ],
  );
}

function taskRun(
  services: Services,
  graph: LocalGraph,
  caller: Caller,
  task: StoredTask,
  guard: (tx: Tx) => Promise<void>,
  write: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
): TaskRun {
  let lastWrite = 0;
  return {
    taskId: task.id,
    caller,
    services,
    dryRun: task.dry_run,
    graph: (operation, variables) => graph.ask(caller, operation, variables, `task ${task.id}`, guard),
    async progress(share, message) {
      if (share < 1 && Date.now() - lastWrite < PROGRESS_EVERY_MS) return;
      lastWrite = Date.now();
      const [row] = await write((tx) =>
        tx.query<{ cancel_requested: boolean }>(
          `UPDATE platform.task SET progress = $2, message_de = $3, message_en = $4, version = version + 1, updated_at = now()
           WHERE id = $1 AND attempts = $5 AND status = 'RUNNING' RETURNING cancel_requested`,
          [task.id, Math.min(1, Math.max(0, share)), message.de, message.en, task.attempts],
        ),
      );
      if (!row) throw new TakenOver(`The task ${task.id} was taken over from its attempt ${task.attempts}`);
      if (row.cancel_requested) throw new Cancelled();
    },
    async *openFile(fileId) {
      for (let position = 0; ; position++) {
        const [chunk] = await write((tx) =>
          tx.query<{ content: Uint8Array }>(
            'SELECT content FROM platform.file_chunk WHERE file_id = $1 AND position = $2',
            [fileId, position],
            'read_chunk',
          ),
        );
        if (!chunk) return;
        yield chunk.content;
      }
    },
  };
}
