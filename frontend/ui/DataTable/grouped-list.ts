import type { ListDefinition } from './definition.ts';
import { groupFilter } from './group-label.ts';
import type { GroupWay } from './group-ways.ts';
import { GroupedRows, type GroupSource } from './grouped-rows.ts';
import { allOf, type ListVariables } from './state.ts';
import { fetchGroups, type WindowsOf } from './useRowWindows.ts';
import { RowWindows } from './windows.ts';

/** The rows of a list in groups of one level or more, whose groups and rows are asked of the graph. */
export function groupedList(
  definition: ListDefinition,
  variables: ListVariables,
  ways: readonly GroupWay[],
  windowsOf: WindowsOf,
): GroupedRows {
  /** The groups of one level, and below the last one the rows themselves. */
  const grouped = (level: number, filter: object | null, within: readonly (string | null)[]): GroupedRows => {
    const way = ways[level] as GroupWay;
    const order = way.span ? 'KEY_DESC' : way.column.filterType === 'text' ? 'COUNT_DESC' : 'KEY_ASC';
    const source: GroupSource = {
      groups: (at, first) => fetchGroups(definition, { by: way.by, filter, order, first, at, sums: true }),
      rows: (group, count) => {
        const own = allOf([...(filter ? [filter] : []), groupFilter(way, group)]);
        return level + 1 < ways.length
          ? grouped(level + 1, own, [...within, group])
          : new RowWindows(windowsOf(definition, { ...variables, filter: own }), { rows: [], total: count });
      },
    };
    return new GroupedRows(source, within);
  };
  return grouped(0, variables.filter, []);
}
