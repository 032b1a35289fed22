import { beforeAll, expect, test } from 'vitest';
import { Ctx } from './context.ts';
import { type ToyHouse, toyHouse } from './testing/toy/toy.ts';

let house: ToyHouse;
beforeAll(async () => {
  house = await toyHouse();
});

test('what a failed answer left under way opens nothing after the call, which nobody would close', async () => {
  const { pool } = house.services.database;
  const ctx = new Ctx('toy', { caller: house.one, requestId: 'test', locale: 'de' }, house.services);
  await (await ctx.read()).query('SELECT 1');
  await ctx.close();
  await (await ctx.read()).query('SELECT 1');
  await ctx.end();
  const late = ctx.loader<string, string>('late', async () => {
    await ctx.read();
    return new Map();
  });
  await expect(late.load('x')).rejects.toThrow('The call is over');
  expect(pool.idleCount).toBe(pool.totalCount);
});
