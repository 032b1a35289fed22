/**
 * A browser has six connections to one server for all its windows. This many of them may be streams; the others stay free for what
 * a reader asks for. The window that is worked in goes first; others listen again when a stream is given back.
 */
const streamsMax = 4;
const page = document;
const names = Array.from({ length: streamsMax }, (_, at) => `valeo-stream-${at}`);
/** Those of this window, and whose turn they are. */
const held = new Map<string, AbortController>();

type Work = (turn: AbortSignal) => Promise<void>;

/** Does the work while it is this window's turn. Ends with the work, when the turn is taken away, or when `signal` is aborted. */
export async function inTurn(signal: AbortSignal, work: Work): Promise<void> {
  if (!('locks' in navigator)) return work(signal);
  let isOver = false;
  while (!isOver && !signal.aborted) {
    for (const name of names) {
      if (!isOver && !held.has(name)) isOver = await turnOf(name, { ifAvailable: true }, signal, work);
    }
    if (isOver) return;
    const ofOthers = names.find((name) => !held.has(name));
    if (ofOthers && page.hasFocus()) isOver = await turnOf(ofOthers, { steal: true }, signal, work);
    else isOver = await waitForAny(signal, work);
    // A page that is being left is refused every lock at once, and must get on with leaving.
    if (!isOver) await new Promise((resolve) => setTimeout(resolve));
  }
}

/** Waits until a stream is given back. Another look is due when the reader turns to this window. */
async function waitForAny(signal: AbortSignal, work: Work): Promise<boolean> {
  const waiting = new AbortController();
  const end = () => waiting.abort();
  addEventListener('focus', end);
  signal.addEventListener('abort', end);
  let isTaken = false;
  const takeOne = async (turn: AbortSignal) => {
    if (isTaken) return;
    isTaken = true;
    end();
    await work(turn);
  };
  const turns = names.map((name) => turnOf(name, { signal: waiting.signal }, signal, takeOne));
  await Promise.all(turns);
  removeEventListener('focus', end);
  signal.removeEventListener('abort', end);
  return isTaken;
}

/** Whether there was a turn; it is over now. */
async function turnOf(name: string, options: LockOptions, signal: AbortSignal, work: Work): Promise<boolean> {
  const turn = new AbortController();
  const end = () => turn.abort();
  let hadTurn = false;
  signal.addEventListener('abort', end);
  // Before it is there, so that this window does not take it away twice.
  if (options.steal) held.set(name, turn);
  try {
    await navigator.locks.request(name, options, async (lock) => {
      if (!lock || signal.aborted) return;
      hadTurn = true;
      held.set(name, turn);
      await work(turn.signal);
    });
  } catch {
    // Taken away by another window, or waited for in vain.
    end();
  } finally {
    if (held.get(name) === turn) held.delete(name);
    signal.removeEventListener('abort', end);
  }
  return hadTurn;
}
