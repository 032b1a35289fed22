import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalSubgraph } from '@valeo/gateway/options.ts';
import { type RunningGateway, startGateway } from '@valeo/gateway/server.ts';
import { newId } from '@valeo/kit/ids.ts';
import { openSubgraph } from '@valeo/kit/subgraph.ts';
import { describeWith } from '@valeo/kit/testing/tool.ts';
import { testCaller, twoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { example } from '@valeo/schema/reference.ts';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Gateways,
  installOverPostgres,
  installOverRedis,
  type TestCallers,
  testDomains,
  testOptions,
} from '../testing/gateways.ts';

/**
 * What a gateway keeps against one that keeps nothing: every query of the graph, while values change in one table after the
 * other, whether or not anybody thought of that table when the query was written.
 */

const house = await twoTenants(...testDomains);
const { tenantId } = house.one;
const callers: TestCallers = { anna: house.one, ben: testCaller({ tenantId }) };
/** How often each table is changed. */
const rounds = process.env.TEST_LONG ? 20 : 1;

interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

async function ask(gateway: RunningGateway, as: string, query: string, variables: object = {}): Promise<any> {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': as },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

/** How often subgraphs had to be asked for the answer to an operation of this name; what else goes on does not count. */
async function askedAnew(gateway: RunningGateway, name: string): Promise<number> {
  const metrics = await (await fetch(gateway.url.replace('/graphql', '/metrics'))).text();
  const line = new RegExp(`^gateway_kept_total\\{operation="${name}",kept="(yes|no)"\\} (\\d+)`, 'gm');
  const counts = new Map([...metrics.matchAll(line)].map(([, kept, count]) => [kept, Number(count)]));
  if (counts.size === 0) throw new Error(`Nothing is counted of ${name}`);
  return counts.get('no') ?? 0;
}

async function make(gateway: RunningGateway, field: string, result: string, input: object): Promise<string> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { ${field}(input: $input) { ${result} { id } error { code message } } }`;
  const { data, errors } = await ask(gateway, 'anna', query, { input });
  if (!data?.[field]?.[result]) throw new Error(JSON.stringify({ field, errors, data }));
  return data[field][result].id;
}

/** One record of each kind that others refer to. */
async function makeRecords(gateway: RunningGateway): Promise<void> {
  const partner = { name: `Partner ${newId()}`, kinds: ['CUSTOMER', 'SUPPLIER'], country: 'DE' };
  const customerId = await make(gateway, 'createBusinessPartner', 'businessPartner', partner);
  const article = { sku: newId(), name: 'Article', price: '10.00', taxCode: 'U19' };
  const articleId = await make(gateway, 'createArticle', 'article', article);
  const opportunity = {
    title: 'Chance',
    partnerId: customerId,
    expectedAmount: '100.00',
    expectedCloseOn: '2026-05-01',
  };
  await make(gateway, 'createOpportunity', 'opportunity', opportunity);
  await make(gateway, 'createActivity', 'activity', { kind: 'NOTE', subject: 'Note', partnerId: customerId });
  await make(gateway, 'createWarehouse', 'warehouse', { code: newId().slice(-6), name: 'Warehouse' });
  const lines = [{ articleId, quantity: '2', unitPrice: '10.00', taxCode: 'U19' }];
  await make(gateway, 'createQuote', 'quote', { customerId, lines });
  const invoice = { customerId, suppliedOn: '2026-01-05', issuedOn: '2026-01-05', lines };
  const id = await make(gateway, 'createSalesInvoice', 'salesInvoice', invoice);
  await make(gateway, 'postSalesInvoice', 'salesInvoice', { id });
}

/** The example of every query, asked of records that there are. */
async function questionsOf(gateway: RunningGateway): Promise<Question[]> {
  const sdl = await (await fetch(gateway.url.replace('/graphql', '/schema.graphql'))).text();
  const fields = Object.values(buildSchema(sdl).getQueryType()?.getFields() ?? {});
  const questions: Question[] = [];
  for (const field of fields) {
    const needed = field.args.filter(
      ({ type, defaultValue }) => String(type).endsWith('!') && defaultValue === undefined,
    );
    if (needed.some(({ name }) => !['id', 'fiscalYear'].includes(name))) continue;
    const list = `${field.name.replace(/y$/, 'ie')}s`;
    const id = needed.some(({ name }) => name === 'id')
      ? (await ask(gateway, 'anna', `{ ${list}(first: 1) { edges { node { id } } } }`)).data?.[list]?.edges[0]?.node.id
      : undefined;
    questions.push({ query: example('query', field), variables: { id: id ?? newId(), fiscalYear: 2026 } });
  }
  return questions;
}

interface Column {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

/** Every column whose value can be replaced by another one of its type. */
const columnsOf = (): Promise<Column[]> =>
  house.sql<Column>(
    `SELECT c.table_schema AS schema, c.table_name AS "table", c.column_name AS "column", c.data_type AS type
     FROM information_schema.columns c JOIN pg_class p ON p.oid = format('%I.%I', c.table_schema, c.table_name)::regclass
     WHERE c.table_schema = ANY($1) AND p.relkind IN ('r', 'p') AND NOT p.relispartition AND c.is_generated = 'NEVER'
       AND c.column_name NOT IN ('tenant_id', 'id') AND c.data_type = ANY($2) ORDER BY 1, 2, 3`,
    [testDomains.map(({ name }) => name), Object.keys(changed)],
  );

const changed: Readonly<Record<string, (column: string) => string>> = {
  text: (column) => `${column} || 'x'`,
  numeric: (column) => `${column} + 1`,
  integer: (column) => `${column} + 1`,
  bigint: (column) => `${column} + 1`,
  date: (column) => `${column} + 1`,
  boolean: (column) => `NOT ${column}`,
};

/** Whether a row took another value; many may not, for what the database holds them to. */
async function change({ schema, table, column, type }: Column): Promise<boolean> {
  const session = { domain: schema, tenantId, userId: null, requestId: 'change' };
  const value = (changed[type] as (column: string) => string)(`"${column}"`);
  const text = `UPDATE ${schema}."${table}" SET "${column}" = ${value} WHERE "${column}" IS NOT NULL RETURNING 1`;
  return house.services.database
    .transaction(session, (tx) => tx.query(text))
    .then(
      (rows) => rows.length > 0,
      () => false,
    );
}

let plain: RunningGateway;
let questions: Question[];
let seed = 11;
const random = (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed;
};
const shuffled = <T>(of: readonly T[]): T[] =>
  of
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);

beforeAll(async () => {
  plain = await startGateway({
    ...testOptions(callers),
    local: testDomains.map((domain) => openSubgraph(domain, house.services) as LocalSubgraph),
  });
  await makeRecords(plain);
  questions = await questionsOf(plain);
}, 60_000);
afterAll(() => plain.close(0));

/** Changes every column of a table that may take another value; the names of those that did. */
async function changeTable(columns: readonly Column[]): Promise<string[]> {
  const changed: string[] = [];
  for (const column of columns) if (await change(column)) changed.push(`${column.table}.${column.column}`);
  return changed;
}

/** @param tablesMax changes of tables that a question shows, after which it is enough. */
function isTrue(tablesMax: number, start: () => Promise<Gateways>): void {
  let installation: Gateways;
  beforeAll(async () => {
    installation = await start();
  }, 60_000);
  afterAll(() => installation.close());

  test(
    'once a change is told, nobody gets anything that was before it',
    async () => {
      const answers = (gateway: RunningGateway) =>
        Promise.all(questions.map(async ({ query, variables }) => (await ask(gateway, 'ben', query, variables)).data));
      const columns = Object.values(Object.groupBy(await columnsOf(), ({ schema, table }) => `${schema}.${table}`));
      const tables = Array.from({ length: rounds }, () => shuffled(columns)).flat();
      let seen = 0;
      let before = await answers(plain);
      for (const table of tables) {
        if (seen >= tablesMax * rounds) break;
        for (const gateway of installation.gateways) await answers(gateway);
        const changed = await changeTable(shuffled(table ?? []));
        if (changed.length === 0) continue;
        installation.tell();
        const expected = await answers(plain);
        // Not every table is shown by one of these questions.
        if (JSON.stringify(expected) !== JSON.stringify(before)) seen++;
        before = expected;
        for (const gateway of installation.gateways) {
          const isSame = async () => JSON.stringify(await answers(gateway)) === JSON.stringify(expected);
          for (let wait = 0; wait < 20 && !(await isSame()); wait++) await sleep(20);
          expect(await answers(gateway), changed.join()).toEqual(expected);
        }
      }
      expect(seen).toBeGreaterThanOrEqual(Math.min(tablesMax, 8) / 2);
    },
    process.env.TEST_LONG ? 1_800_000 : 240_000,
  );

  test('and what a change does not concern is still kept', async () => {
    const [gateway] = installation.gateways as [RunningGateway];
    // A list, and records of another that are read by their ids.
    const lists =
      'query KeptList { articles(first: 5) { totalCount edges { node { sku name } } } salesInvoices(first: 5) { edges { node { customer { name } } } } }';
    await ask(gateway, 'ben', lists);
    await ask(gateway, 'ben', lists);
    const readAnew = await askedAnew(gateway, 'KeptList');
    const [first] = await house.sql<{ id: string }>('SELECT id FROM crm.activity LIMIT 1');
    const items = Array.from({ length: 100 }, (_, i) => ({ kind: 'NOTE', subject: `Note ${i}` }));
    const crowd =
      'mutation ($items: [CreateActivityInput!]!) { createActivities(input: { items: $items }) { errors { code } } }';
    for (let i = 0; i < 20; i++) {
      expect((await ask(plain, 'anna', crowd, { items })).data.createActivities.errors).toEqual([]);
      installation.tell();
      await sleep(20);
      await ask(gateway, 'ben', lists);
      expect(await askedAnew(gateway, 'KeptList')).toBe(readAnew);
    }
    // One record depends on itself alone, its list on all of them.
    const one = 'query KeptRecord($id: ID!) { activity(id: $id) { subject } }';
    await ask(gateway, 'ben', one, first);
    await ask(gateway, 'ben', one, first);
    const oneReadAnew = await askedAnew(gateway, 'KeptRecord');
    await make(plain, 'createActivity', 'activity', { kind: 'NOTE', subject: 'Last' });
    installation.tell();
    await sleep(200);
    await ask(gateway, 'ben', one, first);
    expect(await askedAnew(gateway, 'KeptRecord')).toBe(oneReadAnew);
  });
}

test('the changes of every table are told', async () => {
  const catalog = await house.services.database.catalog();
  const tables = await house.sql<{ name: string; domain: string }>(
    `SELECT table_schema || '.' || table_name AS name, table_schema AS domain FROM information_schema.tables
     WHERE table_schema = ANY($1) AND table_type = 'BASE TABLE'`,
    [testDomains.map(({ name }) => name)],
  );
  expect(tables.length).toBeGreaterThan(20);
  for (const { name, domain } of tables) expect(catalog.sourceOf(name, domain), name).not.toBeNull();
});

describe('with events over PostgreSQL', () => {
  isTrue(Number.POSITIVE_INFINITY, () => installOverPostgres(house, callers, 1));
});

describeWith('redis-server', 'with two gateways, and events and cache over Redis', (program) => {
  isTrue(6, () => installOverRedis(house, callers, 2, program));
});
