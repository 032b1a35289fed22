/// <reference lib="dom" />

/** A browser page under a trace, as any tool that drives browsers can offer it. */
export interface TracedPage {
  startTrace(categories: string[]): Promise<unknown>;
  /** Ends the trace and answers it as JSON. */
  endTrace(): Promise<Buffer>;
  /** Evaluates an expression in the page. */
  evaluate(expression: string): Promise<unknown>;
}

export interface FrameCosts {
  readonly rowsPerFrame: number;
  readonly frames: number;
  /** Main-thread CPU of a frame in ms. */
  readonly p50: number;
  readonly p95: number;
  /** Longest time in ms that a row in view waited for its content. */
  readonly blankMs: number;
}

/** Most ms of main-thread CPU for a frame that scrolls by so many rows, at the 95th percentile. */
export const frameBudgets = { 1: 6, 33: 10 } as const;
export const blankBudgetMs = 100;

const framesScrolled = 240;
const categories = ['toplevel', 'blink.user_timing', 'devtools.timeline'];

/**
 * What scrolling a list costs: the grid of the page is scrolled by so many rows in each frame, none for the floor, and the
 * CPU time of the main thread is read from a trace. Wall-clock times of frames say little on a busy machine; CPU times repeat,
 * the more the longer one looks: every pass adds as many frames to the same figures.
 */
export async function frameCosts(page: TracedPage, rowsPerFrame: number, passes = 1): Promise<FrameCosts> {
  const costs: number[] = [];
  let blankMs = 0;
  for (let pass = 0; pass < passes; pass += 1) {
    await page.startTrace(categories);
    const waited = await page.evaluate(`(${scroll})(${JSON.stringify({ rowsPerFrame, frames: framesScrolled })})`);
    blankMs = Math.max(blankMs, Number(waited));
    costs.push(...costsOf(JSON.parse((await page.endTrace()).toString()) as Trace));
  }
  costs.sort((a, b) => a - b);
  const at = (share: number) => costs[Math.min(costs.length - 1, Math.floor(costs.length * share))] ?? 0;
  return { rowsPerFrame, frames: costs.length, p50: at(0.5), p95: at(0.95), blankMs };
}

/** Runs in the page. Marks each frame for the trace and answers the longest wait of a row. */
async function scroll({ rowsPerFrame, frames }: { rowsPerFrame: number; frames: number }): Promise<number> {
  const grid = document.querySelector<HTMLElement>('[role=grid]');
  const row = grid?.querySelector<HTMLElement>('.grid-body [role=row]');
  if (!grid || !row) throw new Error('There is no grid with rows on this page');
  const step = row.offsetHeight * rowsPerFrame;
  let top = grid.scrollTop;
  const waiting = new Map<string, number>();
  let longest = 0;
  for (let frame = 0; frame < frames; frame += 1) {
    const now = await new Promise<number>(requestAnimationFrame);
    performance.mark('list-frame');
    top += step;
    if (step > 0) grid.scrollTop = top;
    const busy = new Set<string>();
    for (const each of grid.querySelectorAll('.grid-body [aria-busy]'))
      busy.add(each.getAttribute('aria-rowindex') ?? '');
    for (const index of waiting.keys()) if (!busy.has(index)) waiting.delete(index);
    for (const index of busy) {
      const since = waiting.get(index) ?? now;
      waiting.set(index, since);
      longest = Math.max(longest, now - since);
    }
  }
  return longest;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}
interface Trace {
  readonly traceEvents: readonly TraceEvent[];
}

/** CPU in ms of the tasks from each mark to the next, on the thread that made the marks. */
export function costsOf({ traceEvents }: Trace): number[] {
  const marks = traceEvents.filter(({ name }) => name === 'list-frame').sort((a, b) => a.ts - b.ts);
  const [first] = marks;
  if (!first) return [];
  const tasks = traceEvents.filter(
    ({ name, pid, tid, tdur }) =>
      pid === first.pid && tid === first.tid && tdur !== undefined && name.endsWith('RunTask'),
  );
  const costs = new Array<number>(marks.length).fill(0);
  for (const { ts, dur = 0, tdur = 0 } of tasks) {
    const frame = marks.findLastIndex((mark) => mark.ts <= ts + dur);
    if (frame >= 0) costs[frame] = (costs[frame] ?? 0) + tdur / 1000;
  }
  // The frames at both ends are not whole.
  return costs.slice(1, -1);
}
