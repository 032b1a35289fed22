'use client';

import type { VirtualizerOptions } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import {
  leadOf,
  listTopAfter,
  listTopShowing,
  rowsOf,
  rowsSeen,
  type ScrollGeometry,
  scrollTopFor,
  slotCount,
} from './scroll.ts';
import { rowHeightFirstPx, useBrowserLayoutEffect, useVisibleSlots } from './useVisibleSlots.ts';

const settledAfterMs = 160;

type Options = VirtualizerOptions<HTMLElement, HTMLElement>;

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

/** Follows the scroll position of a list and says which rows to draw, and where. */
export function useListScroll(
  scroller: RefObject<HTMLElement | null>,
  rowCount: number,
  place: { listTop: number },
  onRows: (first: number, last: number, forward: boolean) => void,
): ListScroll {
  const [size, setSize] = useState({ rowHeight: rowHeightFirstPx, viewHeight: 0 });
  const measured = size.viewHeight > 0;
  const geometry: ScrollGeometry = { rowCount, ...size };
  const latest = useRef({ geometry, place });
  latest.current = { geometry, place };
  const at = useRef({ scrollTop: 0, listTop: 0, forward: true });
  const [stand, setStand] = useState<{ lead: number; seen: readonly [number, number] } | null>(null);
  const report = useRef<(scrollTop: number, scrolling: boolean) => void>(() => undefined);

  const draw = useCallback((scrolling: boolean) => {
    const { geometry, place } = latest.current;
    if (geometry.viewHeight === 0) return;
    const { listTop, scrollTop } = at.current;
    place.listTop = listTop;
    const lead = leadOf(listTop, scrollTop, geometry);
    const seen = rowsSeen(listTop, geometry);
    setStand((now) =>
      now?.lead === lead && now.seen[0] === seen[0] && now.seen[1] === seen[1] ? now : { lead, seen },
    );
    report.current(scrollTop, scrolling);
  }, []);

  /** Goes to a position of the list at once, without waiting for the browser to say so. */
  const goTo = useCallback(
    (element: HTMLElement, listTop: number, forward: boolean) => {
      const scrollTop = Math.round(scrollTopFor(listTop, latest.current.geometry));
      at.current = { scrollTop, listTop, forward };
      element.scrollTop = scrollTop;
      draw(false);
    },
    [draw],
  );

  const observeRect = useCallback<Options['observeElementRect']>(({ scrollElement: element }, changed) => {
    if (!element) return;
    const measure = () => {
      const head = element.querySelector<HTMLElement>('.grid-head')?.offsetHeight ?? 0;
      const foot = element.querySelector<HTMLElement>('.grid-foot')?.offsetHeight ?? 0;
      const row = element.querySelector<HTMLElement>('.grid-body .grid-row');
      const rowHeight = row?.offsetHeight || rowHeightFirstPx;
      const viewHeight = Math.max(rowHeight, element.clientHeight - head - foot);
      setSize((now) =>
        now.rowHeight === rowHeight && now.viewHeight === viewHeight ? now : { rowHeight, viewHeight },
      );
      changed({ width: element.clientWidth, height: viewHeight });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // As high as the rows in it: it changes when the first ones come and when the density does.
    const layer = element.querySelector('.grid-layer');
    if (layer) observer.observe(layer);
    return () => observer.disconnect();
  }, []);

  const observeOffset = useCallback<Options['observeElementOffset']>(
    ({ scrollElement: element }, changed) => {
      if (!element) return;
      report.current = changed;
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
        report.current = () => undefined;
        element.removeEventListener('scroll', onScroll);
      };
    },
    [draw],
  );

  const slots = useVisibleSlots({
    scroller,
    count: slotCount(geometry),
    rowHeight: size.rowHeight,
    measured,
    observeRect,
    observeOffset,
  });

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

  // Another order or filter starts at its top; one that was looked at before, where it was left.
  const shown = useRef<object | null>(null);
  useBrowserLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !measured || shown.current === place) return;
    shown.current = place;
    goTo(element, place.listTop, true);
  }, [place, measured, rowCount, goTo, scroller]);

  const showRow = useCallback(
    (row: number) => {
      const element = scroller.current;
      if (!element) return;
      const listTop = listTopShowing(row, at.current.listTop, latest.current.geometry);
      if (listTop !== at.current.listTop) goTo(element, listTop, listTop >= at.current.listTop);
    },
    [scroller, goTo],
  );

  const lead = stand?.lead ?? 0;
  const { first, last } = rowsOf(slots, lead, geometry);
  const { scrolling } = slots;
  // Also when the list comes to rest: what failed on the way is asked for again.
  useEffect(() => {
    if (measured) onRows(first, last, at.current.forward);
  }, [first, last, scrolling, rowCount, measured, onRows]);

  const offset = first * size.rowHeight - lead;
  return { drawn: { first, last, offset, seen: stand?.seen ?? [first, last], scrolling }, geometry, showRow };
}
