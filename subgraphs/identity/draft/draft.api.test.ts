import { newId } from '@valeo/kit/ids.ts';
import { expect, test } from 'vitest';
import { identityHouse } from '../testing/house.ts';

const house = await identityHouse();
const { ask, answer, owner, colleague } = house;
const one = await owner('Eins', 'chef@eins.example');
const mate = await colleague(one, 'kollege@eins.example', 'sales');
const two = await owner('Zwei', 'chef@zwei.example');

const SAVE = `mutation ($input: SaveDraftInput!) { saveDraft(input: $input) {
  draft { id form recordId recordVersion title content } error { code fields { path code } } } }`;
const save = async (input: object, caller = one) => (await ask(caller, SAVE, { input })).saveDraft;
const discard = async (id: string, caller = one) =>
  (await ask(caller, `mutation { discardDraft(input: { id: "${id}" }) { error { code } } }`)).discardDraft;
const drafts = async (caller = one, args = '') =>
  (await ask(caller, `{ drafts${args} { id form title content } }`)).drafts;

test('what was typed is kept, replaced and forgotten', async () => {
  const id = newId();
  const recordId = newId();
  const typed = { id, form: 'crm.partner', recordId, recordVersion: 3, title: 'Elbe', content: { name: 'Elbe' } };
  expect(await save(typed)).toEqual({ draft: typed, error: null });
  await save({ ...typed, content: { name: 'Elbe Kontor', kinds: ['CUSTOMER'] } });
  expect(await drafts(one, `(form: "crm.partner", recordId: "${recordId}")`)).toEqual([
    { id, form: 'crm.partner', title: 'Elbe', content: { name: 'Elbe Kontor', kinds: ['CUSTOMER'] } },
  ]);
  expect(await drafts(one, '(form: "sales.invoice")')).toEqual([]);
  expect(await drafts(one, '(recordId: "no-id")')).toEqual([]);
  expect((await discard(id)).error).toBeNull();
  expect((await discard(id)).error).toBeNull();
  expect(await drafts()).toEqual([]);
});

test('nobody but its author sees, changes or forgets a draft', async () => {
  const id = newId();
  await save({ id, form: 'crm.partner', title: 'Meins', content: 1 });
  for (const stranger of [mate, two]) {
    expect(await drafts(stranger)).toEqual([]);
    await discard(id, stranger);
    // The same id of somebody else is another draft.
    await save({ id, form: 'crm.partner', title: 'Anderes', content: 2 }, stranger);
    await discard(id, stranger);
  }
  expect(await drafts()).toMatchObject([{ id, title: 'Meins', content: 1 }]);
  await discard(id);
});

test('INVALID_INPUT for odd forms and large contents', async () => {
  expect((await save({ id: newId(), form: '../x', title: 'x', content: 1 })).error).toMatchObject({
    code: 'INVALID_INPUT',
    fields: [{ path: 'form', code: 'INVALID_FORMAT' }],
  });
  expect(
    (await save({ id: newId(), form: 'crm.partner', title: 'x', content: 'x'.repeat(300_000) })).error,
  ).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'content', code: 'TOO_LONG' }] });
});

test('of more than 100 the oldest go', async () => {
  const ids = Array.from({ length: 102 }, () => newId());
  for (const id of ids) await save({ id, form: 'crm.partner', title: id, content: {} }, mate);
  const kept = (await drafts(mate)).map((draft: { id: string }) => draft.id);
  expect(kept).toHaveLength(100);
  expect(kept).not.toContain(ids[0]);
  expect(kept).toContain(ids[101]);
});

test('strangers have no drafts', async () => {
  expect((await answer(null, '{ drafts { id } }')).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
});
