import { randomUUID } from 'node:crypto';
import { openDatabase } from '@valeo/deploy/commands/open-database.ts';
import { Installation, makePlace, type Place } from '@valeo/deploy/testing/installation.ts';
import { postEntries } from '@valeo/finance/ledger/ledger.ts';
import { LoadClient, rate, times } from './client.ts';
import { measureFirstLoad } from './first-load.ts';
import { measureFrames } from './frames.ts';
import { measureGateway } from './gateway/measure.ts';
import { measureLighthouse } from './lighthouse.ts';
import { measureMixed } from './mixed.ts';
import { measurePages } from './pages.ts';
import { measureRepeatStart } from './repeat-start.ts';
import { type Figure, writeReport } from './report.ts';

/**
 * `npm run bench`: measures an installation of its own in a folder for temporary files, from the import of the real year on,
 * and writes `bench-results.json` and `docs/benchmarks.md`. With `VALEO_DATA_DIR` and the ports of an installation that runs
 * already, that one is measured instead. Nothing leaves the machine.
 */

const READY = /^VALEO NeuroERP ready: (\S+) (\S+)$/m;
const SECONDS = 8;
const DEMO = { email: 'demo@valeo.example', password: 'demo-valeo-2026' };

const figures: Figure[] = [];
function tell(name: string, value: number, unit: string, target = '', reached: boolean | null = null): void {
  figures.push({ name, value, unit, target, reached });
  console.log(`${name}: ${value} ${unit}${target && ` (target ${target})`}`);
}

async function measureReads(client: LoadClient, year: (query: string) => string): Promise<void> {
  const total = (
    await client.ask<{ salesInvoices: { totalCount: number } }>('{ salesInvoices(first: 1) { totalCount } }')
  ).salesInvoices.totalCount;
  const page = year('first: 50, at: $at');
  const places: [string, number][] = [
    ['first page', 0],
    ['jump to the middle', Math.floor(total / 2)],
    ['jump to the end', total - 50],
  ];
  for (const [name, at] of places) {
    const { p50, p95 } = await times(100, (run) => client.ask(page, { at: Math.max(0, at - (run % 20)) }));
    tell(`List of ${total} invoices, ${name}, p50`, p50, 'ms');
    tell(`List of ${total} invoices, ${name}, p95`, p95, 'ms', '<= 50 ms', p95 <= 50);
  }
  const partners = await client.ask<{ businessPartners: { edges: { node: { id: string } }[] } }>(
    '{ businessPartners(first: 200) { edges { node { id } } } }',
  );
  const ids = partners.businessPartners.edges.map(({ node }) => node.id);
  const federated = await times(100, (run) =>
    client.ask(
      `query ($id: ID!) { businessPartner(id: $id) { name salesInvoices(first: 20) { totalCount edges { node { number gross { amount } lines { article { sku name } quantity } } } }
        openItems(first: 20) { totalCount edges { node { openAmount { amount } dueOn } } } } }`,
      { id: ids[run % ids.length] },
    ),
  );
  tell('Partner with invoices, lines, articles and open items over four subgraphs, p95', federated.p95, 'ms');
  const balance = await times(50, () =>
    client.ask('{ trialBalance(fiscalYear: 2011) { account { number } balance } }'),
  );
  tell('Trial balance of the year, p95', balance.p95, 'ms', '<= 50 ms', balance.p95 <= 50);
}

