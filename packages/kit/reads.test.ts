import { beforeAll, describe, expect, test } from 'vitest';
import { Ctx } from './context.ts';
import { newId } from './ids.ts';
import { listPage, loadNode } from './list-page.ts';
import { published } from './published.ts';
import { type ToyHouse, things, toyHouse } from './testing/toy/toy.ts';

/** What an answer says it was read from. */

let house: ToyHouse;
beforeAll(async () => {
  house = await toyHouse();
});

async function readsOf(work: (ctx: Ctx) => Promise<unknown>) {
  const ctx = new Ctx('toy', { caller: house.one, requestId: 'test', locale: 'de' }, house.services);
  try {
    await work(ctx);
    return await ctx.reads();
  } finally {
    await ctx.close();
  }
}
const statement = (text: string, values: unknown[] = []) =>
  readsOf(async (ctx) => (await ctx.read()).query(text, values));

describe('a table is what its changes are told as', () => {
  test.each([
    ['a list by its type', 'SELECT 1 FROM toy.thing', ['toy.Thing']],
    ['any other by its name', 'SELECT 1 FROM toy.fact', ['toy.fact']],
    ['one of no company with a sign', 'SELECT 1 FROM toy.shared', ['@toy.shared']],
    [
      'however it is written, and wherever it stands',
      `WITH a AS (SELECT 1 FROM "toy" . "fact") SELECT t.kind FROM toy.thing t WHERE EXISTS (SELECT FROM TOY.Shared)`,
      ['toy.fact', 'toy.Thing', '@toy.shared'],
    ],
  ])('%s', async (_, text, from) => {
    expect(await statement(text)).toEqual({ from, personal: false });
  });
});

test('a page and its count depend on the whole list, records read by id on these alone', async () => {
  const page = await readsOf(async (ctx) => (await listPage(ctx, things, {})).totalCount());
  expect(page).toEqual({ from: ['toy.Thing'], personal: false });
  const [one, two] = [newId(), newId()];
  expect(await readsOf((ctx) => Promise.all([one, two].map((id) => loadNode(ctx, things, id))))).toEqual({
    from: [`toy.Thing:${one}`, `toy.Thing:${two}`],
    personal: false,
  });
  expect(await readsOf(async (ctx) => published(await ctx.read(), 'crm.BusinessPartner', [one]))).toEqual({
    from: [`crm.BusinessPartner:${one}`],
    personal: false,
  });
});

test('many records of a type are the whole type', async () => {
  const ids = Array.from({ length: 50 }, () => newId());
  expect(await readsOf((ctx) => Promise.all(ids.map((id) => loadNode(ctx, things, id))))).toMatchObject({
    from: ['toy.Thing'],
  });
});

test('what is not seen through may be anything of the domain: a function, and an answer without a statement', async () => {
  await house.sql('CREATE FUNCTION toy.hidden() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM toy.fact $$');
  await house.sql('GRANT EXECUTE ON FUNCTION toy.hidden TO valeo_toy');
  expect(await statement('SELECT toy.hidden()')).toEqual({ from: ['toy', '@toy'], personal: true });
  expect(await readsOf(async () => 1)).toMatchObject({ from: ['toy', '@toy'] });
});

test('it cannot be said where changes are told to nobody, or something else than the reading transaction was used', async () => {
  expect(await statement('SELECT 1 FROM kit.audit')).toBeNull();
  expect(await statement('SELECT n FROM kit.list_count')).toBeNull();
  expect(await readsOf(async (ctx) => ctx.services.database.pool.query('SELECT 1'))).toBeNull();
  expect(await readsOf((ctx) => ctx.transaction((tx) => tx.query('SELECT 1 FROM toy.fact')))).toBeNull();
});

describe('an answer is the reader’s own', () => {
  test.each([
    [
      'where a statement asks who it is',
      async (ctx: Ctx) => (await ctx.read()).query(`SELECT current_setting('app.user_id') FROM toy.fact`),
    ],
    ['where a resolver looks at the user', async (ctx: Ctx) => ctx.caller.userId],
    ['where a resolver looks at the client', async (ctx: Ctx) => ({ ...ctx.caller })],
    ['where a resolver looks at the request', async (ctx: Ctx) => ctx.call.http],
  ])('%s', async (_, work) => {
    expect(await readsOf(work)).toMatchObject({ personal: true });
  });

  test('but not where company, rights and language are all that counts', async () => {
    const reads = await readsOf(async (ctx) => [
      ctx.can('crm:read'),
      ctx.caller.tenantId,
      ctx.caller.permissions,
      ctx.locale,
    ]);
    expect(reads).toMatchObject({ personal: false });
  });
});
