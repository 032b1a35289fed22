import { memo } from 'react';
import { Icon } from '../Icon.tsx';
import type { Column } from './definition.ts';
import { columnClass } from './GridRow.tsx';
import type { Sort } from './state.ts';

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

const loadResize = () => import('./resize-column.ts');

/** Heads of the columns: a click sorts, Shift sorts by several, the edge changes the width. */
export const GridHead = memo(function GridHead(props: GridHeadProps) {
  const { columns, pinned, sort } = props;
  return (
    <div className="grid-row grid-head" role="row" onPointerEnter={() => void loadResize()}>
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
              onPointerDown={({ currentTarget, pointerId, clientX }) =>
                void loadResize().then(({ resizeColumn }) =>
                  resizeColumn(currentTarget, pointerId, clientX, (width) => props.onResize(column.key, width)),
                )
              }
            />
          </div>
        );
      })}
    </div>
  );
});
