'use client';

import { type CSSProperties, type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { late } from '../late.tsx';
import type { EditEnd } from './CellEditor.tsx';
import { allTracks, leastWidth } from './columns-in-view.ts';
import { type Column, hrefOf, type ListDefinition, type Row, type SavedView } from './definition.ts';
import { FilterBar } from './FilterBar.tsx';
import { type BodyHandle, GridBody } from './GridBody.tsx';
import { GridFoot } from './GridFoot.tsx';
import { GridHead } from './GridHead.tsx';
import { cellId } from './GridRow.tsx';
import { GridStates } from './GridStates.tsx';
import { isGroupRow } from './group-row-data.ts';
import { waysOf } from './group-ways.ts';
import type { Marked, Position } from './keys.ts';
import { leave, leftOf } from './left.ts';
import { RowsSeen, ScrollHint } from './ScrollPlace.tsx';
import { signal } from './signal.ts';
import { nextSort, shownColumns, shownSort, toVariables, writeState } from './state.ts';
import { useCards } from './useCards.ts';
import { useCellEdits } from './useCellEdits.ts';
import { type GridOrders, useGridControl } from './useGridControl.ts';
import type { Seen } from './useListScroll.ts';
import { useListState } from './useListState.ts';
import { useLiveRows } from './useLiveRows.ts';
import { fetchWindowOf, type InitialRows, useRowWindows, type WindowsOf } from './useRowWindows.ts';
import { chosenCount, useSelection } from './useSelection.ts';
import { Views } from './Views.tsx';

const BulkBar = late(() => import('./BulkBar.tsx'));
const loadEditor = () => import('./CellEditor.tsx');
const CellEditor = late(loadEditor);
const ConflictDialog = late(() => import('./ConflictDialog.tsx'));

export interface DataTableProps {
  readonly definition: ListDefinition;
  readonly initial: InitialRows;
  readonly views: readonly SavedView[];
  /** Buttons at the end of the head. */
  readonly actions?: ReactNode;
  /** Where rows come from, when it is not the graph. */
  readonly windowsOf?: WindowsOf;
}

/**
 * The one list of the app. It draws the cells in view, fetches rows by number and never holds the whole set; what it
 * shows stands in the URL. To a screen reader it is a grid with as many rows as the set has.
 */
export function DataTable({ definition: given, initial, views, actions, windowsOf = fetchWindowOf }: DataTableProps) {
  const { t, format } = useLanguage();
  const { state, change } = useListState(given);
  const definition = useMemo(
    () => (state.pinned === null ? given : { ...given, pinned: state.pinned }),
    [given, state.pinned],
  );
  const variables = useMemo(() => toVariables(state, definition), [state, definition]);
  const ways = useMemo(() => waysOf(definition, state.group), [state.group, definition]);
  const rows = useRowWindows(definition, variables, initial, ways, windowsOf);
  const columns = useMemo(() => shownColumns(state, definition), [state, definition]);
  const sort = useMemo(() => shownSort(state.sort, definition), [state.sort, definition]);
  const words = useMemo(() => ({ format, yes: t('ui.yes'), no: t('ui.no') }), [format, t]);
  // What the server draws is in view until the list has been measured, so that the foot stands with the first paint.
  const [seen] = useState(() =>
    signal<Seen>({ first: 0, last: Math.min(initial.drawn, rows.reachable) - 1, scrolling: false }),
  );
  const [left] = useState(() => leftOf(rows));
  const { selection, toggle, clear, selectAll } = useSelection(left?.selection);
  const edits = useCellEdits(definition, rows);
  // The entry itself: rows may have moved under the editor by the time it ends.
  const [editing, setEditing] = useState<(Position & { readonly entry: Row; readonly typed: string | null }) | null>(
    null,
  );
  const [changes, setChanges] = useState(0);
  const [acting, setActing] = useState(false);
  const changesBefore = useRef(0);
  const grid = useRef<HTMLDivElement>(null);
  const body = useRef<BodyHandle>(null);
  const cards = useCards(initial.cards);
  const { total } = rows;
  useLiveRows(definition, variables, rows, editing !== null, setChanges);

  const columnAt = (place: number): Column | undefined => columns[place - 1];
  const editable = (at: Position): boolean => {
    const row = rows.row(at.row);
    return Boolean(definition.edit && columnAt(at.column)?.edit && row && !isGroupRow(row));
  };
  const orders: GridOrders = {
    editable,
    open(at) {
      const row = rows.row(at);
      if (editing?.typed) endEdit({ text: editing.typed, go: 'down' });
      else if (isGroupRow(row)) toggleGroup(row.id);
      else if (editable(control.focus)) orders.edit(control.focus, null);
      else if (row && definition.href && hrefOf(definition.href, row)) openLink(grid.current, at);
    },
    edit(at, typed) {
      const entry = rows.row(at.row);
      if (!entry || !editable(at)) return;
      void edits.ready();
      // What is typed while the editor is on its way is not lost.
      setEditing((now) =>
        now && typed !== null
          ? { ...now, typed: (now.typed ?? '') + typed }
          : { row: at.row, column: at.column, entry, typed },
      );
    },
    async erase(marked) {
      if (definition.edit) await enter(marked, [['']]);
    },
    copy(marked) {
      void import('./clipboard.ts').then(({ copyCells }) => copyCells(marked, rows, columns, words));
    },
    async paste(at, text) {
      if (definition.edit) await (await edits.ready()).paste(text, markedAt(at), control.marked, columns);
    },
    undo: () => void edits.current?.undo(),
    select(at, extend) {
      const row = rows.row(at);
      if (isGroupRow(row)) toggleGroup(row.id);
      else toggle(at, (index) => (isGroupRow(rows.row(index)) ? undefined : rows.row(index)), extend);
    },
    press(at) {
      const row = rows.row(at);
      if (isGroupRow(row)) toggleGroup(row.id);
    },
    selectAll,
    clear() {
      clear();
      edits.current?.clear();
    },
  };
  const control = useGridControl({ grid, body, rows, columns: columns.length + 1, before: left?.focus, orders });
  useEffect(() => leave(rows, { focus: control.focus, selection }), [rows, control.focus, selection]);
  useEffect(() => {
    if (left) grid.current?.focus({ preventScroll: true });
  }, [left]);

  const toggleGroup = (id: string) => (rows as Partial<{ toggle(id: string): void }>).toggle?.(id);

  const enter = async (range: Marked, cells: readonly (readonly string[])[]) =>
    (await edits.ready()).enterRange(range, cells, columns);

  const endEdit = (end: EditEnd) => {
    if (!editing) return;
    setEditing(null);
    if (end?.go !== 'leave') grid.current?.focus({ preventScroll: true });
    const column = columnAt(editing.column);
    if (!column) return;
    const { entry: row } = editing;
    if (!end) {
      edits.current?.forget(row.id, [column]);
      return;
    }
    void edits.ready().then((ready) => ready.enter([{ row, column, text: end.text }]));
    if (end.go === 'stay' || end.go === 'leave') return;
    const by = { down: [1, 0], up: [-1, 0], right: [0, 1], left: [0, -1] }[end.go] as [number, number];
    control.moveTo({
      row: Math.min(Math.max(0, editing.row + by[0]), rows.reachable - 1),
      column: Math.min(Math.max(1, editing.column + by[1]), columns.length),
    });
  };

  const variablesKey = JSON.stringify(variables) + (state.group ?? '');
  const shownKey = useRef(variablesKey);
  const { reset } = control;
  useEffect(() => {
    if (shownKey.current === variablesKey) return;
    shownKey.current = variablesKey;
    clear();
    reset();
  }, [variablesKey, clear, reset]);

  const onSort = useCallback(
    (column: string, add: boolean) => change({ sort: nextSort(state.sort, column, add) }),
    [change, state.sort],
  );
  const onResize = useCallback(
    (column: string, width: number) => {
      const own = (key: string) => state.columns?.find((each) => each.key === key)?.width ?? null;
      change({ columns: columns.map(({ key }) => ({ key, width: key === column ? width : own(key) })) }, true);
    },
    [change, state.columns, columns],
  );

  const chosen = chosenCount(selection, Math.max(0, total));
  const someSelected = chosen > 0;
  const onSelectAll = useCallback(() => (someSelected ? clear() : selectAll()), [someSelected, clear, selectAll]);
  const editedColumn = editing && columnAt(editing.column);
  const editor = editing && editedColumn && (
    <Suspense>
      <CellEditor
        column={editedColumn}
        row={editing.entry}
        words={words}
        typed={editing.typed}
        faulty={edits.current?.faulty(editing.entry.id, editedColumn) ?? null}
        onEnd={endEdit}
      />
    </Suspense>
  );
  const at = editing ? control.focus : control.marked;
  const hasSums = Boolean(definition.groups?.sums.length);
  const hasFoot = total !== 0;
  return (
    <>
      <header className="page-head">
        <div className="page-title">
          <h1>{definition.label}</h1>
          <span className="page-count tabn" role="status">
            {total < 0 ? '' : ways.length > 0 ? t('ui.group.lines', { count: total }) : format.integer(total)}
          </span>
        </div>
        <div className="page-actions">{actions}</div>
      </header>
      <Views connection={definition.connection} views={views} query={writeState(state)} />
      <FilterBar
        definition={definition}
        state={state}
        change={change}
        columns={columns}
        variables={variables}
        ways={ways}
        windowsOf={windowsOf}
      />
      <div className="grid-area">
        <div
          ref={grid}
          className="grid"
          role="grid"
          tabIndex={0}
          aria-label={definition.label}
          aria-rowcount={total}
          aria-colcount={columns.length + 1}
          aria-multiselectable="true"
          aria-readonly={!definition.edit}
          aria-activedescendant={at && rows.reachable > 0 ? cellId(at.row, at.column) : undefined}
          style={gridStyle(columns, definition.pinned)}
          onPointerOver={(event) => {
            const cell = (event.target as Element).closest<HTMLElement>('.grid-body [role=gridcell]');
            if (cell) void import('./cell-title.ts').then(({ showTitle }) => showTitle(cell, format));
          }}
          {...control.handlers}
          onFocus={() => {
            control.handlers.onFocus();
            if (definition.edit) void Promise.all([loadEditor(), edits.ready()]);
          }}
        >
          {!cards && (
            <GridHead
              columns={columns}
              pinned={definition.pinned}
              sort={sort}
              selectAllLabel={t('ui.list.selectAll')}
              allSelected={selection.all && selection.rows.size === 0}
              someSelected={someSelected}
              onSelectAll={onSelectAll}
              onSort={onSort}
              onResize={onResize}
            />
          )}
          <GridBody
            definition={definition}
            rows={rows}
            columns={columns}
            ways={ways}
            words={words}
            selectLabel={t('ui.list.selectRow')}
            noValue={t('ui.group.none')}
            sort={sort}
            selection={selection}
            marked={editing ? markedAt(editing) : control.marked}
            editor={editor}
            faults={edits.faults}
            scroller={grid}
            seen={seen}
            drawnFirst={initial.drawn}
            cards={cards}
            handle={body}
          />
          {hasFoot && hasSums && (
            <GridFoot
              definition={definition}
              columns={columns}
              filter={variables.filter}
              seen={seen}
              total={total}
              version={changes}
            />
          )}
        </div>
        {hasFoot && !hasSums && (
          <footer className="list-foot">
            <RowsSeen seen={seen} total={total} />
          </footer>
        )}
        <GridStates
          definition={definition}
          rows={rows}
          filters={state.conditions.length + (state.search ? 1 : 0)}
          onClearFilters={() => change({ conditions: [], search: '' })}
          onRetry={() => {
            rows.retry();
            rows.count();
            body.current?.look();
          }}
        />
        <ScrollHint seen={seen} total={total} />
        {(someSelected || acting) && (
          <Suspense>
            <BulkBar
              definition={definition}
              columns={columns}
              variables={variables}
              selection={selection}
              total={total}
              windowsOf={windowsOf}
              onSelectAll={selectAll}
              onClear={clear}
              onActing={(next) => {
                setActing(next);
                if (!next && changes !== changesBefore.current) clear();
                changesBefore.current = changes;
              }}
              onChanged={() => {
                rows.refresh();
                setChanges((now) => now + 1);
              }}
            />
          </Suspense>
        )}
        {edits.conflict && edits.current && (
          <Suspense>
            <ConflictDialog definition={definition} conflict={edits.conflict} edits={edits.current} />
          </Suspense>
        )}
      </div>
    </>
  );
}

/** The tracks of the columns, and where the pinned ones stop. */
function gridStyle(columns: readonly Column[], pinned: number): CSSProperties {
  return {
    '--cols': allTracks(columns),
    '--grid-min': `${leastWidth(columns)}px`,
    '--pinned': `${leastWidth(columns.slice(0, pinned))}px`,
    '--pin-1': `${leastWidth(columns.slice(0, 1))}px`,
    '--pin-2': `${leastWidth(columns.slice(0, 2))}px`,
  } as CSSProperties;
}

const markedAt = ({ row, column }: Position): Marked => ({
  row,
  column,
  fromRow: row,
  toRow: row,
  fromColumn: column,
  toColumn: column,
  isRange: false,
});

/** Follows the row's own link, so that opening by key is the same as by click. */
function openLink(grid: HTMLElement | null, row: number): void {
  grid?.querySelector<HTMLAnchorElement>(`[aria-rowindex="${row + 1}"] .grid-link[href]`)?.click();
}
