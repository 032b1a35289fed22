import { LRUCache } from 'lru-cache';
import { isUnchanged, type Moment, type Stamp } from './versions.ts';

/** What happened to one question. */
export type CacheResult = 'hit' | 'shared' | 'stale' | 'joined' | 'miss' | 'off';

/** A value with what it was loaded under. */
export interface Kept<T> {
  readonly value: T;
  /** What it depends on. */
  readonly tags: readonly string[];
  /** When its loading began: it holds every change before. */
  readonly at: Moment;
  /** Milliseconds of the clock until which it is fresh. */
  readonly freshUntil: number;
}

/** A second tier that outlives this process and is shared by all replicas. Failing is its own affair: it then has nothing. */
export interface SharedTier<T> {
  get(keys: readonly string[]): Promise<(Kept<T> | null)[]>;
  set(key: string, kept: Kept<T>, ageMaxMs: number): void;
}

/** Loaded anew, with what it is worth; `ageMaxMs` 0 keeps it for nobody. */
export interface Loaded<T> extends Omit<Kept<T>, 'freshUntil'> {
  readonly ageMaxMs: number;
}

export interface StoreOptions<T> {
  sizeBytesMax: number;
  sizeOf(value: T): number;
  /** Longest that a value past its age is still given while it is loaded anew. Never one that a change has touched. */
  staleMaxMs: number;
  shared?: SharedTier<T> | undefined;
}

/**
 * Whether nothing that the value depends on has changed since, and it holds what the reader wrote himself.
 * @param stamp taken for the tags of the value.
 */
export const isCurrent = ({ tags, at }: Kept<unknown>, stamp: Stamp): boolean => isUnchanged(tags, at, stamp);

/** Values in memory, bounded by bytes, in front of a shared tier if there is one. */
export class Store<T> {
  readonly #memory: LRUCache<string, Kept<T>>;
  readonly #options: StoreOptions<T>;

  constructor(options: StoreOptions<T>) {
    this.#options = options;
    this.#memory = new LRUCache({
      maxSize: options.sizeBytesMax,
      sizeCalculation: ({ value, tags }, key) => options.sizeOf(value) + 2 * key.length + 100 * tags.length + 300,
    });
  }

  get bytes(): number {
    return this.#memory.calculatedSize;
  }

  /** What is kept in memory under a key, right or not. */
  peek(key: string): Kept<T> | undefined {
    return this.#memory.get(key);
  }

  /** `stale` when it is past its age and has to be loaded anew; null when it must not be given any more. */
  ageOf(kept: Kept<T>): 'hit' | 'stale' | null {
    const over = Date.now() - kept.freshUntil;
    return over < 0 ? 'hit' : over < this.#options.staleMaxMs ? 'stale' : null;
  }

  /** @param former another key of the same question, under which it is not kept any more. */
  keep(key: string, { ageMaxMs, ...loaded }: Loaded<T>, former: string | null): void {
    if (ageMaxMs <= 0) return;
    if (former !== null && former !== key) this.#memory.delete(former);
    const kept = { ...loaded, freshUntil: Date.now() + ageMaxMs };
    this.#memory.set(key, kept);
    this.#options.shared?.set(key, kept, ageMaxMs);
  }

  /** Fresh values of the shared tier. Whether they are current is not said by that. */
  async fromShared(keys: readonly string[]): Promise<(Kept<T> | null)[]> {
    const { shared } = this.#options;
    if (!shared || keys.length === 0) return keys.map(() => null);
    return (await shared.get(keys)).map((kept) => (kept && kept.freshUntil > Date.now() ? kept : null));
  }

  /** Takes a value of the shared tier into memory. */
  take(key: string, kept: Kept<T>): void {
    this.#memory.set(key, kept);
  }
}
