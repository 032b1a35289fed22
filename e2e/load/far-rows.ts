import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '@valeo/deploy/commands/open-database.ts';
import type { Database, Session } from '@valeo/kit/tenant-db.ts';
import { LoadClient, times } from './client.ts';

/**
 * Pages of a list at any row number: two companies with invoices made by the database, one with ten thousand and one with as many as
 * asked for. A jump into the long one must not take longer.
 */

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

const SHORT = 10_000;
/** So few that one statement stays far below the time that any may take, also beside the worker that counts them. */
const BATCH = 5_000;
const RUNS = 60;
const PATIENCE_MS = 900_000;
const ORDERS: readonly (readonly [string, string])[] = [
  ['default order', ''],
  ['by number', 'orderBy: [{ field: NUMBER, direction: ASC }]'],
  ['by amount', 'orderBy: [{ field: GROSS, direction: DESC }]'],
  ['by name of the customer', 'orderBy: [{ field: CUSTOMER_NAME, direction: ASC }]'],
];
const FILTERS: readonly (readonly [string, string, number])[] = [
  ['all', '', 1],
  ['posted ones', 'filter: { status: { eq: POSTED } }', 0.9],
];

/** Nine in ten posted, the rest drafts; amounts, days and names in no order. */
const MAKE = `INSERT INTO sales.sales_invoice (id, tenant_id, kind, number, status, payment_status, customer_id, customer_name, customer_number, country,
    issued_on, supplied_on, due_on, payment_term_days, net, tax, gross, open_amount, line_count)
  SELECT gen_random_uuid(), $1, 'INVOICE', CASE WHEN i % 10 > 0 THEN 'R' || lpad(i::text, 9, '0') END, CASE WHEN i % 10 > 0 THEN 'POSTED' ELSE 'DRAFT' END,
    'OPEN', gen_random_uuid(), 'Kunde ' || (hashint4(i) & 16383), '10000', 'DE', day, day, day + 30, 30, net, 0, net, net, 1
  FROM generate_series($2::int, $3::int) AS i, LATERAL (SELECT date '2020-01-01' + (hashint4(i + 7) & 2047) AS day, ((hashint4(i + 3) & 16777215) / 100.0)::numeric(19, 2) AS net) made`;

interface Company {
  readonly client: LoadClient;
  readonly session: Session;
  readonly rows: number;
}

async function companyWith(database: Database, graphUrl: string, rows: number): Promise<Company> {
  const client = await LoadClient.signUp(graphUrl, {
    companyName: 'Messung',
    email: `bench-${randomUUID()}@valeo.example`,
    password: randomUUID(),
    locale: 'de',
  });
  const { viewer } = await client.ask<{ viewer: { id: string; company: { id: string } } }>(
    '{ viewer { id company { id } } }',
  );
  const session = { domain: 'sales', tenantId: viewer.company.id, userId: viewer.id, requestId: 'bench' };
  for (let made = 0; made < rows; made += BATCH) {
    await database.transaction(session, (tx) =>
      tx.query(MAKE, [session.tenantId, made + 1, Math.min(made + BATCH, rows)]),
    );
  }
  return { client, session, rows };
}

/** Waits until the worker has counted the list and worked in what was noted. */
async function counted(database: Database, { session }: Company): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const [state] = await database.transaction(session, (tx) =>
      tx.query<{ done: boolean }>(
        `SELECT EXISTS (SELECT FROM kit.list_block WHERE list LIKE 'sales.SalesInvoice(%') AND NOT EXISTS (SELECT FROM kit.list_change) AS done`,
      ),
    );
    if (state?.done) return;
    if (Date.now() > giveUpAt) throw new Error('The long list was not counted');
    await sleep(1000);
  }
}

async function jump({ client, rows }: Company, order: string, filter: string, share: number): Promise<number> {
  const last = Math.floor(rows * share) - 50;
  const { p95 } = await times(RUNS, () => {
    const args = [`first: 50, at: ${Math.floor(Math.random() * last)}`, order, filter].filter(Boolean).join(', ');
    return client.ask(`{ salesInvoices(${args}) { edges { node { id number issuedOn gross { amount } status } } } }`);
  });
  return p95;
}

export async function measureFarRows(tell: Tell, graphUrl: string, rows: number): Promise<void> {
  const { database } = openDatabase();
  try {
    const short = await companyWith(database, graphUrl, SHORT);
    const startedAt = performance.now();
    const long = await companyWith(database, graphUrl, rows);
    tell(`Making ${rows.toLocaleString('en')} invoices`, Math.round((performance.now() - startedAt) / 1000), 's');
    await counted(database, long);
    tell('Until their list was counted', Math.round((performance.now() - startedAt) / 1000), 's');
    for (const [filterName, filter, share] of FILTERS) {
      for (const [orderName, order] of ORDERS) {
        const few = await jump(short, order, filter, share);
        const many = await jump(long, order, filter, share);
        const name = `Jump into ${rows.toLocaleString('en')} invoices, ${filterName}, ${orderName}`;
        tell(`${name}, p95`, many, 'ms', '<= 50 ms', many <= 50);
        const times = Math.round((100 * many) / few) / 100;
        tell(`${name}, of the time in 10,000`, times, 'times', '<= 1.2 times', times <= 1.2);
      }
    }
    await Promise.all([short.client.close(), long.client.close()]);
  } finally {
    await database.close();
  }
}
