import { newId } from '@valeo/kit/ids.ts';
import { expect, test } from 'vitest';
import { identityHouse } from '../testing/house.ts';

const house = await identityHouse();
const { subscribe, owner, colleague } = house;
const one = await owner('Eins', 'chef@eins.example');
const mate = await colleague(one, 'kollege@eins.example', 'sales');
const two = await owner('Zwei', 'chef@zwei.example');

const watch = (caller: typeof one, recordId: string, editing = false) =>
  subscribe(
    caller,
    'subscription ($recordId: ID!, $editing: Boolean) { recordViewers(recordId: $recordId, editing: $editing) { id name editing } }',
    { recordId, editing },
  );
type Watching = Awaited<ReturnType<typeof watch>>;
const next = async (watching: Watching) => (await watching.next()).value?.data?.recordViewers;

test('colleagues at one record see each other come, edit and go with their connection', async () => {
  const record = newId();
  const mine = await watch(one, record);
  expect(await next(mine)).toEqual([]);
  const theirs = await watch(mate, record, true);
  expect(await next(mine)).toEqual([{ id: mate.userId, name: 'kollege', editing: true }]);
  let seen = await next(theirs);
  if (seen.length === 0) seen = await next(theirs);
  expect(seen).toEqual([{ id: one.userId, name: 'chef', editing: false }]);
  await theirs.return?.();
  expect(await next(mine)).toEqual([]);
  await mine.return?.();
});

test('a second tab of the same person is nobody new, and closing one of two is no leaving', async () => {
  const record = newId();
  const mine = await watch(one, record);
  expect(await next(mine)).toEqual([]);
  const reading = await watch(mate, record);
  expect(await next(mine)).toMatchObject([{ editing: false }]);
  const editing = await watch(mate, record, true);
  expect(await next(mine)).toMatchObject([{ editing: true }]);
  await editing.return?.();
  expect(await next(mine)).toMatchObject([{ editing: false }]);
  await reading.return?.();
  expect(await next(mine)).toEqual([]);
  await mine.return?.();
});

test('people of another company, and at other records, are not seen', async () => {
  const record = newId();
  const mine = await watch(one, record);
  expect(await next(mine)).toEqual([]);
  const stranger = await watch(two, record, true);
  const elsewhere = await watch(mate, newId(), true);
  const here = await watch(mate, record);
  // The first thing to be told is the colleague, so neither of the others was.
  expect(await next(mine)).toEqual([{ id: mate.userId, name: 'kollege', editing: false }]);
  for (const watching of [mine, stranger, elsewhere, here]) await watching.return?.();
});

test('what is no id is not found', async () => {
  await expect(watch(one, 'no-id')).rejects.toThrow('NOT_FOUND');
});
