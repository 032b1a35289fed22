'use client';

import {
  type CSSProperties,
  type ReactNode,
  type RefObject,
  Suspense,
  useCallback,
  useImperativeHandle,
  useRef,
  useSyncExternalStore,
} from 'react';
import { late } from '../late.tsx';
import type { CellWords } from './cell.tsx';
import { tracksInView } from './columns-in-view.ts';
import type { Column, ListDefinition } from './definition.ts';
import { GridRow, rowPlace } from './GridRow.tsx';
import { isGroupRow } from './group-row-data.ts';
import type { GroupWay } from './group-ways.ts';
import type { Marked } from './keys.ts';
import { bodyHeight, bodyHeightMaxPx } from './scroll.ts';
import type { Signal } from './signal.ts';
import type { Sort } from './state.ts';
import { useColumnsInView } from './useColumnsInView.ts';
import { type Seen, useListScroll } from './useListScroll.ts';
import { isChosen, type Selection } from './useSelection.ts';
import type { ListRows } from './windows.ts';

const GroupRow = late(() => import('./GroupRow.tsx'));

/** What the rest of the list asks of its body. */
export interface BodyHandle {
  showRow(row: number): void;
  /** Rows that one screen shows. */
  pageRows(): number;
  /** Asks again for what is in view. */
  look(): void;
}

interface GridBodyProps {
  readonly definition: ListDefinition;
  readonly rows: ListRows;
  readonly columns: readonly Column[];
  readonly ways: readonly GroupWay[];
  readonly words: CellWords;
  readonly sort: readonly Sort[];
  readonly selectLabel: string;
  readonly noValue: string;
  readonly selection: Selection;
  /** The focused cell and the range marked with it; null while the focus is elsewhere. */
  readonly marked: Marked | null;
  readonly editor: ReactNode;
  readonly faults: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly seen: Signal<Seen>;
  /** Rows that the server draws. */
  readonly drawnFirst: number;
  /** Rows are cards, as on a phone. */
  readonly cards: boolean;
  readonly handle: RefObject<BodyHandle | null>;
}

/** Positions of rows are counted from a row that changes seldom, so that a row that stays is not written again. */
const anchorRowsMax = 1000;

/** Which element stands for which row, and where. */
interface Standing {
  readonly first: number;
  readonly drawn: number;
  /** The row whose element comes first. */
  readonly shift: number;
  /** The row that places are counted from. */
  readonly anchor: number;
}

/**
 * Elements of rows that leave are used for those that enter. After a jump to wholly other rows every element stays where it stands
 * and only shows another row: all of them move by moving what they stand in.
 */
export function standing(before: Standing, first: number, drawn: number): Standing {
  let { shift, anchor } = before;
  if (Math.abs(first - before.first) >= drawn && drawn === before.drawn) {
    shift += first - before.first;
    anchor += first - before.first;
  }
  if (first < anchor || first - anchor >= anchorRowsMax) anchor = first;
  return { first, drawn, shift, anchor };
}

/**
 * The rows in view, and nothing else: what a scroll draws again. Elements of rows that leave are used for those that
 * enter, so their order in the page is not the order of the rows; each row knows its number.
 */
export function GridBody(props: GridBodyProps) {
  const { definition, rows, words, selection, marked, scroller, ways } = props;
  const version = () => rows.version;
  useSyncExternalStore(rows.subscribe, version, version);
  const onRows = useCallback(
    (first: number, last: number, forward: boolean) => rows.show(first, last, forward),
    [rows],
  );
  const scroll = useListScroll(scroller, rows.reachable, rows, props.seen, props.drawnFirst, onRows);
  const { first, last, geometry } = scroll;
  const view = useColumnsInView(scroller, props.columns, definition.pinned, props.cards);

  useImperativeHandle(
    props.handle,
    () => ({
      showRow: scroll.showRow,
      pageRows: () => Math.max(1, Math.floor(geometry.viewHeight / geometry.rowHeight) - 1),
      look: () => rows.show(first, last, true),
    }),
    [scroll.showRow, geometry.viewHeight, geometry.rowHeight, rows, first, last],
  );

  const drawn = last - first + 1;
  const stands = useRef<Standing>({ first: 0, drawn: 0, shift: 0, anchor: 0 });
  stands.current = standing(stands.current, first, drawn);
  const { shift, anchor } = stands.current;
  const rowHeight = geometry.viewHeight > 0 ? geometry.rowHeight : null;
  // Measuring the list is no reason to draw rows anew that stand where the server put them.
  const placeHeight = scroll.moved ? rowHeight : null;
  const elements: ReactNode[] = [];
  for (let index = first; index <= last; index += 1) {
    const key = (((index - shift) % drawn) + drawn) % drawn;
    const row = rows.row(index);
    const focused = marked?.row === index ? marked.column : -1;
    const inRange = marked !== null && index >= marked.fromRow && index <= marked.toRow && marked.isRange;
    const shared = { index, place: rowPlace(index - anchor, placeHeight), columns: view.columns, words, focused };
    elements.push(
      ways.length > 0 && isGroupRow(row) ? (
        <GroupRow key={key} {...shared} row={row} ways={ways} definition={definition} noValue={props.noValue} />
      ) : (
        <GridRow
          key={key}
          {...shared}
          row={row}
          rushing={scroll.rushing}
          href={definition.href}
          pinned={definition.pinned}
          sort={props.sort}
          selectLabel={props.selectLabel}
          selected={row !== undefined && isChosen(selection, row.id)}
          markedFrom={inRange ? marked.fromColumn : -1}
          markedTo={inRange ? marked.toColumn : -1}
          editor={focused >= 0 ? props.editor : null}
          faults={row && props.faults.get(row.id)}
        />
      ),
    );
  }
  const style = {
    // As long as nobody has measured a row, whatever its height is: a card is higher.
    blockSize:
      rowHeight === null
        ? `min(${geometry.rowCount} * var(--row-block), ${bodyHeightMaxPx}px)`
        : bodyHeight(geometry) || undefined,
    '--gap': `${view.gap}px`,
    ...(view.columns.length < props.columns.length && { '--row-cols': tracksInView(view) }),
  } as CSSProperties;
  const layer = anchor * geometry.rowHeight - scroll.lead;
  return (
    <div className="grid-body" role="rowgroup" style={style}>
      <div className="grid-row grid-ruler" aria-hidden="true" />
      <div
        role="presentation"
        className="grid-layer"
        style={layer === 0 ? undefined : { transform: `translateY(${layer}px)` }}
      >
        {elements}
      </div>
    </div>
  );
}
