import { memo } from 'react';
import { Icon } from '../Icon.tsx';
import { type CellWords, valueText } from './cell.tsx';
import type { ColumnInView } from './columns-in-view.ts';
import type { ListDefinition } from './definition.ts';
import { cellId, columnClass } from './GridRow.tsx';
import { groupLabel } from './group-label.ts';
import { type GroupRowData, sumOf } from './group-row-data.ts';
import type { GroupWay } from './group-ways.ts';

interface GroupRowProps {
  readonly index: number;
  readonly row: GroupRowData;
  readonly place: string;
  readonly columns: readonly ColumnInView[];
  readonly definition: ListDefinition;
  readonly ways: readonly GroupWay[];
  readonly words: CellWords;
  readonly noValue: string;
  readonly focused: number;
}

/** The head of a group: what its rows have in common, how many they are, and their sums in the columns added up. */
export default memo(function GroupRow(props: GroupRowProps) {
  const { index, row, definition, ways, words, focused } = props;
  const { group } = row;
  const level = group.within.length;
  const labelOf = (key: string | null, at: number) => groupLabel(ways[at] as GroupWay, key, words, props.noValue);
  // Heard without the heads above it, a group says what it is part of.
  const path = [...group.within, group.key].map(labelOf).join(', ');
  return (
    <div
      className="grid-row grid-group"
      data-level={level || undefined}
      role="row"
      aria-rowindex={index + 1}
      style={{ top: props.place }}
    >
      <div
        className={focused === 0 ? 'grid-cell grid-check grid-pin is-focus' : 'grid-cell grid-check grid-pin'}
        role="gridcell"
        id={focused === 0 ? cellId(index, 0) : undefined}
        aria-colindex={1}
        aria-expanded={group.open}
        aria-label={path}
      >
        <Icon name={group.open ? 'down' : 'right'} size="sm" />
      </div>
      {props.columns.map(({ column, at, afterGap }, position) => {
        const isFocused = focused === at + 1;
        const sum = position === 0 ? null : sumOf(group, column, definition);
        let className = `${columnClass(column, at, definition.pinned)}${position === 0 ? ' grid-group-name' : ''}`;
        if (afterGap) className += ' is-after-gap';
        if (isFocused) className += ' is-focus';
        if (sum !== null && String(sum).startsWith('-')) className += ' neg';
        return (
          <div
            key={column.key}
            className={className}
            role="gridcell"
            id={isFocused ? cellId(index, at + 1) : undefined}
            aria-colindex={at + 2}
            data-col={column.key}
            data-card={column.card}
          >
            {position === 0 ? (
              <>
                <strong>{labelOf(group.key, level)}</strong>
                <span className="badge tabn">{words.format.integer(group.count)}</span>
              </>
            ) : (
              sum !== null && valueText(column, sum, words)
            )}
          </div>
        );
      })}
    </div>
  );
});
