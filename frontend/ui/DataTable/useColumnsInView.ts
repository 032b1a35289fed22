'use client';

import { type RefObject, useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { type ColumnsInView, columnsInView } from './columns-in-view.ts';
import type { Column } from './definition.ts';

const unmeasured = { left: 0, width: 0 };

/** The columns to draw, as the list is scrolled sideways and resized. A card shows only the columns that have a place on it. */
export function useColumnsInView(
  scroller: RefObject<HTMLElement | null>,
  columns: readonly Column[],
  pinned: number,
  cards: boolean,
): ColumnsInView {
  const [view, setView] = useState(unmeasured);

  useEffect(() => {
    const element = scroller.current;
    if (!element || cards) return;
    let last = -1;
    const shown = (at: typeof unmeasured) => String(columnsInView(columns, pinned, at).columns.map(({ at }) => at));
    const look = () => {
      const next = { left: element.scrollLeft, width: element.clientWidth };
      // Another view only counts when it brings other columns, since every row is drawn again for them.
      setView((now) => (shown(now) === shown(next) ? now : next));
    };
    const onScroll = () => {
      if (element.scrollLeft === last) return;
      last = element.scrollLeft;
      // Cells that stick cost a layer each, so they do only where there is something to stick against.
      element.toggleAttribute('data-sideways', last !== 0);
      look();
    };
    // Paper cannot be scrolled: it shows every column whose head it shows.
    const onPrint = () => flushSync(() => setView(unmeasured));
    look();
    addEventListener('beforeprint', onPrint);
    addEventListener('afterprint', look);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      removeEventListener('beforeprint', onPrint);
      removeEventListener('afterprint', look);
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller, columns, pinned, cards]);

  return useMemo(() => {
    if (!cards) return columnsInView(columns, pinned, view);
    const onCard = columns.map((column, at) => ({ column, at, afterGap: false })).filter(({ column }) => column.card);
    return { columns: onCard, gap: 0 };
  }, [columns, pinned, view, cards]);
}
