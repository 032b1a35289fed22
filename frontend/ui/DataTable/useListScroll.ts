'use client';

import { type RefObject, startTransition, useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
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
import type { Signal } from './signal.ts';
import {
  type ObserveOffset,
  type ObserveRect,
  rowHeightFirstPx,
  useBrowserLayoutEffect,
  useVisibleSlots,
} from './useVisibleSlots.ts';

const settledAfterMs = 160;
/** A list that moves by a screen within this time, again and again, is rushing past. */
const rushMs = 100;
/** What is in view is told this often while the list moves, and once more when it rests. */
const toldEveryMs = 120;

/** What a reader of the list sees now. */
export interface Seen {
  readonly first: number;
  readonly last: number;
  readonly scrolling: boolean;
}

export interface ListScroll {
  /** Rows to draw. */
  readonly first: number;
  readonly last: number;
  /** How far in px the list is ahead of its body. */
  readonly lead: number;
  /** It has moved, so rows no longer stand where the server put them. */
  readonly moved: boolean;
  /** It moves by a screen at a time, too fast to be read. */
  readonly rushing: boolean;
  readonly geometry: ScrollGeometry;
  showRow(row: number): void;
}

/** Follows the scroll position of a list and says which rows to draw, and where. */
export function useListScroll(
  scroller: RefObject<HTMLElement | null>,
  rowCount: number,
  place: { listTop: number },
  seen: Signal<Seen>,
  drawnFirst: number,
  onRows: (first: number, last: number, forward: boolean) => void,
): ListScroll {
  const [size, setSize] = useState({ rowHeight: rowHeightFirstPx, viewHeight: 0 });
  const measured = size.viewHeight > 0;
  const geometry: ScrollGeometry = { rowCount, ...size };
  const latest = useRef({ geometry, place });
  latest.current = { geometry, place };
  const at = useRef({ scrollTop: 0, listTop: 0, forward: true });
  const [lead, setLead] = useState(0);
  const told = useRef(0);
  const [rushing, setRushing] = useState(false);
  const rush = useRef({ since: 0, timer: undefined as ReturnType<typeof setTimeout> | undefined });
  const move = useRef<() => void>(() => undefined);
  const report = useRef<(scrollTop: number, scrolling: boolean) => void>(() => undefined);

  const draw = useCallback(
    (scrolling: boolean) => {
      const { geometry, place } = latest.current;
      if (geometry.viewHeight === 0) return;
      const { listTop, scrollTop } = at.current;
      place.listTop = listTop;
      setLead(leadOf(listTop, scrollTop, geometry));
      const [first, last] = rowsSeen(listTop, geometry);
      const before = seen.value;
      const now = performance.now();
      const isDue = !scrolling || !before.scrolling || now - told.current > toldEveryMs;
      if (isDue && (before.first !== first || before.last !== last || before.scrolling !== scrolling)) {
        told.current = now;
        seen.set({ first, last, scrolling });
      }
      report.current(scrollTop, scrolling);
    },
    [seen],
  );

  /** Goes to a position of the list at once, without waiting for the browser to say so. */
  const goTo = useCallback(
    (element: HTMLElement, listTop: number, forward: boolean) => {
      const scrollTop = Math.round(scrollTopFor(listTop, latest.current.geometry));
      at.current = { scrollTop, listTop, forward };
      if (listTop > 0) move.current();
      element.scrollTop = scrollTop;
      draw(false);
    },
    [draw],
  );

  const observeRect = useCallback<ObserveRect>(({ scrollElement: element }, changed) => {
    if (!element) return;
    // Stands for a row whether or not there is one, and follows the density and the width of the screen as rows do.
    const ruler = element.querySelector<HTMLElement>('.grid-ruler');
    const measure = () => {
      const head = element.querySelector<HTMLElement>('.grid-head')?.offsetHeight ?? 0;
      const foot = element.querySelector<HTMLElement>('.grid-foot')?.offsetHeight ?? 0;
      const rowHeight = ruler?.offsetHeight || rowHeightFirstPx;
      const viewHeight = Math.max(rowHeight, element.clientHeight - head - foot);
      // What the server drew fills the place meanwhile: the rows that are missing are drawn between other work.
      startTransition(() =>
        setSize((now) =>
          now.rowHeight === rowHeight && now.viewHeight === viewHeight ? now : { rowHeight, viewHeight },
        ),
      );
      changed({ width: element.clientWidth, height: viewHeight });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    if (ruler) observer.observe(ruler);
    return () => observer.disconnect();
  }, []);

  const observeOffset = useCallback<ObserveOffset>(
    ({ scrollElement: element }, changed) => {
      if (!element) return;
      report.current = changed;
      let settled: ReturnType<typeof setTimeout>;
      const rushOn = () => {
        const now = performance.now();
        setRushing(now - rush.current.since < rushMs);
        rush.current.since = now;
        clearTimeout(rush.current.timer);
        rush.current.timer = setTimeout(setRushing, rushMs, false);
      };
      const onScroll = () => {
        const { scrollTop } = element;
        const before = at.current;
        if (scrollTop === before.scrollTop) return;
        const listTop = listTopAfter(before.listTop, before.scrollTop, scrollTop, latest.current.geometry);
        at.current = { scrollTop, listTop, forward: listTop >= before.listTop };
        const isJump = Math.abs(listTop - before.listTop) > latest.current.geometry.viewHeight;
        // In the frame that moves the list. Left to React's own time the rows come one frame late, and cost a frame of their own.
        flushSync(() => {
          if (isJump) rushOn();
          draw(true);
        });
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
        clearTimeout(rush.current.timer);
        if (report.current === changed) report.current = () => undefined;
        element.removeEventListener('scroll', onScroll);
      };
    },
    [draw],
  );

  const slots = useVisibleSlots({
    scroller,
    count: slotCount(geometry),
    rowHeight: size.rowHeight,
    viewHeight: size.viewHeight,
    drawnFirst,
    observeRect,
    observeOffset,
  });
  move.current = slots.move;

  const shown = useRef<object | null>(null);

  // A new size or count is the reason to draw again, once the list stands where it was left.
  useBrowserLayoutEffect(() => {
    const { geometry, place } = latest.current;
    const element = scroller.current;
    if (!element || geometry.viewHeight === 0 || shown.current !== place) return;
    at.current.listTop = Math.min(
      at.current.listTop,
      Math.max(0, geometry.rowCount * geometry.rowHeight - geometry.viewHeight),
    );
    at.current.scrollTop = element.scrollTop;
    draw(false);
  }, [size.rowHeight, size.viewHeight, rowCount, draw, scroller]);

  // Another order or filter starts at its top; one that was looked at before, where it was left.
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

  const { first, last } = rowsOf(slots, lead, geometry);
  const { scrolling } = slots;
  // Also when the list comes to rest: what failed on the way is asked for again.
  useEffect(() => {
    if (measured) onRows(first, last, at.current.forward);
  }, [first, last, scrolling, rowCount, measured, onRows]);

  return { first, last, lead, moved: slots.moved, rushing, geometry, showRow };
}
