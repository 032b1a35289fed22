// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { diskOutbox, replayUnreliably, seeded } from '#testing/unreliable.ts';
import { replay, type Send, type Sent } from './replay.ts';
import { outcome } from './send.ts';
import { isLocalId, newLocalId, type Write, withRealIds } from './write.ts';

let order = 0;
const write = (given: Partial<Write> & { mutation: string; input: Write['input'] }): Write => ({
  id: crypto.randomUUID(),
  owner: 'c.u',
  order: ++order,
  operation: { id: 'x', name: given.mutation },
  object: given.mutation.replace(/^create/, '').replace(/^./, (letter) => letter.toLowerCase()),
  makes: null,
  state: 'waiting',
  sent: false,
  fault: null,
  madeAt: '2026-01-01T00:00:00Z',
  form: '',
  title: '',
  href: '',
  base: null,
  values: {},
  ...given,
});

/**
 * Keeps keys as the graph does: the first answer is kept with the input it was given for, a failure keeps nothing. A file goes
 * ahead of the write it belongs to, and the connection may break between the two.
 */
function graph(random: () => number = () => 1) {
  const records: { id: string; mutation: string; input: Record<string, unknown> }[] = [];
  const keys = new Map<string, { input: string; answer: Sent }>();
  const refused = new Set<string>();
  const files = new Map<string, string>();
  let torn = 0;
  const deliver: Send = async (write, input) => {
    await null;
    const text = JSON.stringify(input);
    const kept = keys.get(write.id);
    if (kept) {
      return kept.input === text
        ? kept.answer
        : { done: false, fault: { code: 'IDEMPOTENCY_KEY_REUSED', message: '', fields: [] } };
    }
    const fields = { ...(input as Record<string, unknown>) };
    if (write.file) {
      if (!files.has(write.id)) files.set(write.id, `f${files.size + 1}`);
      fields.fileId = files.get(write.id);
      if (random() < 0.2) {
        torn += 1;
        return { later: 'OFFLINE' };
      }
    }
    if (fields.name === 'refused') {
      refused.add(write.id);
      return { done: false, fault: { code: 'INVALID_INPUT', message: '', fields: [] } };
    }
    for (const reference of [fields.customerId, fields.articleId, fields.recordId].filter(Boolean)) {
      if (!records.some((record) => record.id === reference)) throw new Error(`sent before ${reference} exists`);
    }
    const id = `r${records.length + 1}`;
    records.push({ id, mutation: write.mutation, input: fields });
    const answer: Sent = { done: true, id };
    keys.set(write.id, { input: text, answer });
    return answer;
  };
  return { records, refused, files, deliver, torn: () => torn };
}

const attachment = (recordId: string) =>
  write({ mutation: 'attachFile', input: { recordType: 'X', recordId }, file: new Blob(['%PDF']) });

function someWork(random: () => number): Write[] {
  const [partner, article] = [newLocalId(), newLocalId()];
  const work = [
    write({ mutation: 'createBusinessPartner', makes: partner, input: { name: random() < 0.1 ? 'refused' : 'Elbe' } }),
    write({ mutation: 'createArticle', makes: article, input: { name: 'Kalender' } }),
    write({ mutation: 'createSalesInvoice', makes: newLocalId(), input: { customerId: partner, articleId: article } }),
    write({ mutation: 'createSalesInvoice', makes: newLocalId(), input: { customerId: partner, articleId: article } }),
    write({ mutation: 'updateArticle', input: { id: 'known', name: 'Anders' } }),
    attachment(partner),
    attachment(article),
    attachment(article),
  ];
  // Written in any order: a reference is sent after what it refers to all the same.
  if (random() < 0.5) return work;
  const orders = work.map((each) => each.order).sort(() => random() - 0.5);
  return work.map((each, at) => ({ ...each, order: orders[at] as number }));
}

test('1,000 schedules of lost, late, doubled and reordered deliveries and crashes: every write happens exactly once', async () => {
  const seen = { drops: 0, lostAnswers: 0, duplicates: 0, late: 0, crashes: 0 };
  let broken = 0;
  for (let seed = 1; seed <= 1000; seed += 1) {
    const random = seeded(seed);
    const work = someWork(random);
    const { records, refused, files, deliver, torn } = graph(random);
    const { disk, outbox } = diskOutbox(work);
    const happened = await replayUnreliably(outbox, deliver, random);
    for (const name of Object.keys(seen) as (keyof typeof seen)[]) seen[name] += happened[name];

    const isRefused = refused.size > 0;
    // What refers to a refused record still waits for it; everything else is done.
    expect(disk.writes.size, `seed ${seed}`).toBe(isRefused ? 4 : 0);
    expect(records.length, `seed ${seed}`).toBe(isRefused ? 4 : 8);
    const attached = records.filter((record) => record.mutation === 'attachFile').map(({ input }) => input.fileId);
    expect(new Set(attached).size, `seed ${seed}`).toBe(isRefused ? 2 : 3);
    // No file is stored that is not attached in the end.
    expect(files.size, `seed ${seed}`).toBe(attached.length);
    broken += torn();
    for (const { input } of records) expect(Object.values(input).some(isLocalId), `seed ${seed}`).toBe(false);
    const invoices = records.filter((record) => record.mutation === 'createSalesInvoice');
    for (const { input } of invoices) {
      expect(records.find((record) => record.id === input.customerId)?.mutation).toBe('createBusinessPartner');
      expect(records.find((record) => record.id === input.articleId)?.mutation).toBe('createArticle');
    }
  }
  for (const times of [...Object.values(seen), broken]) expect(times).toBeGreaterThan(500);
});

