import { boolean, date, integer, numeric, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { inject } from 'vitest';
import { z } from 'zod';
import { recordColumns } from '../../columns.ts';
import * as filter from '../../filter.ts';
import { newId } from '../../ids.ts';
import { defineList } from '../../list.ts';
import { sumOfMoney, sumOfQuantity } from '../../list-groups.ts';
import { migrateAll } from '../../migrate.ts';
import { defineAction, defineMutation } from '../../mutation.ts';
import { failField, failItems, ok, single } from '../../result.ts';
import { defineSubgraph } from '../../subgraph.ts';
import type { Tx } from '../../tenant-db.ts';
import { zDecimal, zKey, zList } from '../../validate.ts';
import { type TwoTenants, twoTenants } from '../two-tenants.ts';

/** A domain small enough to try every promise of kit on, with a column of each kind. */
export const thing = pgSchema('toy').table('thing', {
  ...recordColumns(),
  kind: text('kind').notNull(),
  size: numeric('size', { precision: 12, scale: 2 }).notNull(),
  madeOn: date('made_on', { mode: 'string' }).notNull(),
  seenAt: timestamp('seen_at', { withTimezone: true, mode: 'string' }).notNull(),
  note: text('note'),
  ready: boolean('ready'),
  count: integer('count'),
  colours: text('colours').array().notNull(),
  ownerId: uuid('owner_id'),
});

export const things = defineList({
  type: 'Thing',
  field: 'thing',
  plural: 'things',
  description: 'Things of the company.',
  table: thing,
  permission: 'crm:read',
  filters: {
    kind: filter.enumeration('Kind', thing.kind),
    size: filter.decimal(thing.size),
    madeOn: filter.date(thing.madeOn),
    seenAt: filter.dateTime(thing.seenAt),
    note: filter.text(thing.note),
    ready: filter.boolean(thing.ready),
    count: filter.int(thing.count),
    ownerId: filter.id(thing.ownerId),
    colours: filter.enumerationSet('Colour', thing.colours),
  },
  groups: ['kind', 'note', 'ready', 'colours', 'madeOn'],
  sums: { size: sumOfMoney(thing.size), count: sumOfQuantity(thing.count) },
  sorts: { kind: thing.kind, size: thing.size, madeOn: thing.madeOn, seenAt: thing.seenAt },
  defaultOrder: [{ by: 'madeOn', direction: 'DESC' }],
  countedBy: 'kind',
  publishes: { kind: thing.kind, size: thing.size },
  ownedBy: { Owner: thing.ownerId },
});

const item = () => z.object({ kind: z.string(), size: zDecimal(2, 'notNegative') });

async function createThingsIn(tx: Tx, items: readonly { kind: string; size: string }[]) {
  const tooBig = new Map(
    items.flatMap(({ size }, index) =>
      size.startsWith('999') ? [[index, failField('TOO_MANY', 'size', { max: '998' })] as const] : [],
    ),
  );
  const failure = failItems(tooBig);
  if (failure) return failure;
  const ids = items.map(() => newId());
  await tx.query(
    `INSERT INTO toy.thing (id, tenant_id, kind, size, made_on, seen_at)
     SELECT *, '2026-01-01', now() FROM unnest($1::uuid[], array_fill($2::uuid, ARRAY[cardinality($1)]), $3::text[], $4::numeric[])`,
    [ids, tx.tenantId, items.map(({ kind }) => kind), items.map(({ size }) => size)],
  );
  return ok(ids);
}

export const createThing = defineMutation({
  name: 'createThing',
  description: 'Creates a thing.',
  permission: 'crm:write',
  input: item().extend({ dryRun: z.boolean().nullish(), idempotencyKey: zKey() }),
  errors: ['TOO_MANY'],
  payload: { thing: things },
  async run(tx, input) {
    const result = single(await createThingsIn(tx, [input]));
    return result.ok ? ok({ thing: result.value }) : result;
  },
});

export const createThings = defineMutation({
  name: 'createThings',
  description: 'Creates things.',
  permission: 'crm:write',
  input: z.object({ items: zList(item(), 1000), dryRun: z.boolean().nullish(), idempotencyKey: zKey() }),
  errors: ['TOO_MANY'],
  payload: { things },
  bulk: 'items',
  gathers: true,
  async run(tx, { items }) {
    const result = await createThingsIn(tx, items);
    return result.ok ? ok({ things: result.value }) : result;
  },
});

/** Keeps what it did although it fails. */
export const countCalls = defineAction({
  name: 'countCalls',
  description: 'Leaves a fact and fails.',
  permission: 'session',
  input: z.object({ number: z.int().nullish() }),
  optionalInput: true,
  errors: ['TOO_MANY'],
  payload: { calls: 'Int' },
  async perform(ctx) {
    await ctx.transaction((tx) =>
      tx.query('INSERT INTO toy.fact (id, tenant_id, words) VALUES ($1, $2, $3)', [newId(), tx.tenantId, 'called']),
    );
    return failField('TOO_MANY', 'number', { max: '0' });
  },
});

export const toy = defineSubgraph({
  name: 'toy',
  folder: import.meta.dirname,
  lists: [things],
  mutations: [createThing, createThings, countCalls],
  resolvers: [{ Query: { owners: (_: unknown, { ids }: { ids: string[] }) => ids.map((id) => ({ id })) } }],
  texts: { TOO_MANY: { de: 'Höchstens {max}.', en: 'At most {max}.' } },
  appendOnly: ['fact'],
  global: ['shared'],
});

export interface ToyHouse extends TwoTenants {
  /** Connects as `valeo_app`, and as the owner of the cluster. */
  readonly url: string;
  readonly ownerUrl: string;
}

/** Two companies and the toy domain, on a database of their own. */
export async function toyHouse(): Promise<ToyHouse> {
  const house = await twoTenants(toy);
  const url = house.services.database.pool.options.connectionString ?? '';
  const owner = new URL(inject('testCluster').ownerUrl);
  const everyone = new URL(owner);
  owner.pathname = new URL(url).pathname;
  everyone.pathname = '/postgres';
  // Roles belong to the whole cluster, which other test files use at the same time.
  const turn = new pg.Client({ connectionString: everyone.href });
  await turn.connect();
  try {
    await turn.query('SELECT pg_advisory_lock(1)');
    await migrateAll({ adminUrl: owner.href, appPassword: new URL(url).password, definitions: [toy] });
  } finally {
    await turn.end();
  }
  return { ...house, url, ownerUrl: owner.href };
}

/** Puts things into a company, with the values given and plain ones for the rest. */
export async function putThings(
  { services }: TwoTenants,
  tenantId: string,
  rows: readonly Partial<typeof thing.$inferInsert>[],
): Promise<void> {
  const plain = { kind: 'a', size: '1.00', madeOn: '2026-01-01', seenAt: '2026-01-01T00:00:00Z', colours: [] };
  await services.database.transaction({ domain: 'toy', tenantId, userId: null, requestId: 'test' }, (tx) =>
    tx.db.insert(thing).values(rows.map((row) => ({ ...plain, ...row, tenantId }))),
  );
}
