import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { type ExampleOperation, exampleQueries } from '../examples.ts';
import { LoadClient } from './client.ts';
import { percentile, rounded } from './gateway/requests.ts';

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

const SESSIONS = 10_000;
/** Seconds between two operations of one session. */
const THINKS_SECONDS = 20;
const OPERATIONS = 50;
const WRITES = 0.1;
/** API clients that the readers are spread over; one more writes, since none of 10,000 does so more than once in minutes. */
const CLIENTS = 10;
const WARM_UP_SECONDS = 5;

/** Reads that nobody sends again and again: a link that was mailed, and a check of the whole journal. */
const untypical: ReadonlySet<string> = new Set(['invitationPreview', 'journalIntegrity']);

const kinds = ['CALL', 'EMAIL', 'MEETING', 'NOTE', 'TASK'];
const writing = 'mutation ($input: CreateActivityInput!) { createActivity(input: $input) { error { code } } }';

/**
 * Many sessions in the demo company at once, each with one of fifty typical operations now and then: reads of the API reference, and
 * activities that are noted down. Requests are sent when they are due, whether or not earlier ones are answered.
 */
export async function measureMixed(
  graphUrl: string,
  user: { email: string; password: string },
  tell: Tell,
  seconds = 60,
): Promise<void> {
  const owner = await LoadClient.signIn(graphUrl, user.email, user.password);
  const queries = await exampleQueries((query, variables) => owner.ask(query, variables));
  const reads = queries.filter(({ name }) => !untypical.has(name)).slice(0, OPERATIONS - kinds.length);
  const [writer = '', ...readers] = await Promise.all(Array.from({ length: CLIENTS + 1 }, () => apiKey(owner)));
  const agent = new Agent({ connections: 64, pipelining: 1 });
  const { hostname } = new URL(graphUrl);
  if (!['127.0.0.1', 'localhost'].includes(hostname)) throw new Error('Load goes to this machine only');

  async function send(run: number): Promise<{ ms: number; isRight: boolean }> {
    const isWrite = Math.random() < WRITES;
    const body = isWrite ? write(run) : read(reads[Math.floor(Math.random() * reads.length)]);
    const key = isWrite ? writer : (readers[run % readers.length] as string);
    const startedAt = performance.now();
    const { statusCode, body: answer } = await request(graphUrl, {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    return { ms: performance.now() - startedAt, isRight: statusCode === 200 && !text.includes('"errors":[') };
  }

  const rate = SESSIONS / THINKS_SECONDS;
  const taken: number[] = [];
  const open = new Set<Promise<void>>();
  let failed = 0;
  let before = await keptCounts(graphUrl);
  const startedAt = performance.now();
  for (let run = 0; run < rate * (seconds + WARM_UP_SECONDS); run++) {
    const isMeasured = run >= rate * WARM_UP_SECONDS;
    if (run === rate * WARM_UP_SECONDS) before = await keptCounts(graphUrl);
    const early = startedAt + (run * 1000) / rate - performance.now();
    if (early > 1) await sleep(early);
    const sent: Promise<void> = send(run).then(
      ({ ms, isRight }) => {
        open.delete(sent);
        if (isMeasured) taken.push(ms);
        if (isMeasured && !isRight) failed++;
      },
      () => {
        open.delete(sent);
        failed++;
      },
    );
    open.add(sent);
    if (open.size > 2_000) await Promise.race(open);
  }
  await Promise.all(open);
  const took = (performance.now() - startedAt) / 1000 - WARM_UP_SECONDS;
  const after = await keptCounts(graphUrl);
  await Promise.all([agent.close(), owner.close()]);

  taken.sort((a, b) => a - b);
  const [p95, p99] = [rounded(percentile(taken, 0.95), 1), rounded(percentile(taken, 0.99), 1)];
  tell('Operations answered', Math.round(taken.length / took), '/s', `${rate} /s`, taken.length / took >= 0.98 * rate);
  tell('Time to the answer, p95', p95, 'ms', '<= 50 ms', p95 <= 50);
  tell('Time to the answer, p99', p99, 'ms', '<= 100 ms', p99 <= 100);
  const errors = rounded((100 * failed) / Math.max(1, taken.length), 3);
  tell('Errors', errors, '%', '< 0.01 %', errors < 0.01);
  const operations = reads
    .map(({ name }) => countOf(operationName(name), before, after))
    .filter(({ asked }) => asked > 0)
    .sort((a, b) => a.share - b.share);
  const asked = sum(operations.map((one) => one.asked));
  const hits = rounded((100 * sum(operations.map(({ kept }) => kept))) / Math.max(1, asked), 1);
  tell(
    'Reads answered without asking a subgraph while one list is written to 50 times a second',
    hits,
    '%',
    '> 98 %',
    hits > 98,
  );
  const isWritten = ({ name }: Asked): boolean => /^Activit/.test(name);
  const rest = operations.filter((one) => !isWritten(one));
  const hitsOfRest = rounded(
    (100 * sum(rest.map(({ kept }) => kept))) / Math.max(1, sum(rest.map((one) => one.asked))),
    1,
  );
  tell('The same without the reads of the list that is written to', hitsOfRest, '%');
  const others = operations.filter(({ share }) => share <= 0.98);
  for (const { name, share } of others) tell(`The same for ${name}`, rounded(100 * share, 1), '%');
}

interface Asked {
  readonly name: string;
  readonly asked: number;
  readonly kept: number;
  readonly share: number;
}

function countOf(name: string, before: KeptCounts, after: KeptCounts): Asked {
  const of = (kept: string): number => (after.get(`${name} ${kept}`) ?? 0) - (before.get(`${name} ${kept}`) ?? 0);
  const [kept, asked] = [of('yes'), of('yes') + of('no')];
  return { name, asked, kept, share: kept / Math.max(1, asked) };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The name that the API reference gives to the example of a field. */
const operationName = (field: string): string => field.charAt(0).toUpperCase() + field.slice(1);

const read = (operation: ExampleOperation | undefined): object => ({
  query: operation?.text,
  variables: operation?.variables,
});

const write = (run: number): object => ({
  query: writing,
  variables: { input: { kind: kinds[run % kinds.length], subject: `Messung ${run}` } },
});

async function apiKey(owner: LoadClient): Promise<string> {
  const { permissions } = await owner.ask<{ permissions: string[] }>('{ permissions }');
  const { createApiClient } = await owner.ask<{ createApiClient: { key: string | null; error: unknown } }>(
    'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { key error { code message } } }',
    { input: { name: `Messung ${randomUUID()}`, scopes: permissions, budget: 100_000_000, budgetRefill: 10_000_000 } },
  );
  if (!createApiClient.key) throw new Error(`No API client: ${JSON.stringify(createApiClient.error)}`);
  return createApiClient.key;
}

/** How often each query was answered from what was kept, and how often not: by name and `yes` or `no`. */
type KeptCounts = ReadonlyMap<string, number>;

async function keptCounts(graphUrl: string): Promise<KeptCounts> {
  const response = await fetch(graphUrl.replace('/graphql', '/metrics'));
  const counts = (await response.text()).matchAll(/^gateway_kept_total\{operation="(\w+)",kept="(\w+)"\} (\d+)/gm);
  return new Map([...counts].map(([, name, kept, value]) => [`${name} ${kept}`, Number(value)]));
}

if (import.meta.main) {
  const [url = '', seconds = '60'] = process.argv.slice(2);
  const user = { email: 'demo@valeo.example', password: 'demo-valeo-2026' };
  await measureMixed(url, user, (...figure) => console.log(figure.join(' ')), Number(seconds));
  process.exit(0);
}