async function measurePostings(graphUrl: string): Promise<void> {
  const email = `bench-${randomUUID()}@valeo.example`;
  const client = await LoadClient.signUp(graphUrl, {
    companyName: 'Messung',
    email,
    password: randomUUID(),
    locale: 'de',
  });
  const { viewer } = await client.ask<{ viewer: { id: string; company: { id: string } } }>(
    '{ viewer { id company { id } } }',
  );
  const entry = (run: number) => ({
    postedOn: `2026-0${1 + (run % 9)}-15`,
    text: 'Messung',
    reference: `M${run}`,
    lines: [
      { account: '4930', debit: '100.00' },
      { account: '1200', credit: '100.00' },
    ],
  });
  const POST = 'mutation ($input: PostJournalEntriesInput!) { postJournalEntries(input: $input) { errors { code } } }';
  const post = (run: number, size: number) =>
    client
      .ask(POST, { input: { entries: Array.from({ length: size }, () => entry(run)), idempotencyKey: randomUUID() } })
      .then(() => size);
  const single = await rate(16, SECONDS, (run) => post(run, 1));
  const bulk = await rate(4, SECONDS, (run) => post(run, 1000));

  const { database } = openDatabase();
  const session = { domain: 'finance', tenantId: viewer.company.id, userId: viewer.id, requestId: 'bench' };
  const draft = (run: number) => ({
    postedOn: entry(run).postedOn,
    text: 'Messung',
    reference: `D${run}`,
    source: { type: 'manual', id: null },
    lines: [
      { to: { account: '4930' }, side: 'debit' as const, amount: 10_000n },
      { to: { account: '1200' }, side: 'credit' as const, amount: 10_000n },
    ],
  });
  const straightly = (size: number) => async (run: number) => {
    const result = await database.transaction(session, (tx) =>
      postEntries(
        tx,
        Array.from({ length: size }, () => draft(run)),
      ),
    );
    if (!result.ok) throw new Error(result.code);
    return size;
  };
  const straight = await rate(1, SECONDS, straightly(1000));
  await Promise.all([client.close(), database.close()]);

  tell('Journal entries one a request, 16 at a time', single, '/s', '>= 800 /s', single >= 800);
  tell('Journal entries 1,000 a request, 4 at a time', bulk, '/s', '>= 20,000 /s', bulk >= 20_000);
  tell('Journal entries straight into the database, 1,000 a transaction', straight, '/s');
  const share = Math.round((100 * bulk) / straight);
  tell('Journal entries through the graph, of straight', share, '%', '>= 40 %', share >= 40);
}

async function importSeconds(client: LoadClient): Promise<number> {
  const { tasks } = await client.ask<{ tasks: { edges: { node: { startedAt: string; finishedAt: string } }[] } }>(
    '{ tasks(first: 1, filter: { kind: { eq: IMPORT_SALES }, status: { eq: SUCCEEDED } }, orderBy: [{ field: CREATED_AT, direction: ASC }]) { edges { node { startedAt finishedAt } } } }',
  );
  const [task] = tasks.edges;
  return task ? (Date.parse(task.node.finishedAt) - Date.parse(task.node.startedAt)) / 1000 : 0;
}

async function measure(webUrl: string, graphUrl: string): Promise<void> {
  const client = await LoadClient.signIn(graphUrl, DEMO.email, DEMO.password);
  const imported = Math.round((await importSeconds(client)) * 10) / 10;
  tell(
    'Import of the real year, 541,909 lines, while the rest of the installation starts',
    imported,
    's',
    '<= 60 s',
    imported <= 60,
  );
  await measureReads(
    client,
    (paging) =>
      `query ($at: Int) { salesInvoices(${paging}) { edges { cursor node { id number externalNumber issuedOn customer { id name } net { amount } gross { amount } openAmount { amount } status paymentStatus } } totalCount } }`,
  );
  await client.close();
  await measureMixed(graphUrl, DEMO, tell, TEST_LONG === '1' ? 300 : 60);
  await measurePostings(graphUrl);
  await measureFirstLoad(webUrl, DEMO, tell);
  await measureFrames(webUrl, tell);
  await measurePages(webUrl, DEMO, tell);
  await measureRepeatStart(webUrl, DEMO, tell);
  await measureLighthouse(webUrl, DEMO, tell);
}

async function started(
  place: Place,
): Promise<{ installation: Installation; webUrl: string; graphUrl: string; seconds: number }> {
  const startedAt = performance.now();
  const installation = new Installation(place.env, 'embedded/start.ts');
  const [, webUrl = '', graphUrl = ''] = await installation.printed(READY);
  return { installation, webUrl, graphUrl, seconds: Math.round((performance.now() - startedAt) / 100) / 10 };
}

async function stop(installation: Installation): Promise<void> {
  installation.child.kill('SIGTERM');
  await installation.exit;
}

const { PORT, GATEWAY_PORT, VALEO_DATA_DIR, TEST_LONG } = process.env;
// What was measured before something failed is kept all the same.
try {
  await measureGateway(tell, TEST_LONG === '1');
  if (PORT && GATEWAY_PORT && VALEO_DATA_DIR) {
    await measure(`http://localhost:${PORT}`, `http://127.0.0.1:${GATEWAY_PORT}/graphql`);
  } else {
    const place = await makePlace();
    try {
      const first = await started(place);
      tell(
        'First start with packages installed, demo data included',
        first.seconds,
        's',
        '<= 180 s',
        first.seconds <= 180,
      );
      Object.assign(process.env, place.env);
      try {
        await measure(first.webUrl, first.graphUrl);
      } finally {
        await stop(first.installation);
      }
      const second = await started(place);
      await stop(second.installation);
      tell('Second start', second.seconds, 's', '<= 10 s', second.seconds <= 10);
    } finally {
      await place.remove();
    }
  }
} finally {
  writeReport(figures);
}
process.exit(0);
