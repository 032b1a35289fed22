import { beforeAll, describe, expect, test } from 'vitest';
import { defineList } from './list.ts';
import { putThings, type ToyHouse, things, toyHouse } from './testing/toy/toy.ts';
import { withPermissions } from './testing/two-tenants.ts';

let house: ToyHouse;
beforeAll(async () => {
  house = await toyHouse();
  await putThings(house, house.one.tenantId, [
    { kind: 'a', size: '1.00', madeOn: '2025-12-31', note: 'x', ready: true, count: 3, colours: ['RED', 'BLUE'] },
    { kind: 'a', size: '2.50', madeOn: '2026-01-01', note: 'x', ready: null, count: null, colours: ['BLUE'] },
    { kind: 'b', size: '0.25', madeOn: '2026-01-31', note: null, ready: false, count: 4, colours: [] },
  ]);
  await putThings(house, house.two.tenantId, [{ kind: 'a', size: '900.00', note: 'x' }, { kind: 'z' }]);
});

const GROUPS = `query ($by: ThingGroupField, $filter: ThingFilter, $order: GroupOrder! = KEY_ASC, $first: Int! = 100, $at: Int! = 0) {
  thingGroups(by: $by, filter: $filter, order: $order, first: $first, at: $at) {
    total groups { key count sums { size { amount currency } count } }
  }
}`;

const groups = async (variables: object) => (await house.ask(house.one, GROUPS, variables)).thingGroups;
/** Groups as [key, entries, sum of sizes]. */
const shown = async (variables: object) =>
  (await groups(variables)).groups.map((group: { key: string; count: number; sums: { size: { amount: string } } }) => [
    group.key,
    group.count,
    group.sums.size.amount,
  ]);

describe('groups', () => {
  test('count and add up what agrees', async () => {
    expect(await groups({ by: 'KIND' })).toEqual({
      total: 2,
      groups: [
        { key: 'a', count: 2, sums: { size: { amount: '3.50', currency: 'EUR' }, count: '3' } },
        { key: 'b', count: 1, sums: { size: { amount: '0.25', currency: 'EUR' }, count: '4' } },
      ],
    });
  });

  test('leave absent values in a group of their own, at the end', async () => {
    expect(await shown({ by: 'NOTE' })).toEqual([
      ['x', 2, '3.50'],
      [null, 1, '0.25'],
    ]);
    expect(await shown({ by: 'READY', order: 'KEY_DESC' })).toEqual([
      ['true', 1, '1.00'],
      ['false', 1, '0.25'],
      [null, 1, '2.50'],
    ]);
  });

  test('of days are months, quarters and years', async () => {
    expect(await shown({ by: 'MADE_ON_MONTH' })).toEqual([
      ['2025-12', 1, '1.00'],
      ['2026-01', 2, '2.75'],
    ]);
    expect((await shown({ by: 'MADE_ON_QUARTER' })).map(([key]: string[]) => key)).toEqual(['2025-Q4', '2026-Q1']);
    expect((await shown({ by: 'MADE_ON_YEAR', order: 'KEY_DESC' })).map(([key]: string[]) => key)).toEqual([
      '2026',
      '2025',
    ]);
  });

  test('of a set hold an entry once for each of its values', async () => {
    expect(await shown({ by: 'COLOURS', order: 'COUNT_DESC' })).toEqual([
      ['BLUE', 2, '3.50'],
      ['RED', 1, '1.00'],
    ]);
  });

  test('cover only what the filter matches', async () => {
    expect(await shown({ by: 'KIND', filter: { madeOn: { gte: '2026-01-01' } } })).toEqual([
      ['a', 1, '2.50'],
      ['b', 1, '0.25'],
    ]);
  });

  test('are paged, and their number is known', async () => {
    expect(await groups({ by: 'KIND', first: 1, at: 1 })).toMatchObject({ total: 2, groups: [{ key: 'b' }] });
    expect(await groups({ by: 'KIND', first: 1, at: 9 })).toEqual({ total: 2, groups: [] });
  });

  test('without a field are one of everything, also of nothing', async () => {
    expect(await shown({})).toEqual([[null, 3, '3.75']]);
    expect(await shown({ filter: { kind: { in: [] } } })).toEqual([[null, 0, '0.00']]);
  });

  test('of one company know nothing of another', async () => {
    const { thingGroups } = await house.ask(house.two, GROUPS, { by: 'KIND' });
    expect(thingGroups.groups.map(({ key, count }: { key: string; count: number }) => [key, count])).toEqual([
      ['a', 1],
      ['z', 1],
    ]);
  });

  test('need the permission of their list', async () => {
    const { errors } = await house.answer(withPermissions(house.one, 'sales:read'), GROUPS, { by: 'KIND' });
    expect(errors[0]?.code).toBe('FORBIDDEN');
  });

  test.each([
    [{ first: 501 }, 'PAGE_TOO_LARGE'],
    [{ first: 0 }, 'PAGE_TOO_LARGE'],
    [{ at: -1 }, 'INVALID_PAGING'],
  ])('refuse %j', async (variables, code) => {
    expect((await house.answer(house.one, GROUPS, { by: 'KIND', ...variables })).errors[0]?.code).toBe(code);
  });
});

test('counts of a counted field come from its counters, without reading an entry', async () => {
  const read = () => house.ask(house.one, '{ thingGroups(by: KIND) { groups { key count } } }');
  await house.sql('UPDATE kit.list_count SET n = 70 WHERE tenant_id = $1 AND list = $2 AND facet = $3', [
    house.one.tenantId,
    'toy.Thing',
    'a',
  ]);
  expect((await read()).thingGroups.groups[0]).toEqual({ key: 'a', count: 70 });
  await house.sql('UPDATE kit.list_count SET n = 2 WHERE tenant_id = $1 AND list = $2 AND facet = $3', [
    house.one.tenantId,
    'toy.Thing',
    'a',
  ]);
});

test('a list cannot be grouped by a field that it has not', () => {
  expect(() => defineList({ ...things, groups: ['nothing'] })).toThrow('Thing cannot be grouped by nothing');
});
