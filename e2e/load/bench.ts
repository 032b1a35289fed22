import { randomUUID } from 'node:crypto';
import { openDatabase } from '@valeo/deploy/commands/open-database.ts';
import { Installation, makePlace, type Place } from '@valeo/deploy/testing/installation.ts';
import { postEntries } from '@valeo/finance/ledger/ledger.ts';
import { today } from '@valeo/kit/day.ts';
import { LoadClient, rate, times } from './client.ts';
import { measureFarRows } from './far-rows.ts';
import { measureFirstLoad } from './first-load.ts';
import { measureFrames } from './frames.ts';
import { compareGateways } from './gateway/compare.ts';
import { federationAudit } from './gateway/federation-audit.ts';
import { measureHostile } from './gateway/hostile.ts';
import { overHttpAudit } from './gateway/over-http.ts';
import { countRightAnswers } from './gateway/right-answers.ts';
import { soak } from './gateway/soak.ts';
import { measureLighthouse } from './lighthouse.ts';
import { measureMixed } from './mixed.ts';
import { measurePages } from './pages.ts';
import { measurePalette } from './palette.ts';
import { measureRepeatStart } from './repeat-start.ts';
import { type Chapter, type Figure, type Measured, writeReport } from './report.ts';

/**
 * `npm run bench`: measures an installation of its own in a folder for temporary files, from the import of the real year on,
 * and writes `bench-results.json` and `docs/benchmarks.md`. Names of parts as arguments renew only those. With `VALEO_DATA_DIR` and the
 * ports of an installation that runs already, that one is measured instead. Nothing leaves the machine.
 */

const READY = /^VALEO NeuroERP ready: (\S+) (\S+)$/m;
const SECONDS = 8;
const DEMO = { email: 'demo@valeo.example', password: 'demo-valeo-2026' };
const isLong = process.env.TEST_LONG === '1';

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

interface Addresses {
  readonly webUrl: string;
  readonly graphUrl: string;
}

/** Parts that need nothing but themselves. */
const alone: Record<string, (tell: Tell) => Promise<void>> = {
  gateways: compareGateways,
  answers: async (tell) => {
    await federationAudit(tell);
    await overHttpAudit(tell);
    countRightAnswers(tell);
  },
  hostile: (tell) => measureHostile(tell, isLong ? 100_000 : 6_000),
  soak: (tell) => soak(tell, isLong ? 60 : 3),
};

/** Parts that look at a running installation. */
const installed: Record<string, (tell: Tell, addresses: Addresses) => Promise<void>> = {
  import: measureImport,
  reads: measureReads,
  mixed: (tell, { graphUrl }) => measureMixed(graphUrl, DEMO, tell, isLong ? 300 : 60),
  postings: measurePostings,
  'far-rows': (tell, { graphUrl }) => measureFarRows(tell, graphUrl, isLong ? 10_000_000 : 1_000_000),
  'first-load': (tell, { webUrl }) => measureFirstLoad(webUrl, DEMO, tell),
  frames: (tell, { webUrl }) => measureFrames(webUrl, tell),
  pages: (tell, { webUrl }) => measurePages(webUrl, DEMO, tell),
  palette: (tell, { webUrl }) => measurePalette(webUrl, DEMO, tell),
  'repeat-start': (tell, { webUrl }) => measureRepeatStart(webUrl, DEMO, tell),
  lighthouse: (tell, { webUrl }) => measureLighthouse(webUrl, DEMO, tell),
};

/** The report, in its order. */
const chapters: Record<string, Chapter> = {
  gateways: {
    title: 'Gateways side by side',
    note: `Over the same four subgraphs behind HTTP, in turns, each with other variables in each request, 16 clients, and a processor of its own: ours as
\`pnpm gateway\` starts it, the stock one (@apollo/server with @apollo/gateway), Hive gateway with its own and with its Rust planner, Mercurius with compiled operations, and for the deepest
operation no gateway but a plan written by hand in plain Node. All give the same answers, which is checked first. Those that the project does not use are installed
into a folder of their own from the package registry, and left out where it cannot be reached.`,
  },
  answers: {
    title: 'Right answers',
    note: 'The federation audit runs where `FEDERATION_AUDIT_URL` names a server of it (`npm start serve` in a checkout of graphql-hive/federation-gateway-audit).',
  },
  hostile: { title: 'Hostile requests', note: 'Beside honest users; 100,000 of them with `TEST_LONG=1`.' },
  soak: { title: 'Memory under steady load', note: 'Three minutes; an hour with `TEST_LONG=1`.' },
  start: { title: 'Starting' },
  import: { title: 'Import' },
  reads: {
    title: 'Reading',
    note: 'Times are taken by an API client over HTTP on the same machine, one request after the other.',
  },
  mixed: {
    title: 'Many sessions at once',
    note: '10,000 sessions with one of 50 typical operations every 20 seconds, one in ten a write; a minute, five with `TEST_LONG=1`.',
  },
  postings: {
    title: 'Posting',
    note: '"Straight" is the same ledger code on the same database without HTTP and gateway.',
  },
  'far-rows': {
    title: 'Jumping into long lists',
    note: 'Pages at random row numbers, beside the same pages of a list of 10,000. One million rows; ten million with `TEST_LONG=1`.',
  },
  'first-load': {
    title: 'JavaScript of a first visit',
    note: 'All that a browser fetches from the navigation until 1.5 s after the first row of data (without rows: after the page was loaded), gzip.',
  },
  pages: {
    title: 'First visits on a slow phone',
    note: '4x CPU slow-down, 1.6 Mbit/s, 150 ms to the server and back.',
  },
  frames: { title: 'Scrolling', note: 'Main-thread CPU of a frame, from a trace, in a list of thirty columns.' },
  palette: { title: 'Ctrl+K', note: 'From the key until its list was painted, on a desk.' },
  'repeat-start': { title: 'Repeat start from the service worker' },
  lighthouse: { title: 'Lighthouse', note: 'Mobile preset, beside the bare page of the same build.' },
};

