import { beforeAll, describe, expect, test } from 'vitest';
import { type ToyHouse, toyHouse } from './testing/toy/toy.ts';
import { testCaller } from './testing/two-tenants.ts';

let house: ToyHouse;
beforeAll(async () => {
  house = await toyHouse();
});

const CREATE = `mutation ($input: CreateThingInput!) {
  createThing(input: $input) { thing { id size } error { code message fields { path code message } } }
}`;
const BULK = `mutation ($input: CreateThingsInput!) {
  createThings(input: $input) { things { size } errors { index path code message } }
}`;
const create = async (input: object, caller = house.one) => (await house.ask(caller, CREATE, { input })).createThing;
const bulk = async (input: object) => (await house.ask(house.one, BULK, { input })).createThings;
const total = async () => (await house.ask(house.one, '{ things { totalCount } }')).things.totalCount;

describe('a repeated mutation', () => {
  test('with the same key and input answers what the first answered, and does nothing', async () => {
    const input = { kind: 'a', size: '1.00', idempotencyKey: 'again' };
    const first = await create(input);
    const before = await total();
    expect(await create({ idempotencyKey: 'again', size: '1.00', kind: 'a' })).toEqual(first);
    expect(await total()).toBe(before);
  });

  test('with another input is refused', async () => {
    await create({ kind: 'a', size: '1.00', idempotencyKey: 'other' });
    const { thing, error } = await create({ kind: 'a', size: '2.00', idempotencyKey: 'other' });
    expect([thing, error.code]).toEqual([null, 'IDEMPOTENCY_KEY_REUSED']);
  });

  test('that runs twelve times at once runs once', async () => {
    const before = await total();
    const input = { kind: 'b', size: '7.00', idempotencyKey: 'at once' };
    const answers = await Promise.all(Array.from({ length: 12 }, () => create(input)));
    expect(new Set(answers.map(({ thing }) => thing.id)).size).toBe(1);
    expect(await total()).toBe(before + 1);
  });

  test('does not use its key up by failing', async () => {
    const failed = await create({ kind: 'a', size: '999.00', idempotencyKey: 'second try' });
    expect(failed.error.code).toBe('TOO_MANY');
    expect((await create({ kind: 'a', size: '9.00', idempotencyKey: 'second try' })).error).toBeNull();
  });

  test('does not use its key up by a dry run', async () => {
    const input = { kind: 'a', size: '3.00', idempotencyKey: 'dry' };
    expect(await create({ ...input, dryRun: true })).toEqual({ thing: null, error: null });
    expect((await create(input)).thing.size).toBe('3.00');
  });

  test('of another company has keys of its own', async () => {
    const input = { kind: 'a', size: '4.00', idempotencyKey: 'shared word' };
    const [one, two] = [await create(input), await create(input, house.two)];
    expect(one.thing.id).not.toBe(two.thing.id);
  });

  test('of another mutation has keys of its own', async () => {
    await create({ kind: 'a', size: '5.00', idempotencyKey: 'k' });
    expect((await bulk({ items: [{ kind: 'a', size: '5.00' }], idempotencyKey: 'k' })).errors).toEqual([]);
  });
});

describe('bulk', () => {
  test('answers in the order of the input', async () => {
    const sizes = Array.from({ length: 50 }, (_, index) => `${(index * 37) % 50}.25`);
    const { things } = await bulk({ items: sizes.map((size) => ({ kind: 'a', size })) });
    expect(things.map(({ size }: { size: string }) => size)).toEqual(sizes);
  });

  test('is all or nothing and tells every fault with its place', async () => {
    const before = await total();
    const { things, errors } = await bulk({
      items: [
        { kind: 'a', size: '1.00' },
        { kind: 'a', size: '999.00' },
        { kind: 'a', size: '999.50' },
      ],
    });
    expect(things).toEqual([]);
    expect(errors.map(({ index, path, code }: Record<string, unknown>) => [index, path, code])).toEqual([
      [1, '', 'TOO_MANY'],
      [1, 'size', 'TOO_MANY'],
      [2, '', 'TOO_MANY'],
      [2, 'size', 'TOO_MANY'],
    ]);
    expect(errors[1].message).toBe('At most 998.');
    expect(await total()).toBe(before);
  });

  test('checks the form of all items at once', async () => {
    const { errors } = await bulk({
      items: [
        { kind: 'a', size: '-1' },
        { kind: 'b', size: '1.234' },
      ],
    });
    expect(errors.map(({ index, path, code }: Record<string, unknown>) => [index, path, code])).toEqual([
      [0, 'size', 'MUST_NOT_BE_NEGATIVE'],
      [1, 'size', 'INVALID_DECIMAL'],
    ]);
  });

  test('takes 1 to 1,000 items', async () => {
    expect((await bulk({ items: [] })).errors[0]).toMatchObject({ index: null, path: 'items', code: 'TOO_SHORT' });
    const tooMany = Array.from({ length: 1001 }, () => ({ kind: 'a', size: '1' }));
    expect((await bulk({ items: tooMany })).errors[0]).toMatchObject({ path: 'items', code: 'TOO_LONG' });
  });

  test('takes as many statements for many as for one', async () => {
    const one = await house.statements(() => bulk({ items: [{ kind: 'a', size: '1' }] }));
    const many = await house.statements(() =>
      bulk({ items: Array.from({ length: 500 }, () => ({ kind: 'a', size: '1' })) }),
    );
    expect(many).toBe(one);
  });
});

