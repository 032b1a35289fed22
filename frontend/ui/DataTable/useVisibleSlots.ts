'use client';

import { type Range, useVirtualizer, type VirtualizerOptions } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useLayoutEffect } from 'react';
import { rowsDrawn, slotsDrawn } from './scroll.ts';

/** Rows that the server draws, before anything can be measured, and the height they are then taken to have. */
const rowsDrawnFirst = 40;
export const rowHeightFirstPx = 36;

type Options = VirtualizerOptions<HTMLElement, HTMLElement>;

export interface VisibleSlots {
  readonly first: number;
  /** -1 when there is none. */
  readonly last: number;
  readonly scrolling: boolean;
}

/**
 * The places of the body that are in view, by the virtualizer. It works with a body of bounded height; which rows stand
 * in its places, and where the body is scrolled to, is not its matter. Kept this small because its result changes behind
 * React's back, which a compiler cannot memoise.
 */
export function useVisibleSlots({
  scroller,
  count,
  rowHeight,
  viewHeight,
  observeRect,
  observeOffset,
}: {
  scroller: RefObject<HTMLElement | null>;
  count: number;
  rowHeight: number;
  /** 0 until the browser has said how large the list is. */
  viewHeight: number;
  observeRect: Options['observeElementRect'];
  observeOffset: Options['observeElementOffset'];
}): VisibleSlots {
  const measured = viewHeight > 0;
  const drawn = measured ? rowsDrawn({ rowHeight, viewHeight }) : rowsDrawnFirst;
  const rangeExtractor = useCallback((range: Range) => slotsDrawn(range, drawn), [drawn]);
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: measured ? count : Math.min(count, rowsDrawnFirst),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    rangeExtractor,
    initialRect: { width: 0, height: rowsDrawnFirst * rowHeightFirstPx },
    observeElementRect: observeRect,
    observeElementOffset: observeOffset,
    // Positions are written by the list, which knows what they stand for.
    scrollToFn: () => undefined,
    useFlushSync: false,
  });

  // Another density: the virtualizer asks for sizes only when it is told to.
  useBrowserLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  const slots = virtualizer.getVirtualIndexes();
  return { first: slots[0] ?? 0, last: slots.at(-1) ?? -1, scrolling: virtualizer.isScrolling };
}

export const useBrowserLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect;