const measured: Record<string, Measured> = {};

/** Measures one part; what was measured before something failed is kept. */
async function measurePart(part: string, measure: (tell: Tell) => Promise<void>): Promise<void> {
  console.log(`\n== ${chapters[part]?.title}`);
  const figures: Figure[] = [];
  const startedAt = performance.now();
  try {
    await measure((name, value, unit, target = '', reached = null) => {
      figures.push({ name, value, unit, target, reached });
      console.log(`${name}: ${value} ${unit}${target && ` (target ${target})`}`);
    });
  } finally {
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    measured[part] = { date: today(), seconds, figures };
  }
}

async function measureReads(tell: Tell, { graphUrl }: Addresses): Promise<void> {
  const client = await LoadClient.signIn(graphUrl, DEMO.email, DEMO.password);
  const total = (
    await client.ask<{ salesInvoices: { totalCount: number } }>('{ salesInvoices(first: 1) { totalCount } }')
  ).salesInvoices.totalCount;
  const page = `query ($at: Int) { salesInvoices(first: 50, at: $at) { edges { cursor node { id number externalNumber issuedOn customer { id name } net { amount }
    gross { amount } openAmount { amount } status paymentStatus } } totalCount } }`;
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
  await client.close();
}

async function measurePostings(tell: Tell, { graphUrl }: Addresses): Promise<void> {
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

async function measureImport(tell: Tell, { graphUrl }: Addresses): Promise<void> {
  const client = await LoadClient.signIn(graphUrl, DEMO.email, DEMO.password);
  const { tasks } = await client.ask<{ tasks: { edges: { node: { startedAt: string; finishedAt: string } }[] } }>(
    '{ tasks(first: 1, filter: { kind: { eq: IMPORT_SALES }, status: { eq: SUCCEEDED } }, orderBy: [{ field: CREATED_AT, direction: ASC }]) { edges { node { startedAt finishedAt } } } }',
  );
  await client.close();
  const task = tasks.edges[0]?.node;
  if (!task) return;
  const seconds = Math.round((Date.parse(task.finishedAt) - Date.parse(task.startedAt)) / 100) / 10;
  const name = 'The real year, 541,909 lines, while the rest of the installation starts';
  tell(name, seconds, 's', '<= 60 s', seconds <= 60);
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

/** Looks at an installation that runs already, or at one that is started for it and started once more at the end. */
async function measureInstalled(parts: readonly string[]): Promise<void> {
  const measureAll = async (addresses: Addresses) => {
    for (const part of parts) {
      const measure = installed[part];
      if (measure) await measurePart(part, (tell) => measure(tell, addresses));
    }
  };
  const { PORT, GATEWAY_PORT, VALEO_DATA_DIR } = process.env;
  if (PORT && GATEWAY_PORT && VALEO_DATA_DIR) {
    return measureAll({ webUrl: `http://localhost:${PORT}`, graphUrl: `http://127.0.0.1:${GATEWAY_PORT}/graphql` });
  }
  const place = await makePlace();
  try {
    const first = await started(place);
    Object.assign(process.env, place.env);
    try {
      await measureAll(first);
    } finally {
      await stop(first.installation);
    }
    const second = await started(place);
    await stop(second.installation);
    await measurePart('start', async (tell) => {
      const name = 'First start with packages installed, demo data included';
      tell(name, first.seconds, 's', '<= 180 s', first.seconds <= 180);
      tell('Second start', second.seconds, 's', '<= 10 s', second.seconds <= 10);
    });
  } finally {
    await place.remove();
  }
}

const known = [...Object.keys(alone), ...Object.keys(installed)];
const asked = process.argv.slice(2);
const unknown = asked.filter((part) => !known.includes(part));
if (unknown.length > 0) {
  console.error(`Unknown part "${unknown.join('", "')}": use any of ${known.join(', ')}.`);
  process.exit(1);
}
const parts = asked.length > 0 ? asked : known;
try {
  for (const part of parts) if (alone[part]) await measurePart(part, alone[part]);
  const ofInstallation = parts.filter((part) => part in installed);
  if (ofInstallation.length > 0) await measureInstalled(ofInstallation);
} finally {
  writeReport(chapters, measured);
}
process.exit(0);
