import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from './database.ts';

const pools: pg.Pool[] = [];
afterAll(() => Promise.all(pools.map((pool) => pool.end())));

async function open(url: string): Promise<pg.Pool> {
  const pool = new pg.Pool({ connectionString: url });
  pools.push(pool);
  return pool;
}

test('two test databases do not see each other', async () => {
  const one = await open((await testDatabase()).ownerUrl);
  const two = await open((await testDatabase()).ownerUrl);
  await one.query('create table only_here (id int)');
  const { rows } = await two.query(`select to_regclass('only_here') as found`);
  expect(rows).toEqual([{ found: null }]);
});

test('an empty test database has no schema but the public one', async () => {
  const pool = await open((await testDatabase({ template: 'empty' })).ownerUrl);
  const { rows } = await pool.query(
    `select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`,
  );
  expect(rows).toEqual([{ nspname: 'public' }]);
});
