'use client';

import { type RefObject, startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { BodyHandle } from './GridBody.tsx';
import { gridAction, type Marked, markedFrom, type Position } from './keys.ts';
import type { ListRows } from './windows.ts';

const start: Position = { row: 0, column: 1 };

/** What a key or a click asks for, beside moving. */
export interface GridOrders {
  /** Whether the cell takes a new value; keys that would begin one are left to the page otherwise. */
  editable(at: Position): boolean;
  open(row: number): void;
  edit(at: Position, text: string | null): void;
  erase(marked: Marked): void;
  copy(marked: Marked): void;
  paste(at: Position, text: string): void;
  undo(): void;
  select(row: number, extend: boolean): void;
  /** A row was clicked, outside its check mark. */
  press(row: number): void;
  selectAll(): void;
  clear(): void;
}

/**
 * The focused cell of a grid and the range marked with it, moved by keys and clicks. The grid itself has the focus, so
 * that a row which is scrolled away takes none with it.
 */
export function useGridControl({
  grid,
  body,
  rows,
  columns,
  before = start,
  orders,
}: {
  grid: RefObject<HTMLDivElement | null>;
  body: RefObject<BodyHandle | null>;
  rows: ListRows;
  /** How many there are, the check mark among them. */
  columns: number;
  /** The cell that had the focus when the list was left. */
  before?: Position;
  orders: GridOrders;
}) {
  const [focus, setFocus] = useState(before);
  const [anchor, setAnchor] = useState(before);
  const [active, setActive] = useState(false);
  const toTheEnd = useRef(false);
  const { total } = rows;
  const marked = useMemo(() => markedFrom(anchor, focus), [anchor, focus]);

  const moveTo = useCallback(
    (to: Position, extend = false) => {
      setFocus(to);
      if (!extend) setAnchor(to);
      body.current?.showRow(to.row);
      grid.current
        ?.querySelectorAll('.grid-head > .grid-cell')
        [to.column]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    },
    [grid, body],
  );

  useEffect(() => {
    if (total < 0 || !toTheEnd.current) return;
    toTheEnd.current = false;
    moveTo({ row: total - 1, column: columns - 1 });
  }, [total, columns, moveTo]);

  const reset = useCallback(() => {
    setFocus(start);
    setAnchor(start);
  }, []);

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== grid.current) return;
    if (event.key === 'ArrowUp' && focus.row === 0 && !event.shiftKey) {
      void import('./head-keys.ts').then(({ enterHead }) => enterHead(grid.current, focus.column));
    }
    const size = { rows: rows.reachable, columns, page: body.current?.pageRows() ?? 1 };
    const action = gridAction(event, focus, size);
    if (!action || (action.do === 'edit' && !orders.editable(focus))) return;
    if (action.do === 'copy') {
      if (String(getSelection()) === '') orders.copy(marked);
      return;
    }
    event.preventDefault();
    if (action.do === 'move') {
      if (total < 0 && action.to.row === size.rows - 1) toTheEnd.current = true;
      moveTo(action.to, action.extend);
    } else if (action.do === 'edit') orders.edit(focus, action.text);
    else if (action.do === 'open') orders.open(focus.row);
    else if (action.do === 'select') orders.select(focus.row, event.shiftKey);
    else if (action.do === 'selectAll') orders.selectAll();
    else if (action.do === 'erase') orders.erase(marked);
    else if (action.do === 'undo') orders.undo();
    else {
      setAnchor(focus);
      orders.clear();
    }
  };

  // A browser sends a paste to where the text caret is, which is not where the focus of a grid is.
  const paste = useRef<(text: string) => void>(() => undefined);
  paste.current = (text) => orders.paste({ row: marked.fromRow, column: marked.fromColumn }, text);
  useEffect(() => {
    if (!active) return;
    const onPaste = (event: ClipboardEvent) => {
      if (document.activeElement !== grid.current) return;
      event.preventDefault();
      paste.current(event.clipboardData?.getData('text/plain') ?? '');
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [active, grid]);

  /** The cell that an event happened in; null outside the rows. */
  const cellOf = (event: React.MouseEvent): (Position & { readonly isCheck: boolean }) | null => {
    const cell = (event.target as Element).closest<HTMLElement>('.grid-body [role=gridcell]');
    if (!cell || (event.target as Element).closest('.cell-editor')) return null;
    return {
      row: Number(cell.parentElement?.getAttribute('aria-rowindex')) - 1,
      column: Number(cell.getAttribute('aria-colindex')) - 1,
      isCheck: cell.dataset.col === 'check',
    };
  };

  const onClick = (event: React.MouseEvent) => {
    const cell = cellOf(event);
    if (!cell) return;
    setFocus(cell);
    if (!event.shiftKey || cell.isCheck) setAnchor(cell);
    if (cell.isCheck) orders.select(cell.row, event.shiftKey);
    else orders.press(cell.row);
    if (!(event.target as Element).closest('a')) grid.current?.focus({ preventScroll: true });
  };

  const onDoubleClick = (event: React.MouseEvent) => {
    const cell = cellOf(event);
    if (cell && !cell.isCheck) orders.edit(cell, null);
  };

  return {
    focus,
    marked: active ? marked : null,
    active,
    moveTo,
    reset,
    handlers: {
      onKeyDown,
      onClick,
      onDoubleClick,
      // A click focuses the list before it does what it is for, which must not wait for the frame of the focused cell.
      onFocus: () => startTransition(() => setActive(true)),
      // What is edited stands in the grid: to leave it for another cell is not to leave the grid.
      onBlur: (event: React.FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setActive(false);
      },
    },
  } as const;
}
