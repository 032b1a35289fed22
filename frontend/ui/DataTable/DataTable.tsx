'use client';

import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '../Button.tsx';
import { EmptyState, ErrorState } from '../States.tsx';
import { cellText } from './cell.tsx';
import { type Column, hrefOf, type ListDefinition, type SavedView } from './definition.ts';
import { FilterBar } from './FilterBar.tsx';
import { GridFoot } from './GridFoot.tsx';
import { GridHead } from './GridHead.tsx';
import { cellId, GridRow } from './GridRow.tsx';
import { gridAction, type Position } from './keys.ts';
import { bodyHeight } from './scroll.ts';
import { nextSort, type Sort, shownColumns, toVariables, writeState } from './state.ts';
import { useListScroll } from './useListScroll.ts';
import { useListState } from './useListState.ts';
import { useLiveRows } from './useLiveRows.ts';
import { type InitialRows, useRowWindows } from './useRowWindows.ts';
import { useSelection } from './useSelection.ts';
import { Views } from './Views.tsx';

const BulkBar = lazy(() => import('./BulkBar.tsx'));

export interface DataTableProps {
  readonly definition: ListDefinition;
  readonly initial: InitialRows;
  readonly views: readonly SavedView[];
  /** Buttons at the end of the head. */
  readonly actions?: ReactNode;
}

/**
 * The one list of the app. It draws the rows in view, fetches them by row number and never holds the whole set; what it
 * shows stands in the URL. To a screen reader it is a grid with as many rows as the set has.
 */
