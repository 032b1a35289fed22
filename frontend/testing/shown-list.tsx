import '#testing/next.ts';
import { screen } from '@testing-library/react';
import { vi } from 'vitest';
import { framework } from '#testing/next.ts';
import { answering, draw } from '#testing/render.tsx';
import { sampleDefinition, sampleRow } from '#testing/sample-list.ts';
import { DataTable } from '#ui/DataTable/DataTable.tsx';
import type { ListDefinition } from '#ui/DataTable/definition.ts';
import { plainState, toVariables } from '#ui/DataTable/state.ts';

/** Rows of the sample list, as many as the demo company has invoices. */
export const total = 23_799;
const viewHeight = 720;
let list = 0;

/** Each test has a list of its own, since lists that were looked at are kept. */
export function sample(change: Partial<ListDefinition> = {}): ListDefinition {
  list += 1;
  return { ...sampleDefinition, connection: `list${list}`, ...change };
}

/** Answers windows, counts and the one sum of a list. */
export function serve(definition: ListDefinition, rows = total) {
  const server = answering({
    SampleList: ({
      at,
      first,
      rows: wantsRows,
      count,
    }: Record<'at' | 'first', number> & Record<'rows' | 'count', boolean>) => ({
      [definition.connection]: {
        ...(wantsRows && {
          edges: Array.from({ length: Math.max(0, Math.min(first, rows - at)) }, (_, index) => ({
            node: sampleRow(at + index),
          })),
        }),
        ...(count && { totalCount: rows }),
      },
    }),
    SampleGroups: {
      groups: { total: 1, groups: [{ key: null, count: rows, sums: { gross: { amount: '256181.30' } } }] },
    },
  });
  vi.stubGlobal('fetch', server.fetch);
  return server;
}

/** Draws a list as the server sends it: with its first rows, and their number where it is known. */
export function show(definition: ListDefinition, known = total) {
  const rows = Array.from({ length: known < 0 ? 100 : Math.min(100, known) }, (_, at) => sampleRow(at));
  const key = JSON.stringify(toVariables(plainState, definition));
  const initial = { key, rows: JSON.stringify(rows), total: known, drawn: 30, cards: false };
  return draw(<DataTable definition={definition} initial={initial} views={[{ name: 'Alle', query: '' }]} />);
}

export const grid = () => screen.getByRole('grid');
/** Rows are used again when the list moves, so their order in the page is not that of the list. */
export const rowNumbers = () =>
  [...grid().querySelectorAll('.grid-body [role=row]')]
    .map((row) => Number(row.getAttribute('aria-rowindex')))
    .sort((one, other) => one - other);
export const cell = (row: number, column: number) =>
  grid().querySelector(`[aria-rowindex="${row + 1}"] > [aria-colindex="${column + 1}"]`) as HTMLElement;
export const focused = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '');

/** Before each test: the address of a list, and the sizes that a browser would have measured. */
export function prepareList(): void {
  framework.path = '/sales/invoices';
  framework.search = '';
  framework.pushed.length = 0;
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(viewHeight);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockImplementation(function (this: HTMLElement) {
    return this.classList.contains('grid-row') && !this.classList.contains('grid-head') ? 36 : 0;
  });
}
