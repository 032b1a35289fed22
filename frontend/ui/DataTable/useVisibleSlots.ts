'use client';

import type * as Library from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react';
import { whenSettled } from '../when-settled.ts';
import { measureBy } from './fit.ts';
import { rowsDrawn, slotsDrawn } from './scroll.ts';

/** The height that a row is taken to have before anything can be measured. */
export const rowHeightFirstPx = 36;

const reaching = ['pointerenter', 'pointerdown', 'touchstart', 'focusin', 'wheel'] as const;

type Virtualizer = Library.Virtualizer<HTMLElement, HTMLElement>;
type Scrolled = Pick<Virtualizer, 'scrollElement'>;

/** Follows the size of the list and tells the virtualizer; answers the way to stop. */
export type ObserveRect = (
  at: Scrolled,
  changed: (rect: { width: number; height: number }) => void,
) => (() => void) | undefined;

/** Follows the scroll position of the list and tells the virtualizer; answers the way to stop. */
export type ObserveOffset = (
  at: Scrolled,
  changed: (offset: number, scrolling: boolean) => void,
) => (() => void) | undefined;

export interface VisibleSlots {
  readonly first: number;
  /** -1 when there is none. */
  readonly last: number;
  readonly scrolling: boolean;
  /** The list has moved since it was drawn. */
  readonly moved: boolean;
  /** The list is about to move by itself. */
  readonly move: () => void;
}

let library: typeof Library | null = null;
const fetchLibrary = async (): Promise<typeof Library> => {
  library ??= await import('@tanstack/react-virtual');
  return library;
};

/**
 * The virtualizer's code: 11 kB that a list only needs once it moves. It comes when someone reaches for the list or the page has
 * settled, and is put to use by the first move, which draws the rows anew anyway.
 */
function useLibrary(
  scroller: RefObject<HTMLElement | null>,
  wanted: boolean,
): { readonly loaded: typeof Library | null; readonly use: () => void } {
  const [loaded, setLoaded] = useState(() => library);
  const use = useCallback(() => {
    if (library) setLoaded(library);
    // What fails is asked for again with the next move.
    else void fetchLibrary().then(setLoaded, () => undefined);
  }, []);
  useEffect(() => {
    const element = scroller.current;
    if (loaded || !wanted || !element) return;
    const fetch = () => void fetchLibrary().catch(() => undefined);
    const stop = whenSettled(fetchLibrary);
    for (const event of reaching) element.addEventListener(event, fetch, { passive: true });
    element.addEventListener('scroll', use, { passive: true });
    return () => {
      stop();
      for (const event of reaching) element.removeEventListener(event, fetch);
      element.removeEventListener('scroll', use);
    };
  }, [scroller, loaded, wanted, use]);
  return { loaded, use };
}

/**
 * The places of the body that are in view, by the virtualizer; until its code is there, those at the top. It works with a
 * body of bounded height; which rows stand in its places, and where the body is scrolled to, is not its matter. Kept this
 * small because its result changes behind React's back, which a compiler cannot memoise.
 */
export function useVisibleSlots({
  scroller,
  count,
  rowHeight,
  viewHeight,
  drawnFirst,
  observeRect,
  observeOffset,
}: {
  scroller: RefObject<HTMLElement | null>;
  count: number;
  rowHeight: number;
  /** 0 until the browser has said how large the list is. */
  viewHeight: number;
  /** Rows that the server draws, before anything can be measured. */
  drawnFirst: number;
  observeRect: ObserveRect;
  observeOffset: ObserveOffset;
}): VisibleSlots {
  const measured = viewHeight > 0;
  const drawn = measured ? rowsDrawn({ rowHeight, viewHeight }) : drawnFirst;
  const places = measured ? count : Math.min(count, drawnFirst);
  const rangeExtractor = useCallback((range: Library.Range) => slotsDrawn(range, drawn), [drawn]);
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  const { loaded, use: move } = useLibrary(scroller, count > drawn);
  const made = useRef<Virtualizer>(undefined);
  const options: Library.VirtualizerOptions<HTMLElement, HTMLElement> = {
    count: places,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    rangeExtractor,
    initialRect: { width: 0, height: viewHeight || drawnFirst * rowHeightFirstPx },
    initialOffset: () => scroller.current?.scrollTop ?? 0,
    observeElementRect: observeRect,
    observeElementOffset: observeOffset,
    // Positions are written by the list, which knows what they stand for.
    scrollToFn: () => undefined,
    onChange: redraw,
  };
  if (loaded) made.current ??= new loaded.Virtualizer(options);
  const virtualizer = made.current;
  virtualizer?.setOptions(options);

  useBrowserLayoutEffect(() => virtualizer?._didMount(), [virtualizer]);
  useBrowserLayoutEffect(() => virtualizer?._willUpdate());
  // Until then the list is measured and followed all the same. The scroller is an element above, so it is there only now.
  useEffect(() => {
    if (virtualizer) return;
    const at = { scrollElement: scroller.current };
    const stops = [observeRect(at, () => undefined), observeOffset(at, () => undefined)];
    return () => {
      for (const stop of stops) stop?.();
    };
  }, [virtualizer, scroller, observeRect, observeOffset]);

  // Another density: the virtualizer asks for sizes only when it is told to, and texts are of another size.
  useBrowserLayoutEffect(() => {
    virtualizer?.measure();
    if (virtualizer && scroller.current) measureBy(scroller.current);
  }, [virtualizer, rowHeight, scroller]);

  if (!virtualizer) return { first: 0, last: Math.min(places, drawn) - 1, scrolling: false, moved: false, move };
  const slots = virtualizer.getVirtualIndexes();
  return { first: slots[0] ?? 0, last: slots.at(-1) ?? -1, scrolling: virtualizer.isScrolling, moved: true, move };
}

export const useBrowserLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect;
