'use client';

import { type RefObject, useEffect, useMemo, useState } from 'react';
import { type ColumnsInView, columnsInView } from './columns-in-view.ts';
import type { Column } from './definition.ts';

const cards = '(max-width: 639px)';

/** The columns to draw, as the list is scrolled sideways and resized. A card shows only the columns that have a place on it. */
export function useColumnsInView(
  scroller: RefObject<HTMLElement | null>,
  columns: readonly Column[],
  pinned: number,
): ColumnsInView {
  const [key, setKey] = useState('');
  const [view, setView] = useState({ left: 0, width: 0, cards: false });

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let last = -1;
    const look = () => {
      const next = {
        left: element.scrollLeft,
        width: element.clientWidth,
        cards: globalThis.matchMedia?.(cards).matches ?? false,
      };
      // Another view only counts when it brings other columns.
      const nextKey = JSON.stringify([
        next.cards,
        next.width,
        columnsInView(columns, pinned, next).columns.map(({ at }) => at),
      ]);
      setKey((now) => {
        if (now !== nextKey) setView(next);
        return nextKey;
      });
    };
    const onScroll = () => {
      if (element.scrollLeft === last) return;
      last = element.scrollLeft;
      // Cells that stick cost a layer each, so they do only where there is something to stick against.
      element.toggleAttribute('data-sideways', last !== 0);
      look();
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller, columns, pinned]);

  return useMemo(() => {
    if (!view.cards) return columnsInView(columns, pinned, view);
    const onCard = columns.map((column, at) => ({ column, at, afterGap: false })).filter(({ column }) => column.card);
    return { columns: onCard, gap: 0 };
    // The key stands for the view.
  }, [columns, pinned, key, view]);
}