describe('small bulk calls at once', () => {
  const items = (...sizes: string[]) => sizes.map((size) => ({ kind: 'c', size }));
  const sizesOf = ({ things }: { things: { size: string }[] }) => things.map(({ size }) => size);

  test('share a transaction, and each gets the answer to its own', async () => {
    const one = await house.statements(() => bulk({ items: items('1.00'), idempotencyKey: 'gathered alone' }));
    const inputs = Array.from({ length: 30 }, (_, call) => ({
      items: items(`${call}.10`, `${call}.20`).slice(call % 2),
      idempotencyKey: `gathered ${call}`,
    }));
    const answers: { things: { size: string }[] }[] = [];
    const all = await house.statements(async () => {
      answers.push(...(await Promise.all(inputs.map(bulk))));
    });
    expect(answers.map(sizesOf)).toEqual(inputs.map((input) => input.items.map(({ size }) => size)));
    expect(all).toBeLessThan((one * inputs.length) / 2);
  });

  test('fail alone: one with a fault does not take the others with it', async () => {
    const before = await total();
    const answers = await Promise.all(
      ['5.00', '999.00', '6.00', '7.00'].map((size) => bulk({ items: items(size), idempotencyKey: `beside ${size}` })),
    );
    expect(answers.map(({ errors }) => errors.length)).toEqual([0, 2, 0, 0]);
    expect(await total()).toBe(before + 3);
  });

  test('with one key between them run once, and the one with another input is refused', async () => {
    const before = await total();
    const input = { items: items('8.00'), idempotencyKey: 'gathered once' };
    const answers = await Promise.all(Array.from({ length: 12 }, () => bulk(input)));
    expect(new Set(answers.map(sizesOf).map(String))).toEqual(new Set(['8.00']));
    const [again, other, fresh] = await Promise.all([
      bulk(input),
      bulk({ ...input, items: items('9.00') }),
      bulk({ items: items('3.00') }),
    ]);
    expect([sizesOf(again), other.errors[0].code, sizesOf(fresh)]).toEqual([
      ['8.00'],
      'IDEMPOTENCY_KEY_REUSED',
      ['3.00'],
    ]);
    expect(await total()).toBe(before + 2);
  });
});

describe('who may', () => {
  test('strangers are asked to sign in', async () => {
    const { errors } = await house.answer(null, CREATE, { input: { kind: 'a', size: '1' } });
    expect(errors[0]?.code).toBe('UNAUTHENTICATED');
  });

  test('without the permission nothing happens, and the message names it', async () => {
    const reader = testCaller({ tenantId: house.one.tenantId, permissions: ['crm:read'], locale: 'de' });
    const before = await total();
    const { errors } = await house.answer(reader, CREATE, { input: { kind: 'a', size: '1' } });
    expect(errors[0]).toMatchObject({ code: 'FORBIDDEN', message: 'Dafür fehlt Ihnen das Recht crm:write.' });
    expect(await total()).toBe(before);
  });
});

test('an action keeps what it did, although it fails', async () => {
  const { countCalls } = await house.ask(house.one, 'mutation { countCalls { calls error { code fields { path } } } }');
  expect(countCalls).toEqual({ calls: null, error: { code: 'TOO_MANY', fields: [{ path: 'number' }] } });
  expect(await house.sql('SELECT words FROM toy.fact')).toEqual([{ words: 'called' }]);
});
