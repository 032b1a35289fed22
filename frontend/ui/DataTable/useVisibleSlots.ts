'use client';

import { useVirtualizer, type VirtualizerOptions } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect } from 'react';
import { slotsDrawn } from './scroll.ts';

const overscan = 8;
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
  measured,
  observeRect,
  observeOffset,
}: {
  scroller: RefObject<HTMLElement | null>;
  count: number;
  rowHeight: number;
  /** Whether the browser has said how large the list is. */
  measured: boolean;
  observeRect: Options['observeElementRect'];
  observeOffset: Options['observeElementOffset'];
}): VisibleSlots {
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: measured ? count : Math.min(count, rowsDrawnFirst),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    rangeExtractor: slotsDrawn,
    initialRect: { width: 0, height: rowsDrawnFirst * rowHeightFirstPx },
    observeElementRect: observeRect,
    observeElementOffset: observeOffset,
    // Positions are written by the list, which knows what they stand for.
    scrollToFn: () => undefined,
    useFlushSync: false,
  });

  // Another density: the virtualizer asks for sizes only when it is told to.
  useBrowserLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  const slots = virtualizer.getVirtualItems();
  return { first: slots[0]?.index ?? 0, last: slots.at(-1)?.index ?? -1, scrolling: virtualizer.isScrolling };
}

export const useBrowserLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect;
