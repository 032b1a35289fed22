import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';

/** A database of its own for one test file. */
export interface TestDatabase {
  /** Connects as `valeo_app`, as the server does: owns nothing, and row-level security holds. */
  readonly url: string;
  /** Connects as the owner of the cluster: for migrations and for looking at what row-level security hides. */
  readonly ownerUrl: string;
  readonly name: string;
}

/** What the set-up of the test run leaves for its workers. */
export interface TestCluster {
  /** The migrated template, as owner and as `valeo_app`. */
  ownerUrl: string;
  appUrl: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    testCluster: TestCluster;
  }
}

/**
 * Makes a database for the calling test file, dropped when the file is done: by default a clone of the migrated template,
 * with `template: 'empty'` one without any table. Close your pools in `afterAll`, else the database stays until the run ends.
 */
export async function testDatabase(options: { template?: 'migrated' | 'empty' } = {}): Promise<TestDatabase> {
  const { ownerUrl, appUrl } = inject('testCluster');
  const template = options.template === 'empty' ? 'template1' : new URL(ownerUrl).pathname.slice(1);
  const name = `test_${process.env.VITEST_POOL_ID ?? '0'}_${randomBytes(5).toString('hex')}`;
  await asOwner(ownerUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  afterAll(() => asOwner(ownerUrl, `DROP DATABASE IF EXISTS ${name}`).catch(ignoreOpenConnections));
  return { name, url: onDatabase(appUrl, name), ownerUrl: onDatabase(ownerUrl, name) };
}

async function asOwner(templateUrl: string, statement: string): Promise<void> {
  // Nobody may be connected to a template while it is cloned, so this goes by way of another database.
  const client = new pg.Client({ connectionString: onDatabase(templateUrl, 'postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function onDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

function ignoreOpenConnections(error: { code?: string }): void {
  const OBJECT_IN_USE = '55006';
  if (error.code !== OBJECT_IN_USE) throw error;
}
