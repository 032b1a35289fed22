import { memo, type PointerEvent as ReactPointerEvent } from 'react';
import { Icon } from '../Icon.tsx';
import type { Column } from './definition.ts';
import { columnClass } from './GridRow.tsx';
import { clampWidth, type Sort } from './state.ts';

interface GridHeadProps {
  readonly columns: readonly Column[];
  readonly pinned: number;
  readonly sort: readonly Sort[];
  readonly selectAllLabel: string;
  readonly allSelected: boolean;
  readonly someSelected: boolean;
  onSelectAll(): void;
  onSort(column: string, add: boolean): void;
  onResize(column: string, width: number): void;
}

/** Heads of the columns: a click sorts, Shift sorts by several, the edge changes the width. */
export const GridHead = memo(function GridHead(props: GridHeadProps) {
  const { columns, pinned, sort } = props;
  return (
    <div className="grid-row grid-head" role="row">
      <div className="grid-cell grid-pin" role="columnheader" aria-colindex={1} data-col="check">
        <input
          className="check"
          type="checkbox"
          tabIndex={-1}
          aria-label={props.selectAllLabel}
          checked={props.allSelected}
          ref={(box) => {
            if (box) box.indeterminate = props.someSelected && !props.allSelected;
          }}
          onChange={props.onSelectAll}
        />
      </div>
      {columns.map((column, at) => {
        const place = sort.findIndex((each) => each.column === column.key);
        const sorted = sort[place];
        const direction = sorted ? (sorted.descending ? 'descending' : 'ascending') : 'none';
        return (
          <div
            key={column.key}
            className={columnClass(column, at, pinned)}
            role="columnheader"
            aria-colindex={at + 2}
            aria-sort={column.sort ? direction : undefined}
            data-col={column.key}
          >
            {column.sort ? (
              <button
                type="button"
                tabIndex={-1}
                className="grid-sort"
                onClick={(event) => props.onSort(column.key, event.shiftKey)}
              >
                {column.label}
                {sorted && <Icon name={sorted.descending ? 'arrow-down' : 'arrow-up'} />}
                {sort.length > 1 && sorted && <sup>{place + 1}</sup>}
              </button>
            ) : (
              <span className="truncate">{column.label}</span>
            )}
            <span
              className="grid-grip"
              aria-hidden="true"
              onPointerDown={(event) => startResize(event, (width) => props.onResize(column.key, width))}
            />
          </div>
        );
      })}
    </div>
  );
});

/** Drags the edge of a column; the grid follows at once, the URL when the pointer is let go. */
function startResize(event: ReactPointerEvent<HTMLElement>, done: (width: number) => void): void {
  const grip = event.currentTarget;
  const head = grip.parentElement as HTMLElement;
  const grid = head.closest<HTMLElement>('.grid') as HTMLElement;
  const tracks = getComputedStyle(head.parentElement as HTMLElement).gridTemplateColumns.split(' ');
  const at = [...(head.parentElement as HTMLElement).children].indexOf(head);
  const from = event.clientX;
  const before = head.offsetWidth;
  let width = before;
  grip.setPointerCapture(event.pointerId);
  grip.onpointermove = (move) => {
    width = clampWidth(before + move.clientX - from);
    tracks[at] = `${width}px`;
    grid.style.setProperty('--cols', tracks.join(' '));
  };
  grip.onpointerup = () => {
    grip.onpointermove = null;
    grip.onpointerup = null;
    done(width);
  };
}
