import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FilterInput } from './filter.ts';
import { newId } from './ids.ts';
import { putThings, type ToyHouse, toyHouse } from './testing/toy/toy.ts';

const OWNER = newId();
const rows = [
  { id: newId(), kind: 'a', size: '1.00', madeOn: '2026-01-01', note: null, ready: null, count: null, ownerId: null },
  {
    id: newId(),
    kind: 'a',
    size: '2.50',
    madeOn: '2026-01-02',
    note: 'Größe 100%',
    ready: true,
    count: 1,
    ownerId: OWNER,
  },
  {
    id: newId(),
    kind: 'b',
    size: '2.50',
    madeOn: '2026-01-03',
    note: 'under_score',
    ready: false,
    count: 2,
    ownerId: null,
  },
  {
    id: newId(),
    kind: 'c',
    size: '9.99',
    madeOn: '2026-01-03',
    note: 'groß\\klein',
    ready: true,
    count: 2,
    ownerId: OWNER,
  },
  { id: newId(), kind: 'c', size: '0.01', madeOn: '2025-12-31', note: '', ready: null, count: -1, ownerId: newId() },
];
type Row = (typeof rows)[number];

let house: ToyHouse;
beforeAll(async () => {
  house = await toyHouse();
  await putThings(
    house,
    house.one.tenantId,
    rows.map((row, index) => ({ ...row, colours: index === 0 ? [] : index === 1 ? ['RED', 'BLUE'] : ['BLUE'] })),
  );
  await putThings(house, house.two.tenantId, [{ kind: 'a' }, { kind: 'b' }]);
});

const QUERY = `query ($filter: ThingFilter) { things(filter: $filter, orderBy: [{ field: SIZE }]) { totalCount edges { node { id } } } }`;

async function matching(filter: FilterInput | null): Promise<string[]> {
  const { things } = await house.ask(house.one, QUERY, { filter });
  const ids = things.edges.map(({ node }: { node: { id: string } }) => node.id).sort();
  expect(things.totalCount).toBe(ids.length);
  return ids;
}

/** What a filter means, said once more in plain code. A comparison with an absent value never holds. */
function holds(filter: FilterInput, row: Row): boolean {
  return Object.entries(filter).every(([name, value]) => {
    if (name === 'and') return (value as FilterInput[]).every((inner) => holds(inner, row));
    if (name === 'or') return (value as FilterInput[]).some((inner) => holds(inner, row));
    if (name === 'not') return !holds(value as FilterInput, row);
    const found = row[name as keyof Row];
    const asNumber = name === 'size' || name === 'count';
    const order = (one: unknown, other: unknown) => {
      const [left, right] = asNumber ? [Number(one), Number(other)] : [String(one), String(other)];
      return left < right ? -1 : left > right ? 1 : 0;
    };
    return Object.entries(value as object).every(([operator, operand]) => {
      if (operator === 'isNull') return (found === null) === operand;
      if (operator === 'ne') return found === null || order(found, operand) !== 0;
      if (found === null) return false;
      const text = String(found).toLowerCase();
      switch (operator) {
        case 'eq':
          return order(found, operand) === 0;
        case 'in':
          return (operand as unknown[]).some((each) => order(found, each) === 0);
        case 'lt':
          return order(found, operand) < 0;
        case 'lte':
          return order(found, operand) <= 0;
        case 'gt':
          return order(found, operand) > 0;
        case 'gte':
          return order(found, operand) >= 0;
        case 'contains':
          return text.includes(String(operand).toLowerCase());
        default:
          return text.startsWith(String(operand).toLowerCase());
      }
    });
  });
}

const expected = (filter: FilterInput) =>
  rows
    .filter((row) => holds(filter, row))
    .map(({ id }) => id)
    .sort();

const comparisons = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte'] as const;
const single: FilterInput[] = [
  ...comparisons.flatMap((operator) => [
    { size: { [operator]: '2.50' } },
    { madeOn: { [operator]: '2026-01-02' } },
    { count: { [operator]: 1 } },
    { note: { [operator]: 'groß' } },
  ]),
  { kind: { eq: 'a' } },
  { kind: { ne: 'a' } },
  { kind: { in: ['a', 'c'] } },
  { kind: { in: [] } },
  { size: { in: ['2.5', '0.01'] } },
  { ready: { eq: true } },
  { ready: { ne: true } },
  { ready: { isNull: true } },
  { count: { isNull: false } },
  { note: { contains: 'GRÖSSE' } },
  { note: { contains: 'größe' } },
  { note: { contains: '0%' } },
  { note: { contains: '_' } },
  { note: { contains: '\\' } },
  { note: { startsWith: 'GROSS' } },
  { note: { startsWith: 'under' } },
  { note: { startsWith: '%' } },
  { note: { isNull: true } },
  { ownerId: { eq: OWNER } },
  { ownerId: { ne: OWNER } },
  { ownerId: { in: [OWNER, newId()] } },
  { ownerId: { isNull: true } },
  { size: { gt: '1', lt: '9' } },
];

test.each(single.map((filter) => [JSON.stringify(filter), filter] as const))('%s', async (_, filter) => {
  expect(await matching(filter)).toEqual(expected(filter));
});

test('any combination with and, or, not means what it says, also where values are absent', async () => {
  const { filter } = fc.letrec<{ filter: FilterInput }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...single),
      fc.array(tie('filter'), { maxLength: 3 }).map((and) => ({ and })),
      fc.array(tie('filter'), { maxLength: 3 }).map((or) => ({ or })),
      tie('filter').map((not) => ({ not })),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(filter, async (each) => {
      expect(await matching(each)).toEqual(expected(each));
    }),
    { numRuns: process.env.TEST_LONG ? 1000 : 120 },
  );
});

describe('filters that ask for little', () => {
  const all = rows.map(({ id }) => id).sort();

  test.each([null, {}, { and: [] }, { not: null }, { kind: null }, { kind: {} }, { kind: { eq: null } }, { or: [{}] }])(
    '%j matches everything',
    async (filter) => expect(await matching(filter as FilterInput)).toEqual(all),
  );

  test('an or of nothing matches nothing', async () => expect(await matching({ or: [] })).toEqual([]));
});

test('an id that is none matches nothing and is no error', async () => {
  expect(await matching({ ownerId: { eq: `' OR 1=1 --` } })).toEqual([]);
  expect(await matching({ ownerId: { in: ['x'] } })).toEqual([]);
});

test('a text with a zero byte, which PostgreSQL cannot hold, matches nothing', async () => {
  expect(await matching({ note: { eq: 'a\u0000' } })).toEqual([]);
  expect(await matching({ note: { in: ['\u0000'] } })).toEqual([]);
});

test('a set of values is searched by one of them', async () => {
  expect((await matching({ colours: { contains: 'BLUE' } })).length).toBe(4);
  expect((await matching({ colours: { contains: 'RED' } })).length).toBe(1);
});

test('the total of a counted value comes from its counter and agrees with counting', async () => {
  expect((await matching({ kind: { eq: 'c' } })).length).toBe(2);
});

describe('filters without measure are refused', () => {
  test.each([
    { or: Array.from({ length: 101 }, () => ({ kind: { eq: 'a' } })) },
    { note: { in: Array.from({ length: 501 }, (_, index) => String(index)) } },
  ])('FILTER_TOO_LARGE', async (filter) => {
    const { errors } = await house.answer(house.one, QUERY, { filter });
    expect(errors[0]?.code).toBe('FILTER_TOO_LARGE');
  });
});
