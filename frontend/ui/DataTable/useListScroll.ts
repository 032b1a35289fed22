'use client';

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { listTopAfter, listTopShowing, rowsInView, type ScrollGeometry, scrollTopFor } from './scroll.ts';

const overscan = 8;
/** Rows enter in groups, so that most frames of a slow scroll change nothing at all. */
const rowStep = 4;
const settledAfterMs = 160;
/** Rows that the server draws, before anything can be measured. */
const rowsDrawnFirst = 40;

export interface DrawnRows {
  readonly first: number;
  readonly last: number;
  /** Distance in px of the first drawn row from the top of the body. */
  readonly offset: number;
  /** First and last row that a reader sees. */
  readonly seen: readonly [number, number];
  readonly scrolling: boolean;
}

export interface ListScroll {
  readonly drawn: DrawnRows;
  readonly geometry: ScrollGeometry;
  showRow(row: number): void;
}

const useBrowserLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect;

/** Follows the scroll position of a list and says which rows to draw, and where. */
export function useListScroll(
  scroller: RefObject<HTMLElement | null>,
  rowCount: number,
  place: { listTop: number },
  onRows: (first: number, last: number, forward: boolean) => void,
): ListScroll {
  const [size, setSize] = useState({ rowHeight: 36, viewHeight: 0 });
  const [drawn, setDrawn] = useState<DrawnRows>({
    first: 0,
    last: Math.min(rowCount, rowsDrawnFirst) - 1,
    offset: 0,
    seen: [0, Math.min(rowCount, rowsDrawnFirst) - 1],
    scrolling: false,
  });
  const at = useRef({ scrollTop: 0, listTop: 0, forward: true });
  const geometry: ScrollGeometry = { rowCount, ...size };
  const latest = useRef({ geometry, onRows, place });
  latest.current = { geometry, onRows, place };

  const draw = useCallback((scrolling: boolean) => {
    const { geometry, onRows, place } = latest.current;
    if (geometry.viewHeight === 0) return;
    const { listTop, scrollTop, forward } = at.current;
    place.listTop = listTop;
    const range = rowsInView(listTop, geometry, overscan);
    const first = Math.floor(range.first / rowStep) * rowStep;
    const last = Math.min(geometry.rowCount - 1, Math.ceil((range.last + 1) / rowStep) * rowStep - 1);
    const offset = scrollTop - listTop + first * geometry.rowHeight;
    const seen = [
      Math.min(geometry.rowCount - 1, Math.ceil(listTop / geometry.rowHeight - 0.3)),
      Math.min(geometry.rowCount - 1, Math.floor((listTop + geometry.viewHeight) / geometry.rowHeight - 0.7)),
    ] as const;
    setDrawn((now) =>
      now.first === first &&
      now.last === last &&
      now.offset === offset &&
      now.scrolling === scrolling &&
      now.seen[0] === seen[0] &&
      now.seen[1] === seen[1]
        ? now
        : { first, last, offset, seen, scrolling },
    );
    onRows(first, last, forward);
  }, []);

  useBrowserLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => {
      const head = element.querySelector<HTMLElement>('.grid-head')?.offsetHeight ?? 0;
      const foot = element.querySelector<HTMLElement>('.grid-foot')?.offsetHeight ?? 0;
      const rowHeight = element.querySelector<HTMLElement>('.grid-body .grid-row')?.offsetHeight || 36;
      const viewHeight = Math.max(rowHeight, element.clientHeight - head - foot);
      setSize((now) =>
        now.rowHeight === rowHeight && now.viewHeight === viewHeight ? now : { rowHeight, viewHeight },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const row = element.querySelector('.grid-body .grid-row');
    if (row) observer.observe(row);
    return () => observer.disconnect();
  }, [scroller, rowCount > 0]);

  // A new size or count is the reason to draw again.
  useBrowserLayoutEffect(() => {
    const { geometry } = latest.current;
    const element = scroller.current;
    if (!element || geometry.viewHeight === 0) return;
    at.current.listTop = Math.min(
      at.current.listTop,
      Math.max(0, geometry.rowCount * geometry.rowHeight - geometry.viewHeight),
    );
    at.current.scrollTop = element.scrollTop;
    draw(false);
  }, [size.rowHeight, size.viewHeight, rowCount, draw, scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let settled: ReturnType<typeof setTimeout>;
    const onScroll = () => {
      const { scrollTop } = element;
      const before = at.current;
      if (scrollTop === before.scrollTop) return;
      const listTop = listTopAfter(before.listTop, before.scrollTop, scrollTop, latest.current.geometry);
      at.current = { scrollTop, listTop, forward: listTop >= before.listTop };
      draw(true);
      clearTimeout(settled);
      settled = setTimeout(() => {
        // The thumb goes where the list is; rows do not move by it.
        const exact = Math.round(scrollTopFor(at.current.listTop, latest.current.geometry));
        if (Math.abs(exact - element.scrollTop) > 1) {
          at.current.scrollTop = exact;
          element.scrollTop = exact;
        }
        draw(false);
      }, settledAfterMs);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(settled);
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller, draw]);

  // Another order or filter starts at its top; one that was looked at before, where it was left.
  const shown = useRef<object | null>(null);
  useBrowserLayoutEffect(() => {
    const element = scroller.current;
    const { geometry } = latest.current;
    if (!element || geometry.viewHeight === 0 || shown.current === place) return;
    shown.current = place;
    const scrollTop = Math.round(scrollTopFor(place.listTop, geometry));
    at.current = { scrollTop, listTop: place.listTop, forward: true };
    element.scrollTop = scrollTop;
    draw(false);
  }, [place, size.viewHeight, rowCount, draw, scroller]);

  const showRow = useCallback(
    (row: number) => {
      const element = scroller.current;
      if (!element) return;
      const { geometry } = latest.current;
      const listTop = listTopShowing(row, at.current.listTop, geometry);
      if (listTop === at.current.listTop) return;
      const scrollTop = Math.round(scrollTopFor(listTop, geometry));
      at.current = { scrollTop, listTop, forward: listTop >= at.current.listTop };
      element.scrollTop = scrollTop;
      draw(false);
    },
    [scroller, draw],
  );

  return { drawn, geometry, showRow };
}
