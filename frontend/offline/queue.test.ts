import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import { discard, enqueue, queuedWrite, resend, retry, sendQueued } from './queue.ts';
import { replayAlone } from './replay-alone.ts';
import { forgetStore, outboxOf } from './store.ts';

const owner = 'company.person';
let answers: Record<string, object | 'offline'>;
let sent: { key: string; input: Record<string, unknown>; headers: Headers }[];

/** Locks of one tab: one after the other. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request: (_name: string, work: () => Promise<unknown>) => {
      const run = last.then(work, work);
      last = run.catch(() => undefined);
      return run;
    },
  };
}

beforeEach(async () => {
  answers = {};
  sent = [];
  vi.stubGlobal('navigator', { locks: oneAtATime() });
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    const { operationName, variables } = JSON.parse(String(init.body));
    const answer = answers[operationName] ?? 'offline';
    if (answer === 'offline') throw new TypeError('network');
    const { idempotencyKey: key, ...input } = variables.input;
    sent.push({ key, input, headers: new Headers(init.headers) });
    return Response.json(answer);
  });
  await forgetStore(owner);
});

const queued = (name: string, input: object, creates = true, wasSent = false) =>
  enqueue(owner, {
    operation: { id: 'x', name },
    mutation: name.charAt(0).toLowerCase() + name.slice(1),
    object: 'thing',
    input: input as Record<string, unknown>,
    form: 'crm.partner',
    title: 'Elbe',
    href: '/crm/partners/new',
    base: null,
    values: { name: 'Elbe' },
    key: crypto.randomUUID(),
    creates,
    sent: wasSent,
  });
const left = async () => (await outboxOf(owner).writes()).map(({ title, state, sent: out }) => [title, state, out]);
const change = (input: object) => ({
  input: input as Record<string, unknown>,
  values: {},
  base: null,
  title: 'Elbe 2',
});

test('what was created is referred to by its real id once it has one, and everything is sent as its owner', async () => {
  const partner = await queued('CreatePartner', { name: 'Elbe' });
  await queued('CreateInvoice', { customerId: partner.makes });
  expect(await replayAlone(owner)).toBe('OFFLINE');
  answers = {
    CreatePartner: { data: { createPartner: { thing: { id: 'p-1' }, error: null } } },
    CreateInvoice: { data: { createInvoice: { thing: { id: 'i-1' }, error: null } } },
  };
  expect(await replayAlone(owner)).toBeNull();
  expect(sent.map(({ input }) => input)).toEqual([{ name: 'Elbe' }, { customerId: 'p-1' }]);
  expect(sent[0]?.headers.get('x-valeo-owner')).toBe(owner);
  expect(await left()).toEqual([]);
});

test('an entry that was never sent can be changed in its place', async () => {
  const write = await queued('CreatePartner', { name: 'Elbe' });
  expect(await resend(owner, write.id, change({ name: 'Elbe 2' }))).toMatchObject({ state: 'waiting' });
  answers.CreatePartner = { data: { createPartner: { thing: { id: 'p-1' }, error: null } } };
  expect(await sendQueued(owner, write)).toEqual({ state: 'done', id: 'p-1' });
  expect(sent).toMatchObject([{ key: write.id, input: { name: 'Elbe 2' } }]);
});

test('an entry that may have arrived is not changed before that is known', async () => {
  const write = await queued('CreatePartner', { name: 'Elbe' }, true, true);
  expect(await resend(owner, write.id, change({ name: 'Elbe 2' }))).toMatchObject({ state: 'waiting' });
  expect((await queuedWrite(owner, write.id))?.input).toEqual({ name: 'Elbe' });
  // It had: the first answer comes again, and the change is told that there is nothing left to change.
  answers.CreatePartner = { data: { createPartner: { thing: { id: 'p-1' }, error: null } } };
  expect(await resend(owner, write.id, change({ name: 'Elbe 2' }))).toEqual({ state: 'gone' });
  expect(sent.map(({ input }) => input)).toEqual([{ name: 'Elbe' }]);
});

test('what the graph refuses waits with the reason, and is sent again under its key when it was mended', async () => {
  const fault = { code: 'INVALID_INPUT', message: 'Bitte prüfen.', fields: [{ path: 'name', message: 'Zu lang.' }] };
  answers.CreatePartner = { data: { createPartner: { thing: null, error: fault } } };
  const write = await queued('CreatePartner', { name: 'Elbe' });
  expect(await sendQueued(owner, write)).toEqual({ state: 'refused', fault });
  expect(await left()).toEqual([['Elbe', 'failed', false]]);
  await retry(owner, write.id);
  expect(await left()).toEqual([['Elbe', 'waiting', false]]);
  answers.CreatePartner = { data: { createPartner: { thing: { id: 'p-1' }, error: null } } };
  expect(await resend(owner, write.id, change({ name: 'E' }))).toEqual({ state: 'done', id: 'p-1' });
  expect(sent.at(-1)).toMatchObject({ key: write.id, input: { name: 'E' } });
});

test('somebody else’s session sends nothing', async () => {
  answers.CreatePartner = { errors: [{ message: 'no', extensions: { code: 'OTHER_SESSION', retryable: true } }] };
  await queued('CreatePartner', { name: 'Elbe' });
  expect(await replayAlone(owner)).toBe('OTHER_SESSION');
  expect(await left()).toEqual([['Elbe', 'waiting', true]]);
});

test('discarding and leaving take out what is one owner’s, and nothing of others', async () => {
  const write = await queued('CreatePartner', { name: 'Elbe' });
  await queued('CreatePartner', { name: 'Oder' });
  await outboxOf('other.person').save({ ...write, owner: 'other.person' });
  await discard(owner, write);
  expect(await left()).toHaveLength(1);
  await forgetStore(owner);
  expect(await left()).toEqual([]);
  expect(await outboxOf('other.person').writes()).toHaveLength(1);
});
