import { describe, expect, test, vi } from 'vitest';
import { sampleDefinition, sampleRow, sampleSource } from '#testing/sample-list.ts';
import { fetchWindowOf } from './useRowWindows.ts';
import { RowWindows, windowSize } from './windows.ts';

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('rows of a list', () => {
  test('come by row number, wherever a reader jumps to', async () => {
    const source = sampleSource(23_799);
    const windows = new RowWindows(source.fetch);
    windows.show(23_700, 23_798, true);
    await settle();
    expect(windows.row(23_798)?.id).toBe('id-23798');
    expect(source.asked.every((request) => request.first <= windowSize)).toBe(true);
  });

  test('that the graph could not bring are a fault, not an empty list', async () => {
    vi.stubGlobal('fetch', async () => Response.json({ data: { salesInvoices: null }, errors: [{ message: 'down' }] }));
    const windows = new RowWindows(fetchWindowOf(sampleDefinition, { filter: null, orderBy: [] }));
    windows.show(0, 30, true);
    await vi.waitFor(() => expect(windows.fault).toMatchObject({ code: 'NO_ANSWER' }));
    vi.unstubAllGlobals();
  });

  test('are asked for once, with the window that comes next', async () => {
    const source = sampleSource(1000);
    const windows = new RowWindows(source.fetch);
    windows.show(0, 30, true);
    windows.show(10, 40, true);
    await settle();
    expect(source.asked.map((request) => request.at)).toEqual([0, 100]);
  });

  test('that changed and were passed before they came again are not shown as they were', async () => {
    let name = 'before';
    const windows = new RowWindows(async ({ at }, signal) => {
      await settle();
      signal.throwIfAborted();
      return { rows: Array.from({ length: windowSize }, (_, index) => ({ id: `${at + index}`, name })), total: 1000 };
    });
    windows.show(100, 130, true);
    await vi.waitFor(() => expect(windows.row(0)).toBeTruthy());
    name = 'after';
    windows.refresh();
    windows.show(500, 530, true);
    windows.show(0, 30, false);
    await vi.waitFor(() => expect(windows.row(0)?.name).toBe('after'));
  });

  test('are not fetched ahead of a list that nobody has moved', async () => {
    const source = sampleSource(1000);
    const windows = new RowWindows(source.fetch);
    windows.show(0, 30, true);
    await settle();
    expect(source.asked.map((request) => request.at)).toEqual([0]);
  });

  test('are fetched ahead against the direction when scrolling up', async () => {
    const source = sampleSource(1000);
    const windows = new RowWindows(source.fetch);
    windows.show(500, 530, false);
    await settle();
    // The window before comes first, then the one behind.
    expect(source.asked.map((request) => request.at)).toEqual([500, 400, 600]);
  });

  test('are given up when nobody waits for them any more', async () => {
    const signals: AbortSignal[] = [];
    const windows = new RowWindows((_, signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    });
    windows.show(1, 31, true);
    windows.show(5000, 5030, true);
    expect(signals.slice(0, 2).every((signal) => signal.aborted)).toBe(true);
    expect(signals.slice(2).some((signal) => signal.aborted)).toBe(false);
  });

  test('are never all held, however much is looked at', async () => {
    const source = sampleSource(1_000_000);
    const windows = new RowWindows(source.fetch);
    for (let at = 0; at < 20_000; at += 100) {
      windows.show(at, at + 50, true);
      await settle();
    }
    const held = Array.from({ length: 20_000 }, (_, row) => windows.row(row)).filter(Boolean).length;
    expect(held).toBeLessThanOrEqual(40 * windowSize);
    expect(windows.row(0)).toBeUndefined();
    expect(windows.row(19_950)).toBeDefined();
  });
});

describe('the size of the set', () => {
  test('is unknown at first and found out on its own', async () => {
    const source = sampleSource(23_799);
    const windows = new RowWindows(source.fetch);
    expect(windows.total).toBe(-1);
    windows.count();
    windows.count();
    await settle();
    expect(windows.total).toBe(23_799);
    expect(source.asked).toEqual([{ at: 0, first: 1, rows: false, count: true }]);
  });

  test('follows from a first window that is not full', () => {
    const windows = new RowWindows(sampleSource(3).fetch, { rows: [0, 1, 2].map(sampleRow), total: -1 });
    expect(windows.total).toBe(3);
  });
});

describe('a failure', () => {
  test('is shown, and trying again asks again', async () => {
    let broken = true;
    const source = sampleSource(50);
    const windows = new RowWindows((request, signal) =>
      broken ? Promise.reject(new Error('down')) : source.fetch(request, signal),
    );
    const listener = vi.fn();
    windows.subscribe(listener);
    windows.show(0, 20, true);
    await settle();
    expect(windows.fault).toBeInstanceOf(Error);
    expect(listener).toHaveBeenCalled();
    broken = false;
    windows.retry();
    windows.show(0, 20, true);
    await settle();
    expect(windows.fault).toBeNull();
    expect(windows.row(0)?.id).toBe('id-0');
  });
});

test('a refresh keeps rows on screen until the new ones are there', async () => {
  const source = sampleSource(500);
  const windows = new RowWindows(source.fetch, {
    rows: Array.from({ length: 100 }, (_, at) => sampleRow(at)),
    total: 499,
  });
  windows.refresh();
  expect(windows.row(5)).toBeDefined();
  await settle();
  expect(windows.total).toBe(500);
  expect(windows.row(5)?.id).toBe('id-5');
});

test('a refresh that is given up, since the reader looks elsewhere first, takes no rows away and is made up for', async () => {
  const source = sampleSource(500);
  const windows = new RowWindows(source.fetch);
  windows.show(150, 180, true);
  await settle();
  windows.refresh();
  // As a list does that begins at its top before it finds its place again.
  windows.show(0, 20, true);
  expect(windows.row(150)?.id).toBe('id-150');
  await settle();
  source.asked.length = 0;
  windows.show(150, 180, true);
  expect(windows.row(150)?.id).toBe('id-150');
  await settle();
  expect(source.asked.map(({ at }) => at)).toContain(100);
  source.asked.length = 0;
  windows.show(150, 180, true);
  await settle();
  expect(source.asked).toEqual([]);
});

test('rows that were on their way when a change was told are asked for once more', async () => {
  const source = sampleSource(500);
  const windows = new RowWindows(source.fetch);
  windows.show(0, 20, true);
  windows.refresh();
  await settle();
  await settle();
  expect(source.asked.filter(({ rows }) => rows).map(({ at }) => at)).toEqual([0, 0]);
});
