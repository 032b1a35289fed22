import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from './caller.ts';
import { newId } from './ids.ts';
import { published } from './published.ts';
import { NO_COMPANY } from './pubsub.ts';
import { putThings, type ToyHouse, toyHouse } from './testing/toy/toy.ts';

let house: ToyHouse;
let one: Caller;
beforeAll(async () => {
  house = await toyHouse();
  one = house.one;
});

const inToy = <T>(work: (tx: import('./tenant-db.ts').Tx) => Promise<T>, tenantId = one.tenantId) =>
  house.services.database.transaction({ domain: 'toy', tenantId, userId: one.userId, requestId: 'request 1' }, work);
const outbox = () =>
  house.sql<{ op: string; entity_ids: string[] | null; tenant_id: string; request_id: string; user_id: string }>(
    `SELECT op, entity_ids, tenant_id, request_id, user_id FROM kit.outbox WHERE type = 'toy.Thing' ORDER BY id`,
  );
const counters = async (tenantId: string) =>
  Object.fromEntries(
    (
      await house.sql<{ facet: string; n: string }>(
        'SELECT facet, n FROM kit.list_count WHERE tenant_id = $1 AND n <> 0',
        [tenantId],
      )
    ).map(({ facet, n }) => [facet, Number(n)]),
  );

describe('every change of a list', () => {
  const ids = [newId(), newId(), newId()];

  test('leaves one event a statement, with who and in which request', async () => {
    await inToy((tx) =>
      tx.query(
        `INSERT INTO toy.thing (id, tenant_id, kind, size, made_on, seen_at)
         SELECT id, $2, 'a', 1.50, '2026-01-01', now() FROM unnest($1::uuid[]) AS id`,
        [ids, one.tenantId],
      ),
    );
    const [event, ...more] = await outbox();
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      op: 'created',
      tenant_id: one.tenantId,
      request_id: 'request 1',
      user_id: one.userId,
    });
    expect(event?.entity_ids?.toSorted()).toEqual(ids.toSorted());
    expect(await counters(one.tenantId)).toEqual({ '': 3, a: 3 });
  });

  test('moves its counters, and is audited with before and after', async () => {
    await inToy((tx) => tx.query(`UPDATE toy.thing SET kind = 'b' WHERE id = $1`, [ids[0]]));
    expect(await counters(one.tenantId)).toEqual({ '': 3, a: 2, b: 1 });
    const audit = await house.sql<{
      before: { kind: string };
      after: { kind: string };
      user_id: string;
      request_id: string;
    }>('SELECT before, after, user_id, request_id FROM kit.audit WHERE entity_id = $1', [ids[0]]);
    expect(audit).toMatchObject([
      { before: { kind: 'a' }, after: { kind: 'b' }, user_id: one.userId, request_id: 'request 1' },
    ]);
  });

  test('that changes nothing is not audited', async () => {
    await inToy((tx) => tx.query('UPDATE toy.thing SET kind = kind'));
    expect(await house.sql('SELECT 1 FROM kit.audit')).toHaveLength(1);
  });

  test('of no row leaves no event', async () => {
    const before = (await outbox()).length;
    await inToy((tx) => tx.query(`UPDATE toy.thing SET kind = 'c' WHERE id = $1`, [newId()]));
    expect(await outbox()).toHaveLength(before);
  });

  test('that is rolled back leaves nothing', async () => {
    const before = [(await outbox()).length, await counters(one.tenantId)];
    await inToy(async (tx) => {
      await tx.query('DELETE FROM toy.thing');
      tx.rollback(null);
    });
    expect([(await outbox()).length, await counters(one.tenantId)]).toEqual(before);
  });

  test('that deletes is counted, told and audited', async () => {
    await inToy((tx) => tx.query('DELETE FROM toy.thing WHERE id = $1', [ids[0]]));
    expect(await counters(one.tenantId)).toEqual({ '': 2, a: 2 });
    expect((await outbox()).at(-1)).toMatchObject({ op: 'deleted', entity_ids: [ids[0]] });
    expect(await house.sql(`SELECT after FROM kit.audit WHERE op = 'deleted'`)).toEqual([{ after: null }]);
  });

  test('of more rows than a message can name says that many changed', async () => {
    await putThings(
      house,
      house.two.tenantId,
      Array.from({ length: 101 }, () => ({})),
    );
    expect((await outbox()).at(-1)).toMatchObject({ op: 'created', entity_ids: null });
  });

  test('without a company is refused', async () => {
    await expect(house.sql('DELETE FROM toy.thing')).rejects.toMatchObject({ code: '42501' });
  });

  test('keeps the counters right under twenty writers at once', async () => {
    const tenantId = newId();
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        putThings(house, tenantId, [{ kind: 'abc'.charAt(index % 3) }, { kind: 'c' }]),
      ),
    );
    expect(await counters(tenantId)).toEqual({ '': 40, a: 7, b: 7, c: 26 });
  });
});

