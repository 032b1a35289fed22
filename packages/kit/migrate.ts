import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getTableName, type SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { PgDialect } from 'drizzle-orm/pg-core';
import pg from 'pg';
import type { List } from './list.ts';
import { anchorColumns, facetColumn, isAnchored, WATCHED_FROM } from './list-anchors.ts';
import { NO_COMPANY } from './pubsub.ts';
import { sqlStateOf } from './sql-state.ts';
import { standingFunction } from './standing.ts';
import type { SubgraphDefinition } from './subgraph.ts';
import { unpostedFunction } from './unposted.ts';

export interface MigrateOptions {
  /** A role that may create roles and schemas; used only here. */
  readonly adminUrl: string;
  /** Password that the application's login role `valeo_app` gets. */
  readonly appPassword: string;
  readonly definitions: readonly SubgraphDefinition[];
}

const LOCK = 7_225_100;
const OWNER = 'valeo_owner';
/** What a migration may keep others waiting for a table, how long it leaves them alone then, and how often it tries. */
const LOCK_WAIT_MS = 2_000;
const LOCK_PAUSE_MS = 2_000;
const LOCK_ATTEMPTS = 200;
/** lock_not_available and deadlock_detected. */
const IN_THE_WAY = new Set(['55P03', '40P01']);

const KIT_TABLES = {
  outbox: false,
  event: true,
  audit: true,
  idempotency: false,
  published: true,
  list_count: true,
  list_watch: true,
  list_block: true,
  list_change: true,
};

/**
 * Brings a database to the state of the code: roles, schemas, each domain's migrations, and then the rules that hold for
 * every table whether its author thought of them or not (row-level security, grants, append-only, audit, events).
 * Safe to run again and by several processes at once. Answers the URL that the application connects with.
 */
export async function migrateAll({ adminUrl, appPassword, definitions }: MigrateOptions): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'valeo-migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query(`SET lock_timeout = ${LOCK_WAIT_MS}`);
    await createRoles(client, appPassword, definitions);
    await trustComparisons(client);
    await runMigrations(client, 'kit', import.meta.dirname);
    await secureKit(client, definitions);
    for (const definition of definitions) {
      await runMigrations(client, definition.name, definition.folder);
      await secureDomain(client, definition);
    }
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.username = 'valeo_app';
  url.password = appPassword;
  return url.toString();
}

/**
 * Changes tables that others work with. Who waits for a table keeps everybody off it who comes after him, so after a moment he gives way
 * and tries again, until whoever read for long is done.
 */
async function givingWay(change: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await change();
      return;
    } catch (error) {
      if (attempt === LOCK_ATTEMPTS || !IN_THE_WAY.has(sqlStateOf(error) ?? '')) throw error;
      await sleep(LOCK_PAUSE_MS * (0.5 + Math.random()));
    }
  }
}

/** All of a change or nothing: those who go on meanwhile must not find a right gone that is given again at once. */
const atOnce = (client: pg.Client, change: () => Promise<unknown>): Promise<void> =>
  givingWay(async () => {
    await client.query('BEGIN');
    try {
      await change();
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    }
  });

async function createRoles(
  client: pg.Client,
  appPassword: string,
  definitions: readonly SubgraphDefinition[],
): Promise<void> {
  // The relay's role gets rights below, also where only some domains are migrated.
  const domains = [...new Set(['valeo_platform', ...definitions.map(({ name }) => `valeo_${name}`)])];
  for (const role of [OWNER, 'valeo_app', ...domains]) {
    const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
    if (!rowCount) await client.query(`CREATE ROLE ${role} ${role === 'valeo_app' ? 'LOGIN NOINHERIT' : 'NOLOGIN'}`);
  }
  await client.query(`ALTER ROLE valeo_app PASSWORD ${pg.escapeLiteral(appPassword)}`);
  await client.query(`GRANT ${OWNER} TO current_user`);
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
  await client.query(`GRANT CREATE ON DATABASE ${pg.escapeIdentifier(rows[0]?.name ?? '')} TO ${OWNER}`);
  for (const role of domains) await client.query(`GRANT ${role} TO valeo_app`);
  for (const schema of ['migrations', 'kit', ...definitions.map(({ name }) => name)]) {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema} AUTHORIZATION ${OWNER}`);
  }
  await client.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
  await createQueue(client);
}

/**
 * Under row-level security PostgreSQL lets only functions that tell nothing of their arguments look at rows before it has decided
 * whose they are, so only those may enter an index. It vouches for comparisons of dates and texts, but not of decimals, although
 * they neither fail nor tell: a page of a list by amount would pass over all rows before it. Takes a superuser; without one such
 * pages are slower the later they are.
 */
async function trustComparisons(client: pg.Client): Promise<void> {
  for (const comparison of ['lt', 'le', 'eq', 'ge', 'gt', 'ne']) {
    await client.query(
      `DO $$ BEGIN ALTER FUNCTION pg_catalog.numeric_${comparison}(numeric, numeric) LEAKPROOF;
       EXCEPTION WHEN insufficient_privilege THEN NULL; END $$`,
    );
  }
}

/** The task queue keeps its own schema with a role of its own, which the relay and the worker take on. */
async function createQueue(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(`SELECT 1 FROM pg_roles WHERE rolname = 'valeo_queue'`);
  if (!rowCount) await client.query('CREATE ROLE valeo_queue NOLOGIN');
  await client.query('GRANT valeo_queue TO current_user');
  await client.query('GRANT valeo_queue TO valeo_app');
  await client.query(
    `DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO valeo_queue', current_database()); END $$`,
  );
}

