import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from './ids.ts';
import { Database, type Session } from './tenant-db.ts';
import { putThings, type ToyHouse, thing, toyHouse } from './testing/toy/toy.ts';

let house: ToyHouse;
let database: Database;
beforeAll(async () => {
  house = await toyHouse();
  database = house.services.database;
  await putThings(house, house.one.tenantId, [{}, {}]);
  await putThings(house, house.two.tenantId, [{}]);
});

const session = (tenantId: string | null, domain = 'toy'): Session => ({
  domain,
  tenantId,
  userId: null,
  requestId: 'test',
});
const countThings = (tenantId: string | null) =>
  database.transaction(session(tenantId), async (tx) => (await tx.query('SELECT id FROM toy.thing')).length);

const insert = `INSERT INTO toy.thing (id, tenant_id, kind, size, made_on, seen_at) VALUES ($1, $2, 'a', 1, '2026-01-01', now())`;

describe('a company sees its own rows', () => {
  test('and no other', async () => {
    expect(await countThings(house.one.tenantId)).toBe(2);
    expect(await countThings(house.two.tenantId)).toBe(1);
    expect(await countThings(newId())).toBe(0);
  });

  test('and without a company there are none', async () => expect(await countThings(null)).toBe(0));

  test('also on a connection that served another company before', async () => {
    const one = new Database({ url: house.url, maxConnections: 1 });
    try {
      const count = (tenantId: string | null) =>
        one.transaction(session(tenantId), async (tx) => (await tx.query('SELECT id FROM toy.thing')).length);
      expect([await count(house.one.tenantId), await count(null), await count(house.two.tenantId)]).toEqual([2, 0, 1]);
    } finally {
      await one.close();
    }
  });

  test('by id as little as in a list', async () => {
    const [{ id } = { id: '' }] = await house.sql<{ id: string }>('SELECT id FROM toy.thing WHERE tenant_id = $1', [
      house.two.tenantId,
    ]);
    const query = 'query ($id: ID!) { thing(id: $id) { id } }';
    expect((await house.ask(house.two, query, { id })).thing).toEqual({ id });
    for (const foreign of [id, newId(), 'nonsense', "'; DROP TABLE toy.thing; --"]) {
      expect((await house.ask(house.one, query, { id: foreign })).thing).toBeNull();
    }
  });
});

describe('a company writes its own rows only', () => {
  test('a forged company is refused', async () => {
    const forged = database.transaction(session(house.one.tenantId), (tx) =>
      tx.query(insert, [newId(), house.two.tenantId]),
    );
    await expect(forged).rejects.toMatchObject({ code: '42501' });
  });

  test('nothing is written without a company', async () => {
    await expect(
      database.transaction(session(null), (tx) => tx.query(insert, [newId(), house.one.tenantId])),
    ).rejects.toMatchObject({ code: '42501' });
    await expect(database.transaction(session(null), async (tx) => tx.tenantId)).rejects.toThrow('no company');
  });

  test('a row cannot be given away', async () => {
    const gift = database.transaction(session(house.one.tenantId), (tx) =>
      tx.query('UPDATE toy.thing SET tenant_id = $1', [house.two.tenantId]),
    );
    await expect(gift).rejects.toMatchObject({ code: '42501' });
  });

  test('changing and deleting everything changes what is one’s own', async () => {
    await database.transaction(session(house.two.tenantId), async (tx) => {
      expect(await tx.query(`UPDATE toy.thing SET note = 'mine' RETURNING id`)).toHaveLength(1);
    });
    expect(
      await house.sql(`SELECT 1 FROM toy.thing WHERE note = 'mine' AND tenant_id <> $1`, [house.two.tenantId]),
    ).toEqual([]);
  });

  test('a company that is found on the way is entered once and holds', async () => {
    const seen = await database.transaction(session(null), async (tx) => {
      await tx.enter(house.two.tenantId);
      return { tenantId: tx.tenantId, rows: (await tx.query('SELECT id FROM toy.thing')).length };
    });
    expect(seen).toEqual({ tenantId: house.two.tenantId, rows: 1 });
  });
});

