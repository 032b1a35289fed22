import { beforeAll, describe, expect, test } from 'vitest';
import { appPasswordOf, migrateAll } from './migrate.ts';
import { type ToyHouse, toy, toyHouse } from './testing/toy/toy.ts';

let house: ToyHouse;
beforeAll(async () => {
  house = await toyHouse();
});

const again = (definition = toy) =>
  migrateAll({ adminUrl: house.ownerUrl, appPassword: new URL(house.url).password, definitions: [definition] });

/** Everything that a migration could change about the database. */
const state = () =>
  house.sql(`
    SELECT 'table' AS kind, c.oid::regclass::text AS name, c.relacl::text AS detail, c.relforcerowsecurity AS forced FROM pg_class c
      JOIN pg_namespace n ON n.oid = relnamespace WHERE n.nspname IN ('toy', 'kit') AND relkind IN ('r', 'p')
    UNION ALL SELECT 'trigger', tgname || ' on ' || tgrelid::regclass, pg_get_triggerdef(oid), NULL FROM pg_trigger
      WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'toy.%'
    UNION ALL SELECT 'policy', polname || ' on ' || polrelid::regclass, pg_get_expr(polqual, polrelid), NULL FROM pg_policy
    ORDER BY 1, 2`);

test('a second run changes nothing', async () => {
  const before = await state();
  await again();
  expect(await state()).toEqual(before);
});

test('two runs at once wait for each other', async () => {
  const before = await state();
  await Promise.all([again(), again(), again()]);
  expect(await state()).toEqual(before);
});

test('whoever reads for long is waited for without keeping all others from the table', async () => {
  const { database } = house.services;
  const session = { domain: 'toy', tenantId: house.one.tenantId, userId: null, requestId: 'test' };
  const read = async (): Promise<number> => {
    const startedAt = Date.now();
    await database.transaction(session, (tx) => tx.query('SELECT id FROM toy.thing'));
    return Date.now() - startedAt;
  };
  let isDone = false;
  let migrated: Promise<unknown> = Promise.resolve();
  await database.transaction(session, async (tx) => {
    await tx.query('SELECT id FROM toy.thing');
    migrated = again().then(() => {
      isDone = true;
    });
    const waits: number[] = [];
    for (const until = Date.now() + 7_000; Date.now() < until; ) waits.push(await read());
    expect(isDone).toBe(false);
    expect(Math.max(...waits)).toBeLessThan(4_000);
  });
  await migrated;
}, 60_000);

test('those who go on meanwhile never find a right gone', async () => {
  const { database } = house.services;
  const session = { domain: 'toy', tenantId: house.one.tenantId, userId: null, requestId: 'test' };
  let isDone = false;
  const migrated = again().finally(() => {
    isDone = true;
  });
  const readers = Array.from({ length: 4 }, async () => {
    while (!isDone) await database.transaction(session, (tx) => tx.query('SELECT id FROM toy.thing LIMIT 1'));
  });
  await Promise.all([migrated, ...readers]);
}, 60_000);

test('every table of a domain is isolated, whether its author thought of it or not', async () => {
  await house.sql(
    'SET ROLE valeo_owner; CREATE TABLE toy.forgotten (id uuid PRIMARY KEY, tenant_id uuid NOT NULL); RESET ROLE',
  );
  await again();
  const [row] = await house.sql<{ forced: boolean; triggers: string[] }>(
    `SELECT relforcerowsecurity AS forced, array(SELECT tgname::text FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal ORDER BY 1) AS triggers
     FROM pg_class c WHERE oid = 'toy.forgotten'::regclass`,
  );
  expect(row).toEqual({
    forced: true,
    triggers: ['audit_delete', 'audit_update', 'told_delete', 'told_insert', 'told_update'],
  });
});

test('a table without a company has to be declared', async () => {
  await expect(again({ ...toy, global: [] })).rejects.toThrow('toy.shared has no tenant_id and is not declared global');
});

test('a page by an amount enters the index at its cursor, whatever row-level security adds', async () => {
  await house.sql('CREATE INDEX IF NOT EXISTS thing_by_size ON toy.thing (tenant_id, size, id)');
  const session = { domain: 'toy', tenantId: house.one.tenantId, userId: null, requestId: 'test' };
  const plan = await house.services.database.transaction(session, async (tx) => {
    await tx.query(`SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`);
    return tx.query<{ 'QUERY PLAN': string }>(
      'EXPLAIN SELECT id FROM toy.thing WHERE (size, id) > ($1::numeric, $2::uuid) ORDER BY size, id LIMIT 5',
      ['1.50', house.one.tenantId],
    );
  });
  const conditions = plan.map((line) => line['QUERY PLAN']).filter((line) => line.includes('Cond:'));
  expect(conditions.join()).toContain('ROW(size, id) >');
});

describe('the password of the login role', () => {
  test('follows from the secret of the installation and tells nothing about it', () => {
    expect(appPasswordOf('secret')).toBe(appPasswordOf('secret'));
    expect(appPasswordOf('secret')).not.toBe(appPasswordOf('other'));
    expect(appPasswordOf('secret')).not.toContain('secret');
  });
});