async function runMigrations(client: pg.Client, name: string, folder: string): Promise<void> {
  const migrationsFolder = join(folder, 'migrations');
  if (!existsSync(join(migrationsFolder, 'meta', '_journal.json'))) return;
  await client.query(`SET ROLE ${OWNER}`);
  const options = { migrationsFolder, migrationsSchema: 'migrations', migrationsTable: name };
  await givingWay(() => migrate(drizzle({ client }), options));
  await client.query('RESET ROLE');
}

async function secureKit(client: pg.Client, definitions: readonly SubgraphDefinition[]): Promise<void> {
  await client.query(`SET ROLE ${OWNER}`);
  for (const [table, readable] of Object.entries(KIT_TABLES)) {
    await atOnce(client, () => isolate(client, 'kit', table));
    for (const { name } of definitions) {
      await client.query(`GRANT USAGE ON SCHEMA kit TO valeo_${name}`);
      if (readable) await client.query(`GRANT SELECT ON kit.${table} TO valeo_${name}`);
      await client.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA kit TO valeo_${name}`);
    }
  }
  // A domain's long lists are counted with its own rights.
  for (const { name } of definitions) {
    await client.query(`GRANT UPDATE ON kit.list_watch TO valeo_${name}`);
    await client.query(`GRANT INSERT, UPDATE, DELETE ON kit.list_block TO valeo_${name}`);
    await client.query(`GRANT DELETE ON kit.list_change TO valeo_${name}`);
  }
  // The relay reads every company's outbox, the clean-up every company's keys; nobody else does. Locking a row takes UPDATE.
  await client.query('GRANT SELECT, UPDATE, DELETE ON kit.outbox TO valeo_platform');
  await client.query('GRANT SELECT, DELETE ON kit.idempotency TO valeo_platform');
  await client.query('GRANT SELECT, INSERT, DELETE ON kit.event TO valeo_platform');
  await client.query('GRANT SELECT ON kit.list_watch, kit.list_change TO valeo_platform');
  for (const table of ['outbox', 'event', 'idempotency', 'list_watch', 'list_change']) {
    await givingWay(() =>
      client.query(`DROP POLICY IF EXISTS relay ON kit.${table};
        CREATE POLICY relay ON kit.${table} TO valeo_platform USING (true)`),
    );
  }
  // What belongs to no company is told under the id of none.
  await givingWay(() =>
    client.query(`DROP POLICY IF EXISTS installation ON kit.outbox;
      CREATE POLICY installation ON kit.outbox FOR INSERT TO ${OWNER} WITH CHECK (tenant_id = '${NO_COMPANY}')`),
  );
  await givingWay(() => appendOnly(client, 'kit', 'audit'));
  await client.query('RESET ROLE');
}

async function secureDomain(client: pg.Client, definition: SubgraphDefinition): Promise<void> {
  const { name, lists, appendOnly: frozen = [], derived = [], global = [] } = definition;
  const role = `valeo_${name}`;
  await client.query(`SET ROLE ${OWNER}`);
  await client.query(`GRANT USAGE ON SCHEMA ${name} TO ${role}`);
  await client.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${name} TO ${role}`);
  const { rows: tables } = await client.query<{ table: string; scoped: boolean; keyed: boolean }>(
    `SELECT c.relname AS "table",
            EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id') AS scoped,
            EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'id' AND a.atttypid = 'uuid'::regtype) AS keyed
     FROM pg_class c WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`,
    [name],
  );
  for (const { table, scoped, keyed } of tables) {
    const isFrozen = frozen.includes(table);
    const isList = lists.some((list) => getTableName(list.table) === table);
    if (!scoped && !global.includes(table)) {
      throw new Error(`${name}.${table} has no tenant_id and is not declared global`);
    }
    await atOnce(client, async () => {
      await client.query(`REVOKE ALL ON ${name}.${table} FROM ${role}`);
      await client.query(`GRANT SELECT, INSERT${isFrozen ? '' : ', UPDATE, DELETE'} ON ${name}.${table} TO ${role}`);
      if (scoped) await isolate(client, name, table);
      if (isFrozen) await appendOnly(client, name, table);
      else if (scoped && keyed && !derived.includes(table)) await audited(client, name, table);
      if (!scoped) await toldToAll(client, name, table, keyed);
      else if (!isList) await told(client, name, table, isFrozen);
    });
  }
  for (const list of lists) {
    await givingWay(() => announced(client, name, list));
    if (list.standing) await askable(client, name, list, list.standing.sealed);
    if (list.unposted) await countable(client, name, list, list.unposted);
  }
  await client.query('RESET ROLE');
}

/** Row-level security, forced: who forgets the company sees nothing. The sub-select makes it a constant of the plan. */
async function isolate(client: pg.Client, schema: string, table: string): Promise<void> {
  const own = `tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)`;
  await client.query(`
    ALTER TABLE ${schema}.${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${schema}.${table} FORCE ROW LEVEL SECURITY;
    DROP POLICY IF EXISTS company ON ${schema}.${table};
    CREATE POLICY company ON ${schema}.${table} USING (${own}) WITH CHECK (${own});`);
}

async function appendOnly(client: pg.Client, schema: string, table: string): Promise<void> {
  await client.query(`
    CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON ${schema}.${table}
      FOR EACH ROW EXECUTE FUNCTION kit.refuse_change();
    CREATE OR REPLACE TRIGGER append_only_all BEFORE TRUNCATE ON ${schema}.${table}
      FOR EACH STATEMENT EXECUTE FUNCTION kit.refuse_change();`);
}

async function audited(client: pg.Client, schema: string, table: string): Promise<void> {
  const call = `FOR EACH STATEMENT EXECUTE FUNCTION kit.audit_changes(${pg.escapeLiteral(`${schema}.${table}`)})`;
  await client.query(`
    CREATE OR REPLACE TRIGGER audit_update AFTER UPDATE ON ${schema}.${table}
      REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows ${call};
    CREATE OR REPLACE TRIGGER audit_delete AFTER DELETE ON ${schema}.${table}
      REFERENCING OLD TABLE AS old_rows ${call};`);
}

/** Changes of what is no list: what others keep of this domain is out of date. */
async function told(client: pg.Client, schema: string, table: string, isFrozen: boolean): Promise<void> {
  const call = (...more: string[]) =>
    `FOR EACH STATEMENT EXECUTE FUNCTION kit.table_changed(${[schema, table, ...more].map(pg.escapeLiteral).join(', ')})`;
  if (isFrozen) {
    // The largest tables: rows that nobody upserts need not be looked at.
    await client.query(`CREATE OR REPLACE TRIGGER told_insert AFTER INSERT ON ${schema}.${table} ${call('unseen')}`);
    return;
  }
  await client.query(`
    CREATE OR REPLACE TRIGGER told_insert AFTER INSERT ON ${schema}.${table} REFERENCING NEW TABLE AS new_rows ${call()};
    CREATE OR REPLACE TRIGGER told_update AFTER UPDATE ON ${schema}.${table} REFERENCING NEW TABLE AS new_rows ${call()};
    CREATE OR REPLACE TRIGGER told_delete AFTER DELETE ON ${schema}.${table} REFERENCING OLD TABLE AS old_rows ${call()};`);
}

/** Changes of what belongs to no company. */
async function toldToAll(client: pg.Client, schema: string, table: string, keyed: boolean): Promise<void> {
  const given = [schema, table, ...(keyed ? ['keyed'] : [])].map(pg.escapeLiteral).join(', ');
  const call = `FOR EACH STATEMENT EXECUTE FUNCTION kit.shared_table_changed(${given})`;
  await client.query(`
    CREATE OR REPLACE TRIGGER told_insert AFTER INSERT ON ${schema}.${table} REFERENCING NEW TABLE AS new_rows ${call};
    CREATE OR REPLACE TRIGGER told_update AFTER UPDATE ON ${schema}.${table} REFERENCING NEW TABLE AS new_rows ${call};
    CREATE OR REPLACE TRIGGER told_delete AFTER DELETE ON ${schema}.${table} REFERENCING OLD TABLE AS old_rows ${call};`);
}

/** Events, counters and published state of a list. */
async function announced(client: pg.Client, schema: string, list: List): Promise<void> {
  const table = `${schema}.${getTableName(list.table)}`;
  const counted = list.countedBy ? (list.filters[list.countedBy]?.column.name ?? '') : '';
  const published = Object.entries(list.publishes ?? {})
    .map(([name, column]) => `${name}=${column.name}=${column.getSQLType().startsWith('numeric') ? 'text' : ''}`)
    .join(',');
  const call = `FOR EACH STATEMENT EXECUTE FUNCTION kit.list_changed(${[`${schema}.${list.type}`, counted, published].map(pg.escapeLiteral).join(', ')})`;
  await client.query(`
    CREATE OR REPLACE TRIGGER list_insert AFTER INSERT ON ${table} REFERENCING NEW TABLE AS new_rows ${call};
    CREATE OR REPLACE TRIGGER list_update AFTER UPDATE ON ${table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows ${call};
    CREATE OR REPLACE TRIGGER list_delete AFTER DELETE ON ${table} REFERENCING OLD TABLE AS old_rows ${call};`);
  if (!isAnchored(list)) return;
  const columns = anchorColumns(list).map(({ name }) => name);
  const args = [`${schema}.${list.type}`, facetColumn(list)?.name ?? '', columns.join(), String(WATCHED_FROM)];
  const noted = `FOR EACH STATEMENT EXECUTE FUNCTION kit.list_moved(${args.map(pg.escapeLiteral).join(', ')})`;
  await client.query(`
    CREATE OR REPLACE TRIGGER moved_insert AFTER INSERT ON ${table} REFERENCING NEW TABLE AS new_rows ${noted};
    CREATE OR REPLACE TRIGGER moved_update AFTER UPDATE ON ${table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows ${noted};
    CREATE OR REPLACE TRIGGER moved_delete AFTER DELETE ON ${table} REFERENCING OLD TABLE AS old_rows ${noted};`);
}

/** The function by which other domains ask for the standing of a list's entries, with its owner's rights and within their company. */
async function askable(client: pg.Client, schema: string, list: List, sealed: SQL): Promise<void> {
  const table = `${schema}.${getTableName(list.table)}`;
  const { sql, params } = new PgDialect().sqlToQuery(sealed);
  if (params.length > 0) throw new Error(`${list.type}: a standing takes no parameters`);
  const read = `SELECT ${table}.id, (${sql})::boolean FROM ${table} WHERE ${table}.id = ANY (records)`;
  await client.query(`
    CREATE OR REPLACE FUNCTION ${standingFunction(`${schema}.${list.type}`)}(records uuid[], hold boolean)
    RETURNS TABLE (record uuid, is_sealed boolean) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
    BEGIN
      IF hold THEN RETURN QUERY ${read} FOR SHARE;
      ELSE RETURN QUERY ${read};
      END IF;
    END $$`);
}

/** The function by which the books ask for drafts of a list before a month is locked, likewise. */
async function countable(
  client: pg.Client,
  schema: string,
  list: List,
  { day, name, when }: NonNullable<List['unposted']>,
): Promise<void> {
  const table = `${schema}.${getTableName(list.table)}`;
  const { sql, params } = new PgDialect().sqlToQuery(when);
  if (params.length > 0) throw new Error(`${list.type}: what is unposted takes no parameters`);
  await client.query(`
    CREATE OR REPLACE FUNCTION ${unpostedFunction(`${schema}.${list.type}`)}(since date, through date)
    RETURNS TABLE (record uuid, day date, name text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
    BEGIN
      RETURN QUERY SELECT ${table}.id, ${table}.${day.name}, ${table}.${name.name}::text FROM ${table}
        WHERE (${sql}) AND ${table}.${day.name} BETWEEN since AND through;
    END $$`);
}

/** Password of `valeo_app`, derived from the installation's secret so that every process can compute it. */
export const appPasswordOf = (secret: string): string =>
  createHash('sha256').update(`valeo_app:${secret}`).digest('hex');
