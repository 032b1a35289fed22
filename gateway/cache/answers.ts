import type { SubgraphCall } from '../options.ts';
import type { Hot } from './hot.ts';
import { type CacheResult, isCurrent, type Store } from './store.ts';
import { anything } from './tags.ts';
import { isUnchanged, type Stamp, type Versions } from './versions.ts';
import { readerOf, viewOf } from './view.ts';
import { Worth } from './worth.ts';

/** The part of an answer that depends on data alone. */
export interface CachedAnswer {
  readonly data: string;
  readonly cost: number;
}

/**
 * Makes the answer. What it reads is written down in `worth`; without one everything is read anew.
 * @returns null when the answer must not be kept, as one with errors.
 */
export type Compute = (worth: Worth | null) => Promise<CachedAnswer | null>;

export interface AnswerCache {
  /** The answer to a question, from memory or computed once for all who ask it at the same time. */
  get(question: string, call: SubgraphCall, compute: Compute): Promise<CachedAnswer | null>;
}

export interface AnswerCacheOptions {
  store: Store<CachedAnswer>;
  versions: Versions;
  hot: Hot;
  /** Whether callers of one company with the same rights may share answers whose data is the same for them. */
  sharesAnswers: boolean;
  count(result: CacheResult, n?: number): void;
}

/** Keeps the text of whole answers, for as long as everything that was read for them stays as it was. */
export function createAnswerCache({ store, versions, hot, sharesAnswers, count }: AnswerCacheOptions): AnswerCache {
  const underWay = new Map<string, UnderWay>();

  async function computeAndKeep(keys: Keys, compute: Compute): Promise<Computed> {
    const worth = new Worth();
    const answer = await compute(worth);
    const found = answer && worth.get();
    // What is not kept may be anybody's own.
    const isShared = found !== null && sharesAnswers && worth.isShared;
    if (found) {
      const [key, former] = isShared ? [keys.shared, keys.own] : [keys.own, keys.shared];
      store.keep(key, { value: answer, ...found }, former);
    }
    return { answer, isShared };
  }

  /** One computation a line, unless something changed since it began. */
  async function computeOnce(line: string, keys: Keys, stamp: Stamp, compute: Compute): Promise<CachedAnswer | null> {
    const mine = { stamp, work: computeAndKeep(keys, compute) };
    underWay.set(line, mine);
    try {
      return (await mine.work).answer;
    } finally {
      if (underWay.get(line) === mine) underWay.delete(line);
    }
  }

  /** Whoever gets the same answer waits in one line: all who see the same, where the last one was for all of them. */
  const lineOf = ({ own, shared }: Keys): string => (store.peek(shared) ? shared : own);

  return {
    async get(question, call, compute) {
      const keys = keysOf(question, call);
      const reader = readerOf(call);
      const kept = store.peek(keys.own) ?? store.peek(keys.shared);
      const tags = kept?.tags ?? [];
      const stamp = await versions.stamp(reader, [...tags, ...anything]);
      if (!stamp) {
        count('off');
        return compute(null);
      }
      const line = lineOf(keys);
      const age = kept && isCurrent(kept, stamp) ? store.ageOf(kept) : null;
      if (kept && age) {
        count(age);
        hot.asked(line, reader, () => recompute(question, call, compute));
        if (age === 'stale' && !underWay.has(line)) void computeOnce(line, keys, stamp, compute).catch(() => {});
        return kept.value;
      }
      const other = underWay.get(line);
      // What that will depend on is not known before it is there.
      if (other && isUnchanged(anything, other.stamp, { ...stamp, changes: stamp.changes.slice(tags.length) })) {
        const joined = await other.work.catch(() => null);
        if (joined?.answer && (line === keys.own || joined.isShared)) {
          count('joined');
          return joined.answer;
        }
      }
      count('miss');
      return computeOnce(line, keys, stamp, compute);
    },
  };

  /** Loads again what is asked for often, unless it is still right. */
  async function recompute(question: string, call: SubgraphCall, compute: Compute): Promise<void> {
    const keys = keysOf(question, call);
    const kept = store.peek(keys.own) ?? store.peek(keys.shared);
    const stamp = await versions.stamp(readerOf(call), kept?.tags ?? []);
    const line = lineOf(keys);
    if (!stamp || underWay.has(line) || (kept && isCurrent(kept, stamp))) return;
    await computeOnce(line, keys, stamp, compute);
  }
}

interface Computed {
  readonly answer: CachedAnswer | null;
  /** Whether it is the same for all callers of the company with the same rights. */
  readonly isShared: boolean;
}

interface UnderWay {
  readonly stamp: Stamp;
  readonly work: Promise<Computed>;
}

interface Keys {
  readonly own: string;
  readonly shared: string;
}

const keysOf = (question: string, call: SubgraphCall): Keys => ({
  own: `${viewOf(call, false)} ${question}`,
  shared: `${viewOf(call, true)} ${question}`,
});