export function DataTable({ definition, initial, views, actions }: DataTableProps) {
  const { t, format } = useLanguage();
  const { state, change } = useListState(definition);
  const variables = useMemo(() => toVariables(state, definition), [state, definition]);
  const windows = useRowWindows(definition, variables, initial);
  const columns = useMemo(() => shownColumns(state, definition), [state, definition]);
  const sort = useMemo(() => shownSort(state.sort, definition), [state.sort, definition]);
  const words = useMemo(() => ({ format, yes: t('ui.yes'), no: t('ui.no') }), [format, t]);
  const { selection, toggle, clear, selectAll } = useSelection();
  const [focus, setFocus] = useState<Position>({ row: 0, column: 1 });
  const [active, setActive] = useState(false);
  const grid = useRef<HTMLDivElement>(null);
  const toTheEnd = useRef(false);

  const onRows = useCallback(
    (first: number, last: number, forward: boolean) => windows.show(first, last, forward),
    [windows],
  );
  const { drawn, geometry, showRow } = useListScroll(grid, windows.reachable, windows, onRows);
  const total = windows.total;
  useLiveRows(definition, variables, windows);

  const moveTo = useCallback(
    (to: Position) => {
      setFocus(to);
      showRow(to.row);
      grid.current
        ?.querySelectorAll('.grid-head > .grid-cell')
        [to.column]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    },
    [showRow],
  );

  useEffect(() => {
    if (total < 0 || !toTheEnd.current) return;
    toTheEnd.current = false;
    moveTo({ row: total - 1, column: columns.length });
  }, [total, columns.length, moveTo]);

  const variablesKey = JSON.stringify(variables);
  const shownKey = useRef(variablesKey);
  useEffect(() => {
    if (shownKey.current === variablesKey) return;
    shownKey.current = variablesKey;
    clear();
    setFocus({ row: 0, column: 1 });
  }, [variablesKey, clear]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== grid.current) return;
    const size = {
      rows: windows.reachable,
      columns: columns.length + 1,
      page: Math.max(1, Math.floor(geometry.viewHeight / geometry.rowHeight) - 1),
    };
    const action = gridAction(event, focus, size);
    if (!action) return;
    const row = windows.row(focus.row);
    if (action.do === 'copy') {
      const column = columns[focus.column - 1];
      if (row && column && String(getSelection()) === '')
        void navigator.clipboard.writeText(cellText(column, row, words));
      return;
    }
    event.preventDefault();
    if (action.do === 'move') {
      if (total < 0 && action.to.row === size.rows - 1) toTheEnd.current = true;
      moveTo(action.to);
    } else if (action.do === 'open') {
      const link = row && definition.href && hrefOf(definition.href, row);
      if (link) openLink(grid.current, focus.row);
    } else if (action.do === 'select' && row) toggle(row.id);
    else if (action.do === 'selectAll') selectAll();
    else if (action.do === 'clear') clear();
  };

  const onClick = (event: React.MouseEvent) => {
    const cell = (event.target as Element).closest<HTMLElement>('.grid-body [role=gridcell]');
    if (!cell) return;
    const index = Number(cell.parentElement?.ariaRowIndex ?? cell.parentElement?.getAttribute('aria-rowindex')) - 1;
    setFocus({ row: index, column: Number(cell.getAttribute('aria-colindex')) - 1 });
    const row = windows.row(index);
    if (cell.dataset.col === 'check' && row) toggle(row.id);
    if (!(event.target as Element).closest('a')) grid.current?.focus({ preventScroll: true });
  };

  const onSort = (column: string, add: boolean) => change({ sort: nextSort(state.sort, column, add) });
  const onResize = (column: string, width: number) =>
    change(
      {
        columns: columns.map((each) => ({
          key: each.key,
          width: each.key === column ? width : ownWidth(each, state.columns),
        })),
      },
      true,
    );

  const isSelected = (id: string | undefined) => id !== undefined && (selection.all || selection.ids.has(id));
  const selectedCount = selection.all ? Math.max(total, 0) : selection.ids.size;
  const rows = [];
  for (let index = drawn.first; index <= drawn.last; index += 1) {
    const row = windows.row(index);
    rows.push(
      <GridRow
        key={index}
        index={index}
        row={row}
        columns={columns}
        href={definition.href}
        pinned={definition.pinned}
        words={words}
        selectLabel={t('ui.list.selectRow')}
        selected={isSelected(row?.id)}
        focused={active && focus.row === index ? focus.column : -1}
      />,
    );
  }
  const filtered = state.conditions.length + (state.search ? 1 : 0);
  const rowWord = t('ui.list.rows', {
    first: drawn.seen[0] + 1,
    last: drawn.seen[1] + 1,
    total: total < 0 ? '…' : format.integer(total),
  });

  return (
    <>
      <header className="page-head">
        <div className="page-title">
          <h1>{definition.label}</h1>
          <span className="page-count tabn" role="status">
            {total < 0 ? '' : format.integer(total)}
          </span>
        </div>
        <div className="page-actions">{actions}</div>
      </header>
      <Views connection={definition.connection} views={views} query={writeState(state)} />
      <FilterBar definition={definition} state={state} change={change} columns={columns} variables={variables} />
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
          aria-activedescendant={active && rows.length > 0 ? cellId(focus.row, focus.column) : undefined}
          style={gridStyle(columns)}
          onKeyDown={onKeyDown}
          onClick={onClick}
          onFocus={() => setActive(true)}
          onBlur={() => setActive(false)}
        >
          <GridHead
            columns={columns}
            pinned={definition.pinned}
            sort={sort}
            selectAllLabel={t('ui.list.selectAll')}
            allSelected={selection.all}
            someSelected={selectedCount > 0}
            onSelectAll={() => (selectedCount > 0 ? clear() : selectAll())}
            onSort={onSort}
            onResize={onResize}
          />
          <div className="grid-body" role="rowgroup" style={{ blockSize: bodyHeight(geometry) || undefined }}>
            <div role="presentation" className="grid-layer" style={{ transform: `translateY(${drawn.offset}px)` }}>
              {rows}
            </div>
          </div>
          {definition.totals && (
            <GridFoot
              definition={definition}
              columns={columns}
              filter={variables.filter}
              label={windows.reachable > 0 ? rowWord : ''}
            />
          )}
        </div>
        {!definition.totals && (
          <footer className="list-foot">
            <span className="label tabn">{windows.reachable > 0 ? rowWord : ''}</span>
          </footer>
        )}
        {total === 0 && (
          <div className="grid-state">
            {filtered > 0 ? (
              <EmptyState
                title={t('ui.list.noMatch')}
                actions={
                  <Button onClick={() => change({ conditions: [], search: '' })}>{t('ui.list.clearFilters')}</Button>
                }
              >
                {t('ui.list.filtersSet', { count: filtered })}
              </EmptyState>
            ) : (
              <EmptyState
                title={definition.empty.title}
                actions={
                  definition.empty.action && (
                    <a className="btn btn--primary" href={definition.empty.action.href}>
                      {definition.empty.action.label}
                    </a>
                  )
                }
              >
                {definition.empty.text}
              </EmptyState>
            )}
          </div>
        )}
        {windows.fault !== null && (
          <div className="grid-fault">
            <ErrorState
              title={t('ui.list.failed')}
              requestId={(windows.fault as { requestId?: string }).requestId}
              actions={
                <Button
                  onClick={() => {
                    windows.retry();
                    windows.count();
                    windows.show(drawn.first, drawn.last, true);
                  }}
                >
                  {t('ui.retry')}
                </Button>
              }
            />
          </div>
        )}
        <div className={drawn.scrolling ? 'scroll-hint is-on' : 'scroll-hint'} aria-hidden="true">
          <strong className="tabn">{`${format.integer(drawn.seen[0] + 1)}–${format.integer(drawn.seen[1] + 1)}`}</strong>
          <span>{total < 0 ? '' : t('ui.list.of', { total })}</span>
        </div>
        {selectedCount > 0 && (
          <Suspense>
            <BulkBar
              definition={definition}
              columns={columns}
              variables={variables}
              selection={selection}
              count={selectedCount}
              total={total}
              onSelectAll={selectAll}
              onClear={clear}
            />
          </Suspense>
        )}
      </div>
    </>
  );
}

/** The order in effect: what the URL names, else the graph's own. */
function shownSort(sort: readonly Sort[], definition: ListDefinition): readonly Sort[] {
  const { defaultSort } = definition;
  if (sort.length > 0 || !defaultSort) return sort;
  const descending = defaultSort.startsWith('-');
  return [{ column: descending ? defaultSort.slice(1) : defaultSort, descending }];
}

/** One template for head and rows. A column without a width takes what is left. */
function gridStyle(columns: readonly Column[]): React.CSSProperties {
  const tracks = columns.map((column) => (column.width === null ? 'minmax(160px, 1fr)' : `${column.width}px`));
  const least = columns.reduce((sum, column) => sum + (column.width ?? 160), 40);
  const grow = columns.some((column) => column.width === null) ? '' : ' 1fr';
  return { '--cols': `40px ${tracks.join(' ')}${grow}`, '--grid-min': `${least}px` } as React.CSSProperties;
}

function ownWidth(column: Column, chosen: readonly { key: string; width: number | null }[] | null): number | null {
  return chosen?.find((each) => each.key === column.key)?.width ?? null;
}

/** Follows the row's own link, so that opening by key is the same as by click. */
function openLink(grid: HTMLElement | null, row: number): void {
  grid?.querySelector<HTMLAnchorElement>(`[aria-rowindex="${row + 1}"] .grid-link[href]`)?.click();
}
