import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from './ids.ts';
import { putThings, type ToyHouse, toyHouse } from './testing/toy/toy.ts';
import type { Answer } from './testing/two-tenants.ts';

interface Thing {
  id: string;
  kind: string;
  size: string;
  madeOn: string;
  seenAt: string;
}
interface Order {
  field: 'KIND' | 'SIZE' | 'MADE_ON' | 'SEEN_AT';
  direction: 'ASC' | 'DESC';
}

const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String, $at: Int, $orderBy: [ThingOrder!]) {
  things(first: $first, after: $after, last: $last, before: $before, at: $at, orderBy: $orderBy) {
    edges { cursor node { id } } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
const property = { KIND: 'kind', SIZE: 'size', MADE_ON: 'madeOn', SEEN_AT: 'seenAt' } as const;

// Few values, so that most rows tie; moments differ by microseconds, which a Date would lose.
const rows: Thing[] = Array.from({ length: 90 }, (_, index) => ({
  id: newId(),
  kind: 'abc'.charAt((index * 7) % 3),
  size: `${(index * 11) % 4}.50`,
  madeOn: `2026-01-0${1 + ((index * 5) % 4)}`,
  seenAt: `2026-01-01T00:00:00.00000${(index * 3) % 5}Z`,
}));

let house: ToyHouse;
beforeAll(async () => {
  house = await toyHouse();
  await putThings(house, house.one.tenantId, rows);
  await putThings(house, house.two.tenantId, [{}, {}]);
});

const page = async (variables: object) => (await house.ask(house.one, PAGE, variables)).things;
const idsOf = (connection: { edges: { node: { id: string } }[] }) => connection.edges.map(({ node }) => node.id);

/** What the list must be: sorted in memory, ties by id in the direction of the last key. */
function sorted(orderBy: readonly Order[]): string[] {
  const order = orderBy.length > 0 ? orderBy : ([{ field: 'MADE_ON', direction: 'DESC' }] as const);
  const keys = [
    ...order.map(({ field, direction }) => ({ of: property[field] as keyof Thing, direction })),
    { of: 'id' as const, direction: order.at(-1)?.direction ?? 'DESC' },
  ];
  return [...rows]
    .sort((a, b) => {
      for (const { of, direction } of keys) {
        if (a[of] !== b[of]) return a[of] < b[of] === (direction === 'ASC') ? -1 : 1;
      }
      return 0;
    })
    .map(({ id }) => id);
}

const orders = fc.uniqueArray(
  fc.record<Order>({
    field: fc.constantFrom('KIND', 'SIZE', 'MADE_ON', 'SEEN_AT'),
    direction: fc.constantFrom('ASC', 'DESC'),
  }),
  { maxLength: 3, selector: ({ field }) => field },
);
const sizes = fc.integer({ min: 7, max: 40 });
const RUNS = { numRuns: process.env.TEST_LONG ? 300 : 25 };

describe('pages of any order and size', () => {
  test('put together forwards are the sorted list, each row once', async () => {
    await fc.assert(
      fc.asyncProperty(orders, sizes, async (orderBy, first) => {
        const seen: string[] = [];
        for (let after: string | null = null; ; ) {
          const answer = await page({ orderBy, first, after });
          seen.push(...idsOf(answer));
          expect(answer.pageInfo.hasNextPage).toBe(seen.length < rows.length);
          if (!answer.pageInfo.hasNextPage) break;
          after = answer.pageInfo.endCursor;
        }
        expect(seen).toEqual(sorted(orderBy));
      }),
      RUNS,
    );
  });

  test('put together backwards are the same list', async () => {
    await fc.assert(
      fc.asyncProperty(orders, sizes, async (orderBy, last) => {
        const seen: string[] = [];
        for (let before: string | null = null; ; ) {
          const answer = await page({ orderBy, last, before });
          seen.unshift(...idsOf(answer));
          if (!answer.pageInfo.hasPreviousPage) break;
          before = answer.pageInfo.startCursor;
        }
        expect(seen).toEqual(sorted(orderBy));
      }),
      RUNS,
    );
  });

  test('begin at any row', async () => {
    await fc.assert(
      fc.asyncProperty(orders, sizes, fc.integer({ min: 0, max: 100 }), async (orderBy, first, at) => {
        expect(idsOf(await page({ orderBy, first, at }))).toEqual(sorted(orderBy).slice(at, at + first));
      }),
      RUNS,
    );
  });
});

test('the total is that of the own company', async () => {
  expect((await page({ first: 1 })).totalCount).toBe(rows.length);
  expect((await house.ask(house.two, PAGE, { first: 1 })).things.totalCount).toBe(2);
});

const cursor = (...parts: string[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');

describe('paging that makes no sense is refused', () => {
  const refused = async (variables: object): Promise<Answer['errors'][number]['code'] | undefined> =>
    (await house.answer(house.one, PAGE, variables)).errors[0]?.code;

  test.each([
    ['PAGE_TOO_LARGE', { first: 501 }],
    ['PAGE_TOO_LARGE', { first: 0 }],
    ['PAGE_TOO_LARGE', { last: -1 }],
    ['INVALID_PAGING', { first: 1, last: 1 }],
    ['INVALID_PAGING', { first: 1, before: 'x' }],
    ['INVALID_PAGING', { last: 1, at: 1 }],
    ['INVALID_PAGING', { at: -1 }],
    ['INVALID_CURSOR', { after: 'nonsense' }],
    ['INVALID_CURSOR', { after: Buffer.from('["madeOn-id-",{},1]').toString('base64url') }],
    ['INVALID_CURSOR', { after: cursor('madeOn-id-', '2026-02-30', newId()) }],
    ['INVALID_CURSOR', { after: cursor('madeOn-id-', '2026-02-01', 'no id') }],
    ['INVALID_CURSOR', { after: cursor('size-id-', 'wide', newId()), orderBy: [{ field: 'SIZE', direction: 'DESC' }] }],
    [
      'INVALID_CURSOR',
      { after: cursor('seenAt-id-', 'now', newId()), orderBy: [{ field: 'SEEN_AT', direction: 'DESC' }] },
    ],
    ['INVALID_CURSOR', { after: cursor('kind-id-', 'a\0', newId()), orderBy: [{ field: 'KIND', direction: 'DESC' }] }],
    ['FILTER_TOO_LARGE', { orderBy: Array.from({ length: 5 }, () => ({ field: 'KIND' })) }],
  ])('%s', async (code, variables) => {
    expect(await refused(variables)).toBe(code);
  });

  test('a cursor of another order', async () => {
    const { pageInfo } = await page({ first: 1, orderBy: [{ field: 'KIND', direction: 'ASC' }] });
    expect(await refused({ after: pageInfo.endCursor })).toBe('INVALID_CURSOR');
  });
});

test('pages of many owners come in one statement, each with its own total', async () => {
  const owners = [newId(), newId(), newId()];
  await putThings(house, house.two.tenantId, [
    { ownerId: owners[0], madeOn: '2026-02-01' },
    { ownerId: owners[0], madeOn: '2026-02-02' },
    { ownerId: owners[1] },
  ]);
  const query = `query ($ids: [ID!]!) { owners(ids: $ids) { id things(first: 1) { totalCount edges { node { madeOn } } pageInfo { hasNextPage } } } }`;
  let answer: Record<string, any> = {};
  const statements = await house.statements(async () => {
    answer = await house.ask(house.two, query, { ids: owners });
  });
  expect(answer.owners.map(({ things }: any) => [things.totalCount, things.edges.length])).toEqual([
    [2, 1],
    [1, 1],
    [0, 0],
  ]);
  expect(answer.owners[0].things).toMatchObject({
    edges: [{ node: { madeOn: '2026-02-02' } }],
    pageInfo: { hasNextPage: true },
  });
  expect(statements).toBeLessThanOrEqual(4);
});
