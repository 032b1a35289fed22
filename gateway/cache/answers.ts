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
  const underWay = new Map<string, { stamp: Stamp; work: Promise<CachedAnswer | null> }>();

  async function computeAndKeep(keys: Keys, compute: Compute): Promise<CachedAnswer | null> {
    const worth = new Worth();
    const answer = await compute(worth);
    const found = answer && worth.get();
    if (found) {
      const isShared = sharesAnswers && worth.isShared;
      const [key, former] = isShared ? [keys.shared, keys.own] : [keys.own, keys.shared];
      store.keep(key, { value: answer, ...found }, former);
    }
    return answer;
  }

  /** One computation a question, unless something changed since it began. */
  async function computeOnce(keys: Keys, stamp: Stamp, compute: Compute): Promise<CachedAnswer | null> {
    const mine = { stamp, work: computeAndKeep(keys, compute) };
    underWay.set(keys.own, mine);
    try {
      return await mine.work;
    } finally {
      if (underWay.get(keys.own) === mine) underWay.delete(keys.own);
    }
  }

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
      const age = kept && isCurrent(kept, stamp) ? store.ageOf(kept) : null;
      if (kept && age) {
        count(age);
        hot.asked(keys.own, reader, () => recompute(question, call, compute));
        if (age === 'stale' && !underWay.has(keys.own)) void computeOnce(keys, stamp, compute).catch(() => {});
        return kept.value;
      }
      const other = underWay.get(keys.own);
      // What that will depend on is not known before it is there.
      if (other && isUnchanged(anything, other.stamp, { ...stamp, changes: stamp.changes.slice(tags.length) })) {
        const answer = await other.work.catch(() => null);
        if (answer) {
          count('joined');
          return answer;
        }
      }
      count('miss');
      return computeOnce(keys, stamp, compute);
    },
  };

  /** Loads again what is asked for often, unless it is still right. */
  async function recompute(question: string, call: SubgraphCall, compute: Compute): Promise<void> {
    const keys = keysOf(question, call);
    const kept = store.peek(keys.own) ?? store.peek(keys.shared);
    const stamp = await versions.stamp(readerOf(call), kept?.tags ?? []);
    if (!stamp || underWay.has(keys.own) || (kept && isCurrent(kept, stamp))) return;
    await computeOnce(keys, stamp, compute);
  }
}

interface Keys {
  readonly own: string;
  readonly shared: string;
}

const keysOf = (question: string, call: SubgraphCall): Keys => ({
  own: `${viewOf(call, false)} ${question}`,
  shared: `${viewOf(call, true)} ${question}`,
});
