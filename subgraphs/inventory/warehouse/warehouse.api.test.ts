import { newId } from '@valeo/kit/ids.ts';
import { twoTenants, withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { expect, test } from 'vitest';
import { inventory } from '../inventory.subgraph.ts';

const { one, two, ask, answer } = await twoTenants(inventory);

const FIELDS = '{ id version code name active standard articles }';
const UPDATE = `mutation ($input: UpdateWarehouseInput!) { updateWarehouse(input: $input) { warehouse ${FIELDS} error { code fields { path code message } } } }`;
const create = async (code: string, caller = one) =>
  (
    await ask(
      caller,
      `mutation ($input: CreateWarehouseInput!) { createWarehouse(input: $input) { warehouse ${FIELDS} error { code } } }`,
      { input: { code, name: `Lager ${code}` } },
    )
  ).createWarehouse.warehouse;
const update = async (input: object, caller = one) => (await ask(caller, UPDATE, { input })).updateWarehouse;
const standard = async () =>
  (
    await ask(one, `{ warehouses(filter: { standard: { eq: true } }) { edges { node ${FIELDS} } } }`)
  ).warehouses.edges.map(({ node }: { node: { id: string; version: number; code: string } }) => node);

test('a warehouse is renamed and taken out of use, and what is not given stays', async () => {
  const { id } = await create('A1');
  const renamed = await update({ id, version: 1, name: 'Halle 1' });
  expect(renamed).toMatchObject({ error: null, warehouse: { version: 2, code: 'A1', name: 'Halle 1', active: true } });
  expect((await update({ id, version: 2, active: false })).warehouse).toMatchObject({ name: 'Halle 1', active: false });
  expect((await update({ id, version: 2, name: 'x', code: 'A1' })).error).toMatchObject({
    code: 'CONFLICT',
    fields: [{ path: 'name', code: 'CHANGED_MEANWHILE' }],
  });
});

test('a taken code names the field, in the own company only', async () => {
  const { id } = await create('B1');
  await create('B2');
  expect((await update({ id, version: 1, code: 'B2' })).error).toMatchObject({
    code: 'WAREHOUSE_CODE_TAKEN',
    fields: [{ path: 'code', code: 'WAREHOUSE_CODE_TAKEN' }],
  });
  await create('B3', two);
  expect((await update({ id, version: 1, code: 'B3' })).error).toBeNull();
});

test('a warehouse that holds goods stays in use until it is empty', async () => {
  const { id } = await create('C1');
  const { createArticle } = await ask(
    one,
    'mutation { createArticle(input: { sku: "W1", name: "Held" }) { article { id } } }',
  );
  const move = (quantity: string) =>
    ask(one, 'mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { errors { code } } }', {
      input: { items: [{ articleId: createArticle.article.id, warehouseId: id, quantity, reason: 'x' }] },
    });
  await move('4');
  expect(
    (await ask(one, '{ warehouses(filter: { code: { eq: "C1" } }) { edges { node { articles } } } }')).warehouses.edges,
  ).toEqual([{ node: { articles: 1 } }]);
  expect((await update({ id, version: 1, active: false })).error).toMatchObject({
    code: 'WAREHOUSE_NOT_EMPTY',
    fields: [{ path: 'active' }],
  });
  await move('-4');
  expect((await update({ id, version: 1, active: false })).warehouse).toMatchObject({ active: false, articles: 0 });
});

test('one warehouse is the standard, until another is made it', async () => {
  const { id } = await create('D1');
  const [old] = await standard();
  expect((await update({ id: old.id, version: old.version, active: false })).error.code).toBe('STANDARD_WAREHOUSE');
  expect((await update({ id: old.id, version: old.version, standard: false })).error.code).toBe('STANDARD_WAREHOUSE');
  expect((await update({ id, version: 1, standard: true, active: false })).error.code).toBe('STANDARD_WAREHOUSE');
  expect((await update({ id, version: 1, standard: true })).warehouse.standard).toBe(true);
  expect((await standard()).map(({ code }: { code: string }) => code)).toEqual(['D1']);
  expect((await update({ id: old.id, version: old.version, name: 'x' })).error.code).toBe('CONFLICT');
});

test('nobody changes what belongs to another company, or without the right', async () => {
  const { id } = await create('E1');
  expect((await update({ id, version: 1, name: 'x' }, two)).error.code).toBe('NOT_FOUND');
  expect((await update({ id: newId(), version: 1 })).error.code).toBe('NOT_FOUND');
  const refused = await answer(withPermissions(one, 'inventory:read'), UPDATE, { input: { id, version: 1 } });
  expect(refused.errors).toMatchObject([{ code: 'FORBIDDEN' }]);
});