describe('a change of a table that is no list', () => {
  const told = async (requestId: string) =>
    (
      await house.sql<{ type: string }>('SELECT type FROM kit.outbox WHERE request_id = $1 ORDER BY id', [requestId])
    ).map(({ type }) => type);
  const work = (requestId: string, ...statements: string[]) =>
    house.services.database.transaction(
      { domain: 'toy', tenantId: one.tenantId, userId: null, requestId },
      async (tx) => {
        for (const statement of statements) await tx.query(statement);
      },
    );
  const fact = () => `INSERT INTO toy.fact (id, tenant_id, words) VALUES ('${newId()}', kit.tenant(), 'so')`;
  const putThing = () =>
    `INSERT INTO toy.thing (id, tenant_id, kind, size, made_on, seen_at) VALUES ('${newId()}', kit.tenant(), 'a', 1, '2026-01-01', now())`;

  test('is told once a transaction', async () => {
    await work('facts', fact(), fact());
    expect(await told('facts')).toEqual(['toy.fact']);
    await work('facts again', fact());
    expect(await told('facts again')).toEqual(['toy.fact']);
  });

  test('is told beside the event of the list that changed with it', async () => {
    await work('thing and fact', putThing(), fact());
    expect(await told('thing and fact')).toEqual(['toy.Thing', 'toy.fact']);
  });

  test('is told also where the list that changed with it was rolled back to a savepoint', async () => {
    await work('half', 'SAVEPOINT s', putThing(), 'ROLLBACK TO s', fact());
    expect(await told('half')).toEqual(['toy.fact']);
  });
});

test('a change of a table that belongs to no company is told to all', async () => {
  await house.services.database.transaction(
    { domain: 'toy', tenantId: null, userId: null, requestId: 'shared' },
    async (tx) => {
      await tx.query(`INSERT INTO toy.shared VALUES ('one'), ('two')`);
      await tx.query(`UPDATE toy.shared SET name = 'three' WHERE name = 'two'`);
      await tx.query(`DELETE FROM toy.shared WHERE name = 'nobody'`);
    },
  );
  expect(await house.sql(`SELECT type, tenant_id FROM kit.outbox WHERE request_id = 'shared'`)).toEqual([
    { type: 'toy.shared', tenant_id: NO_COMPANY },
  ]);
});

describe('published state', () => {
  test('is as new as the row, keeps decimals exact and is seen by the own company only', async () => {
    const id = newId();
    await putThings(house, one.tenantId, [{ id, kind: 'a', size: '1234567890.10' }]);
    const read = (tenantId: string, domain = 'crm') =>
      house.services.database.transaction({ domain, tenantId, userId: null, requestId: 'test' }, (tx) =>
        published<{ kind: string; size: string }>(tx, 'toy.Thing', [id]),
      );
    expect((await read(one.tenantId)).get(id)).toEqual({ kind: 'a', size: '1234567890.10' });
    expect((await read(house.two.tenantId)).size).toBe(0);

    await inToy((tx) => tx.query(`UPDATE toy.thing SET size = 2 WHERE id = $1`, [id]));
    expect((await read(one.tenantId)).get(id)?.size).toBe('2.00');
    await inToy((tx) => tx.query('DELETE FROM toy.thing WHERE id = $1', [id]));
    expect((await read(one.tenantId)).size).toBe(0);
  });
});

describe('the records of kit', () => {
  test.each(['kit.outbox', 'kit.audit', 'kit.list_count', 'kit.published', 'kit.idempotency'])(
    '%s cannot be written by a domain',
    async (table) => {
      await expect(inToy((tx) => tx.query(`DELETE FROM ${table}`))).rejects.toMatchObject({ code: '42501' });
    },
  );

  test('the audit cannot be changed by anybody', async () => {
    await expect(house.sql(`UPDATE kit.audit SET after = '{}'`)).rejects.toMatchObject({ code: '23001' });
  });

  test('another company’s audit cannot be read', async () => {
    const rows = await inToy((tx) => tx.query('SELECT 1 FROM kit.audit'), house.two.tenantId);
    expect(rows).toEqual([]);
  });
});

describe('subscriptions', () => {
  const ended: AsyncIterableIterator<unknown>[] = [];
  afterAll(() => Promise.all(ended.map((events) => events.return?.())));
  const dispatch = (entityId: string | null, tenantId = one.tenantId) =>
    house.pubsub.dispatch({ id: '1', tenantId, type: 'toy.Thing', op: 'updated', entityId, at: '' });

  test('send an entry as its reader may see it, and null when many changed', async () => {
    const [id, other] = [newId(), newId()];
    await putThings(house, one.tenantId, [{ id, kind: 'b' }, { id: other }]);
    const events = await house.subscribe(one, 'subscription ($id: ID!) { thingChanged(id: $id) { id kind } }', { id });
    ended.push(events);
    const first = events.next();
    dispatch(id, house.two.tenantId);
    dispatch(other);
    dispatch(id);
    dispatch(null);
    expect((await first).value.data).toEqual({ thingChanged: { id, kind: 'b' } });
    expect((await events.next()).value.data).toEqual({ thingChanged: null });
  });

  test('of a list send what meets the filter', async () => {
    const [b, c] = [newId(), newId()];
    await putThings(house, one.tenantId, [
      { id: b, kind: 'b' },
      { id: c, kind: 'c' },
    ]);
    const events = await house.subscribe(one, 'subscription { thingsChanged(filter: { kind: { eq: c } }) { id } }');
    ended.push(events);
    const first = events.next();
    dispatch(c);
    expect((await first).value.data).toEqual({ thingsChanged: { id: c } });
  });

  test('to something that is no id are refused', async () => {
    await expect(house.subscribe(one, 'subscription { thingChanged(id: "x") { id } }')).rejects.toThrow();
  });
});
