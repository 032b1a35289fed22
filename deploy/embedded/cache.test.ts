import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalSubgraph } from '@valeo/gateway/options.ts';
import { type RunningGateway, startGateway } from '@valeo/gateway/server.ts';
import { newId } from '@valeo/kit/ids.ts';
import { openSubgraph } from '@valeo/kit/subgraph.ts';
import { describeWith } from '@valeo/kit/testing/tool.ts';
import { testCaller, twoTenants, withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Gateways,
  installOverPostgres,
  installOverRedis,
  type TestCallers,
  testDomains,
  testOptions,
} from '../testing/gateways.ts';

/** The gateway's cache over the real domains, a real database and the real events. */

const house = await twoTenants(...testDomains);
const { database } = house.services;
const colleague = testCaller({ tenantId: house.one.tenantId });
const callers: TestCallers = {
  anna: house.one,
  ben: colleague,
  zoe: house.two,
  guest: withPermissions(house.one, 'inventory:read'),
};
async function send(gateway: RunningGateway, as: string, query: string, variables: object = {}): Promise<any> {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': as },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

async function ask(gateway: RunningGateway, as: string, query: string, variables: object = {}): Promise<any> {
  const { data, errors } = await send(gateway, as, query, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

async function metric(gateway: RunningGateway, name: string): Promise<number> {
  const text = await (await fetch(gateway.url.replace('/graphql', '/metrics'))).text();
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')
      .at(-1) ?? 0,
  );
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (await isSo()) return;
    await sleep(10);
  }
  throw new Error('It did not come to be so.');
}

const PARTNERS =
  '{ businessPartners(first: 5) { totalCount edges { node { name salesInvoices(first: 2) { totalCount } } } } }';
const ARTICLES = '{ articles(first: 5) { totalCount edges { node { sku name } } } }';
const INVOICES =
  '{ salesInvoices(first: 5) { totalCount edges { node { status customer { name } lines { article { sku } quantity } } } } }';
type Write = readonly [mutation: string, variables: object];
const createPartner = (name: string): Write => [
  'mutation ($input: CreateBusinessPartnerInput!) { createBusinessPartner(input: $input) { businessPartner { id } error { code message } } }',
  { input: { name, kinds: ['CUSTOMER'], country: 'DE' } },
];
const createArticle = (sku: string): Write => [
  'mutation ($input: CreateArticleInput!) { createArticle(input: $input) { article { id } error { code message } } }',
  { input: { sku, name: `Article ${sku}` } },
];
const count = async (gateway: RunningGateway, as: string): Promise<number> =>
  (await ask(gateway, as, PARTNERS)).businessPartners.totalCount;

/** What holds with any number of gateways and either transport of events. */
function behaves(start: () => Promise<Gateways>): void {
  let installation: Gateways;
  let here: RunningGateway;
  let there: RunningGateway;
  beforeAll(async () => {
    installation = await start();
    [here, there = here] = installation.gateways as [RunningGateway, RunningGateway?];
  });
  afterAll(() => installation.close());

  test('a question asked again is answered without the database', async () => {
    await ask(here, 'anna', PARTNERS);
    await until(async () => {
      await ask(here, 'anna', PARTNERS);
      return (await metric(here, 'gateway_cache_total{cache="answer",result="hit"}')) > 0;
    });
    expect(await house.statements(() => ask(here, 'anna', PARTNERS))).toBe(0);
  });

  test('a list is kept for all who have the same rights', async () => {
    await ask(here, 'anna', ARTICLES);
    await ask(here, 'anna', ARTICLES);
    expect(await house.statements(() => ask(here, 'ben', ARTICLES))).toBe(0);
    expect(await house.statements(() => ask(here, 'guest', ARTICLES))).toBeGreaterThan(0);
  });

  test('who writes reads his own writes at once, on whatever gateway', async () => {
    const before = await count(there, 'anna');
    for (let i = 1; i <= 15; i++) {
      await ask(here, 'anna', ...createPartner(`Own ${newId()}`));
      expect(await count(there, 'anna')).toBe(before + i);
      expect(await count(here, 'anna')).toBe(before + i);
    }
  });

  test('everybody else of the company sees it with the event, and nobody of another company', async () => {
    const [before, foreign] = [await count(there, 'ben'), await count(there, 'zoe')];
    const name = `Told ${newId()}`;
    await ask(here, 'anna', ...createPartner(name));
    await until(async () => (await count(there, 'ben')) === before + 1);
    expect(await count(there, 'zoe')).toBe(foreign);
    expect(JSON.stringify(await ask(here, 'zoe', PARTNERS))).not.toContain(name);
  });

  test('a change made by a worker is seen, one statement for many rows included', async () => {
    const before = await count(there, 'ben');
    await database.transaction(
      { domain: 'crm', tenantId: house.one.tenantId, userId: null, requestId: 'import' },
      (tx) =>
        tx.query(
          `INSERT INTO crm.business_partner (id, tenant_id, number, name, kinds, country)
           SELECT gen_random_uuid(), $1, $2 || n, 'Imported ' || n, '{CUSTOMER}', 'DE' FROM generate_series(1, 150) AS n`,
          [house.one.tenantId, newId()],
        ),
    );
    await until(async () => (await count(there, 'ben')) === before + 150);
  });

  test('a change of a table that an answer was not read from leaves it kept, also in the same domain', async () => {
    await ask(there, 'ben', INVOICES);
    await database.transaction(
      { domain: 'sales', tenantId: house.one.tenantId, userId: null, requestId: 'upkeep' },
      (tx) =>
        tx.query(`INSERT INTO sales.number_range (tenant_id, range, year, last) VALUES ($1, $2, 2026, 1)`, [
          house.one.tenantId,
          newId(),
        ]),
    );
    // The event of a later change comes after that of the earlier one.
    const before = await count(there, 'ben');
    await ask(here, 'anna', ...createPartner(`Later ${newId()}`));
    await until(async () => (await count(there, 'ben')) === before + 1);
    await ask(there, 'ben', INVOICES);
    expect(await house.statements(() => ask(there, 'ben', INVOICES))).toBe(0);
  });

  test('who lacks a permission is refused, whatever is kept for others', async () => {
    await ask(here, 'anna', PARTNERS);
    const { data, errors } = await send(here, 'guest', PARTNERS);
    expect(data.businessPartners).toBeNull();
    expect(errors[0].extensions.code).toBe('FORBIDDEN');
  });

  test('after any write its writer gets what he would get without a cache', async () => {
    const plain = await startGateway({
      ...testOptions(callers),
      local: testDomains.map((domain) => openSubgraph(domain, house.services) as LocalSubgraph),
    });
    try {
      let seed = 7;
      const pick = <T>(from: readonly T[]): T => {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        return from[Math.floor((seed / 2_147_483_648) * from.length)] as T;
      };
      const steps = process.env.TEST_LONG ? 2_000 : 60;
      for (let step = 0; step < steps; step++) {
        const writer = pick(['anna', 'ben', 'zoe']);
        const write = pick([() => createPartner(`P ${newId()}`), () => createArticle(`S${newId()}`)]);
        for (const other of ['anna', 'ben', 'zoe']) await ask(pick([here, there]), other, pick([PARTNERS, ARTICLES]));
        await ask(pick([here, there]), writer, ...write());
        for (const query of [PARTNERS, ARTICLES, INVOICES]) {
          expect(await ask(pick([here, there]), writer, query)).toEqual(await ask(plain, writer, query));
        }
      }
    } finally {
      await plain.close(0);
    }
  });
}

describe('with one gateway and events over PostgreSQL', () => {
  behaves(() => installOverPostgres(house, callers, 1));
});

describeWith('redis-server', 'with two gateways, and events and cache over Redis', (program) => {
  behaves(() => installOverRedis(house, callers, 2, program));

  test('while Redis is away nothing is taken from the cache, and nothing from before when it is back', async () => {
    const { gateways, redis, close } = await installOverRedis(house, callers, 2, program);
    const [here, there] = gateways as [RunningGateway, RunningGateway];
    try {
      let expected = await count(there, 'anna');
      for (let round = 0; round < 2; round++) {
        await redis?.kill();
        await ask(here, 'anna', ...createPartner(`Away ${newId()}`));
        expect(await count(there, 'anna')).toBe(++expected);
        expect(await count(there, 'ben')).toBe(expected);
        redis?.start();
        await until(async () => (await house.statements(() => count(there, 'ben'))) === 0);
        expect(await count(there, 'ben')).toBe(expected);
        await ask(here, 'anna', ...createPartner(`Back ${newId()}`));
        expect(await count(there, 'anna')).toBe(++expected);
        await until(async () => (await count(there, 'ben')) === expected);
      }
    } finally {
      await close();
    }
  });
});
