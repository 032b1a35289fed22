import type { Row } from './definition.ts';

export const windowSize = 100;
const windowsKeptMax = 40;
const retryAfterMs = 3000;

export interface WindowAnswer {
  readonly rows: readonly Row[];
  readonly total: number | null;
}

/** Fetches rows by number; `count` also asks for the size of the whole set, `rows` may be left out for the count alone. */
export type FetchWindow = (
  request: { at: number; first: number; rows: boolean; count: boolean },
  signal: AbortSignal,
) => Promise<WindowAnswer>;

/** What a grid shows: rows by their number, whatever they are kept in. */
export interface ListRows {
  /** Size of the whole set; -1 until it is known. */
  readonly total: number;
  /** Rows that can be scrolled to now. */
  readonly reachable: number;
  readonly fault: unknown;
  /** Grows with every change of what the rows are. */
  readonly version: number;
  /** Where the reader was, so that coming back shows the same rows. */
  listTop: number;
  readonly subscribe: (listener: () => void) => () => void;
  row(index: number): Row | undefined;
  /** Makes rows available, and those around them ahead of time. */
  show(first: number, last: number, forward: boolean): void;
  /** Finds out how many rows there are. */
  count(): void;
  /** Fetches what is in view again, after a change. */
  refresh(): void;
  /** Forgets failures, so that the next look tries again. */
  retry(): void;
  /** Puts a changed row in the place of the one with its id. */
  replace(row: Row): void;
}

/**
 * The rows of one list in one order, kept in windows of 100 that are fetched when they come into view and let go when
 * many others have been looked at since. The whole set is never held.
 */
export class RowWindows implements ListRows {
  readonly #fetch: FetchWindow;
  readonly #windows = new Map<number, readonly Row[]>();
  readonly #pending = new Map<number, AbortController>();
  /** Windows whose rows are old: they are shown until new ones are there, and fetched again when they are looked at. */
  readonly #old = new Set<number>();
  /** Windows that are on their way but may be old by the time they come. */
  readonly #overtaken = new Set<number>();
  readonly #failedAt = new Map<number, number>();
  readonly #listeners = new Set<() => void>();
  #counting: AbortController | null = null;
  #version = 0;
  #fault: unknown = null;
  /** Size of the whole set; -1 until it is known. */
  total = -1;
  /** Where the reader was, so that coming back shows the same rows. */
  listTop = 0;

  constructor(fetch: FetchWindow, initial?: { rows: readonly Row[]; total: number }) {
    this.#fetch = fetch;
    if (initial) this.#seed(initial.rows, initial.total);
  }

  #seed(rows: readonly Row[], total: number): void {
    if (rows.length > 0) this.#keep(0, rows);
    this.total = total;
    if (total < 0 && rows.length < windowSize) this.total = rows.length;
  }

  row(index: number): Row | undefined {
    return this.#windows.get(Math.floor(index / windowSize))?.[index % windowSize];
  }

  /** Rows that can be scrolled to: the whole set, or what has been seen of it while its size is not known. */
  get reachable(): number {
    if (this.total >= 0) return this.total;
    let end = 0;
    for (const [window, rows] of this.#windows) end = Math.max(end, window * windowSize + rows.length);
    return end;
  }

  get fault(): unknown {
    return this.#fault;
  }

  get version(): number {
    return this.#version;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Makes the rows in view available, then the windows around them; fetches that nobody waits for are given up. */
  show(first: number, last: number, forward: boolean): void {
    const from = Math.floor(first / windowSize);
    const to = Math.floor(Math.max(first, last) / windowSize);
    const wanted = new Set<number>();
    for (let window = from; window <= to; window += 1) wanted.add(window);
    // The way the reader goes comes first. A list that nobody has moved yet has its rows: what is next to them can wait until then.
    if (first > 0) for (const next of forward ? [to + 1, from - 1] : [from - 1, to + 1]) wanted.add(next);
    for (const [window, controller] of this.#pending) {
      if (wanted.has(window)) continue;
      controller.abort();
      this.#pending.delete(window);
    }
    for (const window of wanted) this.#load(window);
  }

  /** Finds out how many rows there are, without waiting for any. */
  count(): void {
    if (this.total >= 0 || this.#counting) return;
    const controller = new AbortController();
    this.#counting = controller;
    this.#fetch({ at: 0, first: 1, rows: false, count: true }, controller.signal).then(
      ({ total }) => {
        this.#counting = null;
        if (total === null) return;
        this.total = total;
        this.#changed();
      },
      (error) => this.#failed(error, controller.signal, () => (this.#counting = null)),
    );
  }

  /** Fetches what is in view again, after a change; rows stay on screen until the new ones are there. */
  refresh(): void {
    const known = [...this.#windows.keys()].slice(-3);
    for (const window of this.#windows.keys()) if (!known.includes(window)) this.#windows.delete(window);
    for (const window of new Set([...known, ...this.#pending.keys()])) this.#load(window, true);
    this.#fetch({ at: 0, first: 1, rows: false, count: true }, new AbortController().signal).then(
      ({ total }) => {
        if (total === null) return;
        this.total = total;
        this.#changed();
      },
      () => undefined,
    );
  }

  /** Forgets failures, so that the next look tries again. */
  retry(): void {
    this.#fault = null;
    this.#failedAt.clear();
    this.#changed();
  }

  replace(row: Row): void {
    for (const [window, rows] of this.#windows) {
      const at = rows.findIndex((each) => each.id === row.id);
      if (at < 0) continue;
      this.#windows.set(window, rows.with(at, row));
      this.#changed();
      return;
    }
  }

  #load(window: number, again = false): void {
    const at = window * windowSize;
    if (at < 0 || (this.total >= 0 && at >= this.total && !again)) return;
    if (this.#pending.has(window)) {
      if (again) this.#overtaken.add(window);
      return;
    }
    const kept = this.#windows.get(window);
    if (kept && !again && !this.#old.has(window)) {
      this.#keep(window, kept);
      return;
    }
    if (Date.now() - (this.#failedAt.get(window) ?? 0) < retryAfterMs) return;
    const controller = new AbortController();
    this.#pending.set(window, controller);
    this.#overtaken.delete(window);
    if (kept) this.#old.add(window);
    this.#fetch({ at, first: windowSize, rows: true, count: false }, controller.signal).then(
      ({ rows }) => {
        this.#pending.delete(window);
        this.#old.delete(window);
        this.#failedAt.delete(window);
        this.#fault = null;
        this.#keep(window, rows);
        this.#changed();
        if (this.#overtaken.delete(window)) this.#load(window, true);
      },
      (error) =>
        this.#failed(error, controller.signal, () => {
          this.#pending.delete(window);
          this.#failedAt.set(window, Date.now());
        }),
    );
  }

  #failed(error: unknown, signal: AbortSignal, note: () => void): void {
    if (signal.aborted) return;
    note();
    this.#fault = error;
    this.#changed();
  }

  #keep(window: number, rows: readonly Row[]): void {
    this.#windows.delete(window);
    this.#windows.set(window, rows);
    for (const oldest of this.#windows.keys()) {
      if (this.#windows.size <= windowsKeptMax) break;
      this.#windows.delete(oldest);
    }
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
