import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDemoUsers, type DemoCompany } from '@valeo/identity/demo/create-demo-users.ts';
import type { Caller } from '@valeo/kit/caller.ts';
import { followSupervisor } from '@valeo/kit/follow-supervisor.ts';
import { PERMISSIONS } from '@valeo/kit/permissions.ts';
import { openSubgraph } from '@valeo/kit/subgraph.ts';
import type { TaskRun } from '@valeo/kit/task.ts';
import { seedAdventureWorks } from '@valeo/platform/demo/adventureworks.ts';
import { notifyLateOrders } from '@valeo/platform/demo/late-orders.ts';
import { seedNorthwind } from '@valeo/platform/demo/northwind.ts';
import { storeFile } from '@valeo/platform/file/store-file.ts';
import { LocalGraph } from '@valeo/platform/worker/local-graph.ts';
import { loadConfig, root } from './config.ts';
import { DEMO_COMPLETE } from './demo-complete.ts';
import { domains } from './domains.ts';
import { openServices } from './services.ts';

/**
 * Loads the demo companies and ends. The real year takes the path that any user's import takes: a stored file, a task, the
 * worker. Running it again, also after it was cut off, adds only what is missing.
 */

const POLL_MS = 300;
const YEAR = join(root, 'subgraphs', 'platform', 'demo', 'data', 'online_retail.csv.gz');

const START_IMPORT = `mutation ($input: StartTaskInput!) { startTask(input: $input) { task { id } error { message } } }`;
const TASK = `query ($id: ID!) { task(id: $id) { status progress message error result } }`;

interface ImportState {
  readonly status: string;
  readonly progress: number;
  readonly message: string | null;
  readonly error: string | null;
  readonly result: { readonly documents: number; readonly rejectedCount: number } | null;
}

followSupervisor(async () => {});
const services = await openServices(loadConfig(process.env), 'server');
const graph = new LocalGraph(domains.map((domain) => openSubgraph(domain, services)));
const companies = await createDemoUsers(services.database);
const wholesaler = ownerOf(companies.wholesaler);
// Two processors: the worker enters the year while this process enters the rest.
const northwind = ownerOf(companies.northwind, 'en');
await Promise.all([
  once(wholesaler, async (run) => {
    await Promise.all([importYear(wholesaler), seedAdventureWorks(run)]);
  }),
  once(northwind, async (run) => {
    await seedNorthwind(run);
    await notifyLateOrders(run);
  }),
]);
await services.close();
process.exit(0);

function ownerOf({ companyId, ownerId }: DemoCompany, locale: Caller['locale'] = 'de'): Caller {
  return {
    tenantId: companyId,
    userId: ownerId,
    clientId: null,
    sessionId: null,
    permissions: PERMISSIONS,
    locale,
    budget: null,
  };
}

/** Loads a company unless it says that it is complete; says so at the end. */
async function once(caller: Caller, load: (run: TaskRun) => Promise<void>): Promise<void> {
  const title = DEMO_COMPLETE[caller.locale];
  const { notifications } = await graph.ask<{ notifications: { totalCount: number } }>(
    caller,
    'query ($title: String) { notifications(first: 1, filter: { title: { eq: $title } }) { totalCount } }',
    { title },
    'demo',
  );
  if (notifications.totalCount > 0) return;
  await load(runFor(caller));
  const input = { kind: 'SUCCESS', title, link: '/' };
  await graph.ask(
    caller,
    'mutation ($input: CreateNotificationInput!) { createNotification(input: $input) { error { message } } }',
    { input },
    'demo',
  );
}

/** What a task of this company would run with, without the task. */
function runFor(caller: Caller): TaskRun {
  return {
    taskId: 'demo',
    caller,
    services,
    dryRun: false,
    graph: (operation, variables) => graph.ask(caller, operation, variables, 'demo'),
    progress: async () => {},
    openFile: () => {
      throw new Error('The demo companies have no uploads');
    },
  };
}

async function importYear(caller: Caller): Promise<void> {
  const session = { domain: 'platform', tenantId: caller.tenantId, userId: caller.userId, requestId: 'demo' };
  const idempotencyKey = 'demo-year';
  const existing = await graph.ask<{ tasks: { edges: { node: { id: string } & ImportState }[] } }>(
    caller,
    '{ tasks(first: 1, filter: { kind: { eq: IMPORT_SALES }, status: { ne: FAILED } }) { edges { node { id status } } } }',
    {},
    'demo',
  );
  let taskId = existing.tasks.edges[0]?.node.id;
  if (!taskId) {
    const file = await services.database.transaction(session, (tx) =>
      storeFile(tx, createReadStream(YEAR), {
        name: 'online_retail.csv.gz',
        contentType: 'application/gzip',
        userId: caller.userId,
      }),
    );
    const input = { kind: 'IMPORT_SALES', fileId: file.id, idempotencyKey: `${idempotencyKey} ${file.id}` };
    const { startTask } = await graph.ask<{
      startTask: { task: { id: string } | null; error: { message: string } | null };
    }>(caller, START_IMPORT, { input }, 'demo');
    if (!startTask.task) throw new Error(startTask.error?.message);
    taskId = startTask.task.id;
  }
  await finished(caller, taskId);
}

async function finished(caller: Caller, taskId: string): Promise<void> {
  let told = '';
  for (;;) {
    // The progress of a start is told in English, whatever the owner speaks.
    const { task } = await graph.ask<{ task: ImportState }>({ ...caller, locale: 'en' }, TASK, { id: taskId }, 'demo');
    if (task.status === 'FAILED' || task.status === 'CANCELLED') throw new Error(task.error ?? task.status);
    if (task.status === 'SUCCEEDED') return;
    const percent = `${Math.floor(task.progress * 10) * 10} %`;
    if (task.message && percent !== told) console.log(`Demo data: ${task.message}`);
    told = percent;
    await sleep(POLL_MS);
  }
}
