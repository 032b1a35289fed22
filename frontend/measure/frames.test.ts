import { expect, test } from 'vitest';
import { costsOf } from './frames.ts';

const mark = (ts: number) => ({ name: 'list-frame', pid: 1, tid: 1, ts });
const task = (ts: number, dur: number, tdur: number, tid = 1) => ({
  name: 'ThreadControllerImpl::RunTask',
  pid: 1,
  tid,
  ts,
  dur,
  tdur,
});

test('a frame costs the CPU of the tasks from its mark to the next, on its own thread', () => {
  const traceEvents = [
    mark(1000),
    mark(2000),
    mark(3000),
    mark(4000),
    // Holds the mark of the second frame.
    task(1990, 500, 400),
    task(2600, 100, 90),
    task(2700, 900, 800, 2),
    task(3100, 700, 600),
    { name: 'Layout', pid: 1, tid: 1, ts: 2100, dur: 50, tdur: 50 },
  ];
  expect(costsOf({ traceEvents })).toEqual([0.49, 0.6]);
});

test('a trace without marks has no frames', () => {
  expect(costsOf({ traceEvents: [task(1, 2, 3)] })).toEqual([]);
});