test('a write without its key would happen more than once under the same schedules', async () => {
  let doubled = 0;
  for (let seed = 1; seed <= 50; seed += 1) {
    const { records, deliver } = graph();
    const { outbox } = diskOutbox([write({ mutation: 'createArticle', input: { name: 'Kalender' } })]);
    await replayUnreliably(outbox, (each, input) => deliver({ ...each, id: crypto.randomUUID() }, input), seeded(seed));
    if (records.length > 1) doubled += 1;
  }
  expect(doubled).toBeGreaterThan(5);
});

test('without a connection the queue stays as it is, and what may have arrived is marked', async () => {
  const [one, two] = [write({ mutation: 'a', input: {} }), write({ mutation: 'b', input: {} })];
  const { disk, outbox } = diskOutbox([one, two]);
  expect(await replay(outbox, async () => ({ later: 'OFFLINE' }))).toBe('OFFLINE');
  expect([disk.writes.get(one.id)?.sent, disk.writes.get(two.id)?.sent]).toEqual([true, false]);
});

test('a write that does not get through while others do is behind them the next time', async () => {
  const [one, two, three] = [1, 2, 3].map((n) => write({ mutation: `m${n}`, input: {} })) as [Write, Write, Write];
  const { disk, outbox } = diskOutbox([one, two, three]);
  const send: Send = async ({ id }) => (id === one.id ? { later: 'HTTP_502' } : { done: true, id: null });
  expect(await replay(outbox, send)).toBe('HTTP_502');
  expect([...disk.writes.keys()]).toEqual([one.id, two.id, three.id]);
  expect(await replay(outbox, send)).toBe('HTTP_502');
  expect([...disk.writes.values()]).toMatchObject([{ id: one.id, state: 'waiting', sent: true }]);
});

test('a conflict waits for a decision and holds nothing else up', async () => {
  const [one, two] = [write({ mutation: 'a', input: {} }), write({ mutation: 'b', input: {} })];
  const { disk, outbox } = diskOutbox([one, two]);
  const fault = { code: 'CONFLICT', message: 'Andere Werte', fields: [] };
  await replay(outbox, async (each) => (each.id === one.id ? { done: false, fault } : { done: true, id: null }));
  expect([...disk.writes.values()].map(({ state, sent }) => [state, sent])).toEqual([['conflict', false]]);
});

test('what the graph has refused, or somebody has to decide, is not sent again by itself', async () => {
  const { outbox } = diskOutbox([
    write({ mutation: 'a', input: {}, state: 'failed' }),
    write({ mutation: 'b', input: {}, state: 'conflict' }),
    write({ mutation: 'c', input: {} }),
  ]);
  const sent: string[] = [];
  await replay(outbox, async ({ mutation }) => {
    sent.push(mutation);
    return { done: true, id: null };
  });
  expect(sent).toEqual(['c']);
});

test('what refers to a record goes out right after it, under its real id', async () => {
  const local = newLocalId();
  const { disk, outbox } = diskOutbox([
    write({ mutation: 'createBusinessPartner', input: {}, makes: local }),
    write({ mutation: 'createSalesInvoice', input: { customerId: local } }),
  ]);
  const inputs: unknown[] = [];
  await replay(outbox, async (_, input) => {
    inputs.push(input);
    return { done: true, id: 'real' };
  });
  expect(inputs).toEqual([{}, { customerId: 'real' }]);
  expect(disk.writes.size).toBe(0);
});

test('what refers to a discarded record fails instead of waiting for ever', async () => {
  const { disk, outbox } = diskOutbox([write({ mutation: 'a', input: { customerId: newLocalId() } })]);
  await replay(outbox, async () => ({ done: true, id: null }));
  expect([...disk.writes.values()][0]).toMatchObject({ state: 'failed', fault: { code: 'REFERENCE_DISCARDED' } });
});

describe('an answer', () => {
  const data = (payload: object) => outcome({ data: { createThing: payload } as never }, 'createThing', 'thing', 200);
  test.each([
    [data({ thing: { id: '7' }, error: null }), { done: true, id: '7' }],
    [
      data({ thing: null, error: { code: 'CONFLICT', message: 'm', fields: null } }),
      { done: false, fault: { code: 'CONFLICT', message: 'm', fields: [] } },
    ],
    [
      outcome({ errors: [{ message: 'm', extensions: { code: 'UNAUTHENTICATED' } }] }, 'a', 'b', 401),
      { later: 'UNAUTHENTICATED' },
    ],
    [
      outcome({ errors: [{ message: 'm', extensions: { code: 'INTERNAL', retryable: true } }] }, 'a', 'b', 200),
      { later: 'INTERNAL' },
    ],
    [
      outcome({ errors: [{ message: 'm', extensions: { code: 'OTHER_SESSION' } }] }, 'a', 'b', 409),
      { later: 'OTHER_SESSION' },
    ],
    [
      outcome({ errors: [{ message: 'no', extensions: { code: 'FORBIDDEN' } }] }, 'a', 'b', 200),
      { done: false, fault: { code: 'FORBIDDEN', message: 'no', fields: [] } },
    ],
  ])('%# tells done, mendable and later apart', (answer, expected) => expect(answer).toEqual(expected));
});

test('local ids are replaced wherever they stand', () => {
  const [known, unknown] = [newLocalId(), newLocalId()];
  expect(withRealIds({ a: known, lines: [{ articleId: unknown, n: 1 }] }, new Map([[known, 'real']]))).toEqual({
    input: { a: 'real', lines: [{ articleId: unknown, n: 1 }] },
    missing: [unknown],
  });
});
