/** A page that was opened this long ago has come to rest, and its reader with it. */
const settledAfterMs = 4000;

let turn: Promise<unknown> = Promise.resolve();

/**
 * Does what will be wanted later once the page has settled: one thing at a time, each when the browser has nothing else to do, so that
 * what is fetched ahead never stands between a reader and an answer. Returns the way to give it up.
 */
export function whenSettled(work: () => unknown, afterMs = settledAfterMs): () => void {
  let wanted = true;
  const timer = setTimeout(() => {
    turn = turn
      .then(idle)
      .then(() => wanted && work())
      // What could not be fetched ahead is fetched when it is wanted.
      .catch(() => undefined);
  }, afterMs);
  return () => {
    wanted = false;
    clearTimeout(timer);
  };
}

const idle = (): Promise<unknown> =>
  new Promise((resolve) =>
    'requestIdleCallback' in globalThis ? requestIdleCallback(resolve) : setTimeout(resolve, 50),
  );
