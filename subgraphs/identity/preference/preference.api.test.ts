import { expect, test } from 'vitest';
import { identityHouse } from '../testing/house.ts';

const house = await identityHouse();
const { ask, answer, owner, colleague } = house;
const one = await owner('Eins', 'chef@eins.example');
const mate = await colleague(one, 'kollege@eins.example', 'sales');
const two = await owner('Zwei', 'chef@zwei.example');

const SET = `mutation ($input: SetPreferenceInput!) { setPreference(input: $input) { preference { key value shared own } error { code fields { path code } } } }`;
const set = async (input: object, caller = one) => (await ask(caller, SET, { input })).setPreference;
const get = async (caller = one, prefix = '') =>
  (await ask(caller, '{ viewer { preferences(prefix: "'.concat(prefix, '") { key value shared own } } }'))).viewer
    .preferences;

test('a choice is kept, replaced and forgotten', async () => {
  expect((await set({ key: 'theme', value: 'dark' })).preference).toEqual({
    key: 'theme',
    value: 'dark',
    shared: false,
    own: true,
  });
  await set({ key: 'dashboard', value: { widgets: [{ id: 'revenue', x: 0, y: 0, w: 4 }], version: 2 } });
  await set({ key: 'theme', value: 'light' });
  expect(await get()).toEqual([
    {
      key: 'dashboard',
      value: { widgets: [{ id: 'revenue', x: 0, y: 0, w: 4 }], version: 2 },
      shared: false,
      own: true,
    },
    { key: 'theme', value: 'light', shared: false, own: true },
  ]);
  expect(await get(one, 'the')).toHaveLength(1);
  expect((await set({ key: 'theme', value: null })).preference).toBeNull();
  expect(await get(one, 'theme')).toEqual([]);
});

test('a shared view is seen by colleagues, a private one and other companies’ are not', async () => {
  await set({ key: 'views/sales.invoices/overdue', value: { filter: { status: 'OPEN' } }, shared: true });
  await set({ key: 'views/sales.invoices/mine', value: {} });
  expect(await get(mate, 'views/')).toEqual([
    { key: 'views/sales.invoices/overdue', value: { filter: { status: 'OPEN' } }, shared: true, own: false },
  ]);
  expect(await get(two, 'views/')).toEqual([]);
  // The same key of a colleague is another preference.
  await set({ key: 'views/sales.invoices/overdue', value: 1 }, mate);
  expect((await get(one, 'views/sales.invoices/overdue')).map(({ value }: { value: unknown }) => value)).toEqual([
    { filter: { status: 'OPEN' } },
  ]);
});

test('INVALID_INPUT for odd keys and large values', async () => {
  expect((await set({ key: '../x', value: 1 })).error).toMatchObject({
    code: 'INVALID_INPUT',
    fields: [{ path: 'key', code: 'INVALID_FORMAT' }],
  });
  expect((await set({ key: 'big', value: 'x'.repeat(40_000) })).error).toMatchObject({
    code: 'INVALID_INPUT',
    fields: [{ path: 'value', code: 'TOO_LONG' }],
  });
  expect((await set({ key: 'percent', value: '%' })).error).toBeNull();
  expect(await get(one, '%')).toEqual([]);
});

test('TOO_MANY beyond 300', async () => {
  await house.sql(
    `INSERT INTO identity.preference (id, tenant_id, user_id, key, value)
     SELECT gen_random_uuid(), $1, $2, 'k' || n, '1' FROM generate_series(1, 300) n`,
    [two.tenantId, two.userId],
  );
  expect((await set({ key: 'one-more', value: 1 }, two)).error.code).toBe('TOO_MANY');
  expect((await set({ key: 'k7', value: 2 }, two)).error).toBeNull();
});

test('strangers have no preferences', async () => {
  expect((await answer(null, SET, { input: { key: 'theme', value: 1 } })).errors).toMatchObject([
    { code: 'UNAUTHENTICATED' },
  ]);
});
