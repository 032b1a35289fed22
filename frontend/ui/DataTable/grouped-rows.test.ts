import { describe, expect, test } from 'vitest';
import { sampleDefinition, sampleSource } from '#testing/sample-list.ts';
import { groupFilter } from './group-label.ts';
import { isGroupRow } from './group-row-data.ts';
import { groupWays } from './group-ways.ts';
import { GroupedRows } from './grouped-rows.ts';
import { RowWindows } from './windows.ts';

const settle = () => new Promise((resolve) => setTimeout(resolve));

function sample(counts: readonly number[]) {
  let groups = counts.map((count, at) => ({ key: `g${at}`, count }));
  const rows = new GroupedRows({
    groups: async (at, first) => ({ groups: groups.slice(at, at + first), total: groups.length }),
    rows: (_, count) => new RowWindows(sampleSource(count).fetch, { rows: [], total: count }),
  });
  return { rows, change: (next: typeof groups) => (groups = next) };
}

const heads = (rows: GroupedRows, last: number) =>
  Array.from({ length: last + 1 }, (_, at) => {
    const row = rows.row(at);
    return isGroupRow(row) ? row.group.key : (row?.id ?? '…');
  });

describe('groups within groups', () => {
  const nested = () => {
    const asked: string[] = [];
    const rows = new GroupedRows({
      groups: async () => ({
        groups: [
          { key: 'a', count: 5 },
          { key: 'b', count: 1 },
        ],
        total: 2,
      }),
      rows: (outer) =>
        new GroupedRows(
          {
            groups: async () => {
              asked.push(`${outer}`);
              return {
                groups: [
                  { key: 'x', count: 2 },
                  { key: null, count: 3 },
                ],
                total: 2,
              };
            },
            rows: (_, count) => new RowWindows(sampleSource(count).fetch, { rows: [], total: count }),
          },
          [outer],
        ),
    });
    return { rows, asked };
  };

  test('stand below the head they belong to, with their own rows below them', async () => {
    const { rows, asked } = nested();
    rows.count();
    await settle();
    rows.toggle('group:a');
    await settle();
    expect(asked).toEqual(['a']);
    expect([rows.total, heads(rows, 3)]).toEqual([4, ['a', 'x', null, 'b']]);
    const inner = rows.row(1);
    expect(isGroupRow(inner) && [inner.group.within, inner.group.count, inner.id]).toEqual([['a'], 2, 'group:a:x']);
    rows.toggle('group:a:x');
    rows.show(0, 5, true);
    await settle();
    expect([rows.total, heads(rows, 5)]).toEqual([6, ['a', 'x', 'id-0', 'id-1', null, 'b']]);
    rows.toggle('group:a:');
    rows.show(0, 8, true);
    await settle();
    expect(heads(rows, 8)).toEqual(['a', 'x', 'id-0', 'id-1', null, 'id-0', 'id-1', 'id-2', 'b']);
    rows.toggle('group:a');
    expect([rows.total, heads(rows, 1)]).toEqual([2, ['a', 'b']]);
  });

  test('of the same name in two groups open one by one', async () => {
    const { rows } = nested();
    rows.count();
    await settle();
    rows.toggle('group:a');
    rows.toggle('group:b');
    await settle();
    rows.toggle('group:b:x');
    rows.show(0, 7, true);
    await settle();
    expect(heads(rows, 7)).toEqual(['a', 'x', null, 'b', 'x', 'id-0', 'id-1', null]);
  });
});

describe('a list in groups', () => {
  test('is its heads, and the rows of those that are open', async () => {
    const { rows } = sample([2, 3, 1]);
    rows.count();
    await settle();
    expect(rows.total).toBe(3);
    rows.toggle('group:g1');
    rows.show(0, 5, true);
    await settle();
    expect(rows.total).toBe(6);
    expect(heads(rows, 5)).toEqual(['g0', 'g1', 'id-0', 'id-1', 'id-2', 'g2']);
    rows.toggle('group:g0');
    rows.show(0, 7, true);
    await settle();
    expect(heads(rows, 7)).toEqual(['g0', 'id-0', 'id-1', 'g1', 'id-0', 'id-1', 'id-2', 'g2']);
    rows.toggle('group:g1');
    expect(heads(rows, 4)).toEqual(['g0', 'id-0', 'id-1', 'g1', 'g2']);
  });

  test('fetches only what is in view of a large group', async () => {
    const source = sampleSource(100_000);
    const rows = new GroupedRows({
      groups: async () => ({ groups: [{ key: 'a', count: 100_000 }], total: 1 }),
      rows: (_, count) => new RowWindows(source.fetch, { rows: [], total: count }),
    });
    rows.count();
    await settle();
    rows.toggle('group:a');
    rows.show(50_001, 50_040, true);
    await settle();
    expect(rows.row(50_001)?.id).toBe('id-50000');
    expect(source.asked.map(({ at }) => at).sort()).toEqual([49_900, 50_000, 50_100]);
  });

  test('keeps a group open that has moved', async () => {
    const { rows, change } = sample([1, 2]);
    rows.count();
    await settle();
    rows.toggle('group:g1');
    change([
      { key: 'new', count: 5 },
      { key: 'g0', count: 1 },
      { key: 'g1', count: 2 },
    ]);
    rows.refresh();
    await settle();
    rows.show(0, 4, true);
    await settle();
    expect(heads(rows, 4)).toEqual(['new', 'g0', 'g1', 'id-0', 'id-1']);
  });
});

test('days are grouped by month, quarter and year, and a group is the filter of its days', () => {
  const definition = {
    ...sampleDefinition,
    groups: { operation: { id: 'g', name: 'G' }, columns: ['issuedOn', 'status'], sums: [] },
  };
  const ways = groupWays(definition);
  expect(ways.map(({ name, by }) => [name, by])).toEqual([
    ['issuedOn.month', 'ISSUED_ON_MONTH'],
    ['issuedOn.quarter', 'ISSUED_ON_QUARTER'],
    ['issuedOn.year', 'ISSUED_ON_YEAR'],
    ['status', 'STATUS'],
  ]);
  const [month, quarter, year, status] = ways as [
    (typeof ways)[0],
    (typeof ways)[0],
    (typeof ways)[0],
    (typeof ways)[0],
  ];
  expect(groupFilter(month, '2024-02')).toEqual({ issuedOn: { gte: '2024-02-01', lte: '2024-02-29' } });
  expect(groupFilter(quarter, '2011-Q4')).toEqual({ issuedOn: { gte: '2011-10-01', lte: '2011-12-31' } });
  expect(groupFilter(year, '2011')).toEqual({ issuedOn: { gte: '2011-01-01', lte: '2011-12-31' } });
  expect(groupFilter(status, 'DRAFT')).toEqual({ status: { eq: 'DRAFT' } });
  expect(groupFilter(status, null)).toEqual({ status: { isNull: true } });
});
