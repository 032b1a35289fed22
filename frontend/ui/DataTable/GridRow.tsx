import { memo, type ReactElement, type ReactNode, useMemo } from 'react';
import { type Cell, type CellWords, cellContent, cellOf, isNumeric } from './cell.tsx';
import type { ColumnInView } from './columns-in-view.ts';
import { type CellKind, type Column, hrefOf, type Row } from './definition.ts';
import { fits } from './fit.ts';
import type { Sort } from './state.ts';

interface GridRowProps {
  readonly index: number;
  readonly row: Row | undefined;
  /** The list moves too fast to be read: only what a reader goes by is written, the rest when it slows down. */
  readonly rushing: boolean;
  /** Where it stands below the start of its layer, as `rowPlace` writes it. */
  readonly place: string;
  readonly columns: readonly ColumnInView[];
  readonly href: string | null;
  readonly pinned: number;
  readonly sort: readonly Sort[];
  readonly words: CellWords;
  readonly selectLabel: string;
  readonly selected: boolean;
  /** Column of the focused cell, counted from the check mark; -1 when the focus is in another row. */
  readonly focused: number;
  /** First and last column of the marked range in this row; -1 when it has none. */
  readonly markedFrom: number;
  readonly markedTo: number;
  /** Takes the place of what the focused cell shows while it is edited. */
  readonly editor: ReactNode;
  /** What went wrong with cells of this row, by column. */
  readonly faults: Readonly<Record<string, string>> | undefined;
}

/**
 * One row, or its place while it is on the way. It changes only when what it shows does; scrolled out of view, its
 * elements are used again for another row, so most changes are of texts only.
 */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { index, row, rushing, pinned, words, selectLabel, selected, focused, markedFrom, markedTo, faults } = props;
  const href = row && props.href ? hrefOf(props.href, row) : null;
  const checkId = focused === 0 ? cellId(index, 0) : undefined;
  // The same for most rows: an input is dear to compare.
  const check = useMemo(
    () => (
      <div
        className={checkId ? 'grid-cell grid-check grid-pin is-focus' : 'grid-cell grid-check grid-pin'}
        role="gridcell"
        id={checkId}
        aria-colindex={1}
        data-col="check"
      >
        <input className="check" type="checkbox" tabIndex={-1} aria-label={selectLabel} checked={selected} readOnly />
      </div>
    ),
    [checkId, selectLabel, selected],
  );
  return (
    <div
      className="grid-row"
      role="row"
      aria-rowindex={index + 1}
      aria-selected={selected}
      aria-busy={!row || undefined}
      style={{ top: props.place }}
    >
      {check}
      {props.columns.map((view) => {
        const { column, at, afterGap } = view;
        const place = at + 1;
        const isFocused = focused === place;
        const isMarked = place >= markedFrom && place <= markedTo;
        const fault = faults?.[column.key];
        const isWritten = !rushing || isGoneBy(column, props.sort);
        if (!isWritten && !isFocused && !isMarked && !fault) return emptyCell(view, pinned);
        const cell = row && isWritten ? cellOf(column, row, words, href) : undefined;
        let className = columnClass(column, at, pinned);
        if (cell) className += cell.look;
        if (cell && textFits(cell, column)) className += ' is-fitting';
        if (afterGap) className += ' is-after-gap';
        if (isFocused) className += ' is-focus';
        if (isMarked) className += ' is-marked';
        if (fault) className += ' is-fault';
        return (
          <div
            key={column.key}
            className={className}
            role="gridcell"
            id={isFocused ? cellId(index, place) : undefined}
            aria-colindex={place + 1}
            aria-invalid={fault ? true : undefined}
            data-col={column.key}
            data-card={column.card}
            title={fault}
            style={rushing ? view.place : undefined}
          >
            {isFocused && props.editor ? props.editor : cell ? cellContent(cell, column) : null}
          </div>
        );
      })}
    </div>
  );
});

const emptyCells = new WeakMap<ColumnInView, ReactElement>();

/** A cell of a row that is rushed past: neither laid out nor painted, and the same for every row, so that nothing of it is compared. */
function emptyCell(view: ColumnInView, pinned: number): ReactElement {
  let known = emptyCells.get(view);
  if (!known) {
    const { column, at } = view;
    const className = columnClass(column, at, pinned);
    known = (
      <div
        key={column.key}
        className={`${className} is-left-out`}
        role="gridcell"
        aria-colindex={at + 2}
        data-col={column.key}
        data-card={column.card}
      />
    );
    emptyCells.set(view, known);
  }
  return known;
}

/** What a reader who rushes past goes by: the names of rows, and what they are sorted by. */
const isGoneBy = ({ card, key }: Column, sort: readonly Sort[]): boolean =>
  card === 'title' || card === 'sub' || sort.some(({ column }) => column === key);

/**
 * Where a row stands in its layer; before the list has moved, whatever the height of rows is. A place of the layout, not a
 * transform: each transform is one more thing that the compositor is told of in every frame.
 */
export const rowPlace = (place: number, rowHeight: number | null): string =>
  rowHeight === null ? `calc(${place} * var(--row-block))` : `${place * rowHeight}px`;

export function cellId(row: number, column: number): string {
  return `cell-${row}-${column}`;
}

/** Widths in px from which on values of a kind are never cut. */
const fittingPx: Readonly<Partial<Record<CellKind, number>>> = { date: 96, dateTime: 144, amount: 100, quantity: 84 };

/** Room in px that a cell has besides its text: its edges, a country's code, a state's sign. */
const edgesPx = 28;
const besidesPx = 28;

/** Clips are dear where there are hundreds, so a text that surely has room does without. */
function textFits({ text, look, country }: Cell, { width }: Column): boolean {
  if (width === undefined || width === null) return false;
  return fits(text, width - edgesPx - (country !== null || look.includes('mark') ? besidesPx : 0));
}

const classes = new WeakMap<Column, Map<string, string>>();

/** The look of a column's cells. Asked for each cell of each frame, so it is put together once. */
export function columnClass(column: Column, at: number, pinned: number): string {
  let known = classes.get(column);
  if (!known) {
    known = new Map();
    classes.set(column, known);
  }
  const key = at < pinned ? `${at}/${pinned}` : '';
  let found = known.get(key);
  if (found === undefined) {
    found = classOf(column, at, pinned);
    known.set(key, found);
  }
  return found;
}

function classOf(column: Column, at: number, pinned: number): string {
  const parts = ['grid-cell'];
  if (isNumeric(column)) parts.push('num');
  if (column.kind === 'date' || column.kind === 'dateTime' || column.kind === 'code') parts.push('tabn');
  if (column.look) parts.push(column.look);
  if ((column.width ?? 0) >= (fittingPx[column.kind] ?? Number.POSITIVE_INFINITY)) parts.push('is-fitting');
  if (at < pinned) parts.push(`grid-pin grid-pin--${at}`);
  if (at === pinned - 1) parts.push('grid-pin--edge');
  return parts.join(' ');
}
