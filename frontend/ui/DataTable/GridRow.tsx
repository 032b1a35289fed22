import { memo } from 'react';
import { Skeleton } from '../States.tsx';
import { CellContent, type CellWords, isNumeric } from './cell.tsx';
import { type Column, hrefOf, type Row } from './definition.ts';

interface GridRowProps {
  readonly index: number;
  readonly row: Row | undefined;
  readonly columns: readonly Column[];
  readonly href: string | null;
  readonly pinned: number;
  readonly words: CellWords;
  readonly selectLabel: string;
  readonly selected: boolean;
  /** Column of the focused cell, counted from the check mark; -1 when the focus is in another row. */
  readonly focused: number;
}

/** One row, or its place while it is on the way. It changes only when what it shows does. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { index, row, columns, pinned, words, selected, focused } = props;
  const href = row && props.href ? hrefOf(props.href, row) : null;
  return (
    <div
      className="grid-row"
      role="row"
      aria-rowindex={index + 1}
      aria-selected={selected}
      aria-busy={!row || undefined}
    >
      <div
        className={cellClass('grid-cell grid-pin', focused === 0)}
        role="gridcell"
        id={cellId(index, 0)}
        aria-colindex={1}
        data-col="check"
      >
        <input
          className="check"
          type="checkbox"
          tabIndex={-1}
          aria-label={props.selectLabel}
          checked={selected}
          readOnly
        />
      </div>
      {columns.map((column, at) => (
        <div
          key={column.key}
          className={cellClass(columnClass(column, at, pinned), focused === at + 1)}
          role="gridcell"
          id={cellId(index, at + 1)}
          aria-colindex={at + 2}
          data-col={column.key}
          data-card={column.card}
        >
          {row ? (
            <CellContent column={column} row={row} words={words} href={href} />
          ) : (
            <Skeleton width={waiting(index + at)} />
          )}
        </div>
      ))}
    </div>
  );
});

export function cellId(row: number, column: number): string {
  return `cell-${row}-${column}`;
}

export function columnClass(column: Column, at: number, pinned: number): string {
  const parts = ['grid-cell'];
  if (isNumeric(column)) parts.push('num');
  if (column.kind === 'date' || column.kind === 'dateTime' || column.kind === 'code') parts.push('tabn');
  if (column.look) parts.push(column.look);
  if (at < pinned) parts.push('grid-pin grid-pin--2');
  if (at === pinned - 1) parts.push('grid-pin--edge');
  return parts.join(' ');
}

function cellClass(base: string, focused: boolean): string {
  return focused ? `${base} is-focus` : base;
}

const waiting = (seed: number) => `${46 + ((seed * 37) % 44)}%`;
