import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

interface Waiting {
  readonly begin: () => void;
}

/** Locks as browsers share them among windows: one holder a name, those who wait in a row, and taking away. */
class Locks {
  readonly holders = new Map<string, { lose(): void }>();
  readonly waiting = new Map<string, Waiting[]>();

  request(name: string, options: LockOptions, work: (lock: object | null) => Promise<void>): Promise<void> {
    if (options.ifAvailable && this.holders.has(name)) return work(null);
    if (options.steal) {
      this.holders.get(name)?.lose();
      return this.#hold(name, work);
    }
    if (!this.holders.has(name)) return this.#hold(name, work);
    return new Promise((resolve, reject) => {
      const row = this.waiting.get(name) ?? [];
      this.waiting.set(name, row);
      const one = { begin: () => void this.#hold(name, work).then(resolve, reject) };
      row.push(one);
      options.signal?.addEventListener('abort', () => {
        // Has no meaning any more for one that holds it.
        if (!row.includes(one)) return;
        row.splice(row.indexOf(one), 1);
        reject(new DOMException('aborted', 'AbortError'));
      });
    });
  }

  #hold(name: string, work: (lock: object) => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const holder = { lose: () => reject(new DOMException('stolen', 'AbortError')) };
      this.holders.set(name, holder);
      void work({ name }).then(() => {
        resolve();
        if (this.holders.get(name) !== holder) return;
        this.holders.delete(name);
        this.waiting.get(name)?.shift()?.begin();
      });
    });
  }
}

let focused: string;
let running: string[];

/** A window has modules of its own. */
async function openWindow(window: string) {
  vi.resetModules();
  vi.stubGlobal('document', { hasFocus: () => focused === window });
  const { inTurn } = await import('./stream-turns.ts');
  const stop = new AbortController();
  return {
    stop: () => stop.abort(),
    listen(name: string, times = 1): void {
      const work = async (turn: AbortSignal) => {
        running.push(name);
        await new Promise<void>((resolve) => turn.addEventListener('abort', () => resolve()));
        running = running.filter((each) => each !== name);
      };
      const again = async () => {
        for (let at = 0; at < times && !stop.signal.aborted; at += 1) await inTurn(stop.signal, work);
      };
      void again();
    },
  };
}

beforeEach(() => {
  focused = '';
  running = [];
  vi.stubGlobal('navigator', { locks: new Locks() });
});
afterEach(() => vi.unstubAllGlobals());

describe('streams of all windows', () => {
  test('are four at most; what waits goes on when one is given back', async () => {
    const [left, right] = [await openWindow('left'), await openWindow('right')];
    for (const name of ['a', 'b', 'c']) left.listen(name);
    await sleep(5);
    for (const name of ['d', 'e']) right.listen(name);
    await sleep(5);
    expect(running).toEqual(['a', 'b', 'c', 'd']);
    left.stop();
    await sleep(5);
    expect(running).toEqual(['d', 'e']);
    right.stop();
    await sleep(5);
    expect(running).toEqual([]);
  });

  test('belong first to the window that is worked in; the other one listens again afterwards', async () => {
    const [left, right] = [await openWindow('left'), await openWindow('right')];
    for (const name of ['a', 'b', 'c', 'd']) left.listen(name, 2);
    await sleep(5);
    for (const name of ['e', 'f']) right.listen(name);
    await sleep(5);
    expect(running).toHaveLength(4);
    expect(running).not.toContain('e');
    focused = 'right';
    dispatchEvent(new Event('focus'));
    await sleep(5);
    expect(running).toEqual(expect.arrayContaining(['e', 'f']));
    expect(running).toHaveLength(4);
    right.stop();
    await sleep(5);
    expect([...running].sort()).toEqual(['a', 'b', 'c', 'd']);
    left.stop();
  });

  test('are not counted where a browser has no locks', async () => {
    vi.stubGlobal('navigator', {});
    const one = await openWindow('one');
    for (const name of ['a', 'b', 'c', 'd', 'e']) one.listen(name);
    await sleep(5);
    expect(running).toHaveLength(5);
    one.stop();
  });
});
