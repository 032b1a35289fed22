import { GraphQLScalarType } from 'graphql';
import { afterEach, expect, test } from 'vitest';
import { post, startToys, toy } from '../toys.ts';

/** A value whose form only its subgraph knows. */
const Day = new GraphQLScalarType<string, string>({
  name: 'Day',
  parseValue(value) {
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
    throw new TypeError('A day is such as "2011-12-09".');
  },
});
const shop = toy(
  'shop',
  'scalar Day input Period { from: Day! until: Day } type Query { sold(on: Day, in: Period): String }',
  { Day, Query: { sold: (_: unknown, args: object) => JSON.stringify(args) } },
);

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

async function ask(query: string, variables: object = {}) {
  const gateway = await startToys([shop], { redactErrors: true });
  cleanups.push(() => gateway.close(0));
  return (await post(gateway.url, { query, variables })).body;
}

test.each([
  ['in a variable', 'query ($on: Day) { sold(on: $on) }', { on: '09.12.2011' }],
  ['deep in a variable', 'query ($in: Period) { sold(in: $in) }', { in: { from: '2011-12-09', until: 'later' } }],
  ['in the text', '{ sold(on: "09.12.2011") }', {}],
])(
  'a value that only its subgraph can tell to be wrong is the mistake of the caller: %s',
  async (_, query, variables) => {
    const before = shop.calls.length;
    const { errors } = await ask(query, variables);
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('A day is such as'),
        path: ['sold'],
        extensions: { code: 'BAD_USER_INPUT', category: 'USER', retryable: false },
      },
    ]);
    expect(shop.calls).toHaveLength(before);
  },
);

test('a right one passes', async () => {
  const { data, errors } = await ask('query ($in: Period) { sold(in: $in, on: "2011-12-09") }', {
    in: { from: '2011-12-09' },
  });
  expect(errors).toBeUndefined();
  expect(JSON.parse(data.sold)).toEqual({ on: '2011-12-09', in: { from: '2011-12-09' } });
});