describe('a domain has the rights of its role', () => {
  test('on its own schema only', async () => {
    const foreign = database.transaction(session(house.one.tenantId, 'crm'), (tx) =>
      tx.query('SELECT 1 FROM toy.thing'),
    );
    await expect(foreign).rejects.toMatchObject({ code: '42501' });
  });

  test('and the login role alone has none', async () => {
    await expect(database.pool.query('SELECT 1 FROM toy.thing')).rejects.toMatchObject({ code: '42501' });
  });

  test('append-only rows stay, even for the owner of the table', async () => {
    const id = newId();
    await database.transaction(session(house.one.tenantId), (tx) =>
      tx.query('INSERT INTO toy.fact VALUES ($1, $2, $3)', [id, tx.tenantId, 'said']),
    );
    for (const statement of ['UPDATE toy.fact SET words = null', 'DELETE FROM toy.fact', 'TRUNCATE toy.fact']) {
      await expect(house.sql(statement), statement).rejects.toMatchObject({ code: '23001' });
      await expect(
        database.transaction(session(house.one.tenantId), (tx) => tx.query(statement)),
        statement,
      ).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('a port takes on the other role and gives it back', async () => {
    const roles = await database.transaction(session(house.one.tenantId, 'crm'), async (tx) => {
      const role = async () => (await tx.query<{ role: string }>('SELECT current_user AS role'))[0]?.role;
      const inside = await tx.as('toy', () => tx.as('toy', role));
      return [inside, await role()];
    });
    expect(roles).toEqual(['valeo_toy', 'valeo_crm']);
  });

  test('also when the work inside throws', async () => {
    const role = await database.transaction(session(house.one.tenantId, 'crm'), async (tx) => {
      await tx.as('toy', () => Promise.reject(new Error('no'))).catch(() => {});
      return (await tx.query<{ role: string }>('SELECT current_user AS role'))[0]?.role;
    });
    expect(role).toBe('valeo_crm');
  });

  test('and when PostgreSQL refuses the work, no right is left on the connection', async () => {
    const one = new Database({ url: house.url, maxConnections: 1 });
    try {
      await expect(
        one.transaction(session(house.one.tenantId, 'crm'), (tx) => tx.as('toy', () => tx.query('SELECT 1 / 0'))),
      ).rejects.toMatchObject({ code: '22012' });
      await expect(
        one.transaction(session(house.one.tenantId, 'crm'), (tx) => tx.query('SELECT 1 FROM toy.thing')),
      ).rejects.toMatchObject({ code: '42501' });
    } finally {
      await one.close();
    }
  });
});

describe('a transaction', () => {
  test('that only reads cannot write', async () => {
    const tx = await database.read(session(house.one.tenantId));
    await expect(tx.query(insert, [newId(), house.one.tenantId])).rejects.toMatchObject({ code: '25006' });
    await tx.close();
    await tx.close();
  });

  test('that throws leaves nothing', async () => {
    const before = await countThings(house.one.tenantId);
    await expect(
      database.transaction(session(house.one.tenantId), async (tx) => {
        await tx.query(insert, [newId(), tx.tenantId]);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await countThings(house.one.tenantId)).toBe(before);
  });

  test('that is rolled back with an answer leaves nothing and answers', async () => {
    const before = await countThings(house.one.tenantId);
    const answer = await database.transaction(session(house.one.tenantId), async (tx) => {
      await tx.query(insert, [newId(), tx.tenantId]);
      return tx.rollback('no');
    });
    expect(answer).toBe('no');
    expect(await countThings(house.one.tenantId)).toBe(before);
  });

  test('that PostgreSQL ends for a deadlock is done again, by the query builder as well as by plain SQL', async () => {
    const ids = [newId(), newId()] as const;
    await database.transaction(session(house.one.tenantId), async (tx) => {
      for (const id of ids) await tx.query(insert, [id, tx.tenantId]);
    });
    let attempts = 0;
    const bothLocked = Promise.withResolvers<void>();
    const lockBoth = ([first, second]: readonly [string, string]) =>
      database.transaction(session(house.one.tenantId), async (tx) => {
        const lock = (id: string) => tx.db.select().from(thing).where(eq(thing.id, id)).for('update');
        await lock(first);
        attempts++;
        if (attempts === 2) bothLocked.resolve();
        await bothLocked.promise;
        await lock(second);
        return 'done';
      });
    expect(await Promise.all([lockBoth(ids), lockBoth([ids[1], ids[0]])])).toEqual(['done', 'done']);
    expect(attempts).toBe(3);
  });

  test('and given up after the fourth time', async () => {
    let attempts = 0;
    const endless = database.transaction(session(house.one.tenantId), async () => {
      attempts++;
      throw Object.assign(new Error('conflict'), { code: '40001' });
    });
    await expect(endless).rejects.toThrow('conflict');
    expect(attempts).toBe(4);
  });

  test('that PostgreSQL has given up is no success, though the work goes on', async () => {
    const before = await countThings(house.one.tenantId);
    await expect(
      database.transaction(session(house.one.tenantId), async (tx) => {
        await tx.query(insert, [newId(), tx.tenantId]);
        await tx.query('SELECT 1 / 0').catch(() => {});
        return 'stored';
      }),
    ).rejects.toMatchObject({ code: '22012' });
    expect(await countThings(house.one.tenantId)).toBe(before);
  });

  test('that PostgreSQL has given up for a deadlock is done again, though the work goes on', async () => {
    let attempts = 0;
    const raise = `DO $$ BEGIN RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01'; END $$`;
    const answer = await database.transaction(session(house.one.tenantId), async (tx) => {
      attempts++;
      if (attempts === 1) await tx.query(raise).catch(() => {});
      return 'done';
    });
    expect([answer, attempts]).toEqual(['done', 2]);
  });

  test('that only reads ends in peace after a failed statement', async () => {
    const tx = await database.read(session(house.one.tenantId));
    await expect(tx.query('SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });
    await expect(tx.close()).resolves.toBeUndefined();
  });

  test('survives hostile names of requests and users', async () => {
    const hostile = `'; RESET ROLE; --`;
    const found = await database.transaction({ ...session(house.one.tenantId), requestId: hostile }, async (tx) => {
      const [row] = await tx.query<{ id: string }>(`SELECT current_setting('app.request_id') AS id`);
      return row?.id;
    });
    expect(found).toBe(hostile);
  });

  test('gives its connection back when the connection breaks', async () => {
    const one = new Database({ url: house.url, maxConnections: 1 });
    try {
      await expect(
        one.transaction(session(house.one.tenantId), async (tx) => {
          const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
          await house.sql('SELECT pg_terminate_backend($1)', [row?.pid]);
          await tx.query('SELECT 1');
        }),
      ).rejects.toThrow();
      expect(
        await one.transaction(session(house.one.tenantId), async (tx) => (await tx.query('SELECT 1')).length),
      ).toBe(1);
    } finally {
      await one.close();
    }
  });
});
