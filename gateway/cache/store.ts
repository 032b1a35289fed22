import { LRUCache } from 'lru-cache';
import type { Stamp } from './versions.ts';

/** What happened to one question. */
export type CacheResult = 'hit' | 'shared' | 'stale' | 'joined' | 'miss' | 'off';

/** A value with what it was loaded under. */
export interface Kept<T> {
  readonly value: T;
  /** What it depends on, and how that stood. */
  readonly tags: readonly string[];
  readonly versions: readonly string[];
  /** It holds every write up to this number. */
  readonly at: number;
  /** Milliseconds of the clock until which it is fresh. */
  readonly freshUntil: number;
}

/** A second tier that outlives this process and is shared by all replicas. Failing is its own affair: it then has nothing. */
export interface SharedTier<T> {
  get(keys: readonly string[]): Promise<(Kept<T> | null)[]>;
  set(key: string, kept: Kept<T>, ageMaxMs: number): void;
}

/** Loaded anew, with what it is worth; `ageMaxMs` 0 keeps it for nobody. */
export interface Loaded<T> {
  readonly value: T;
  readonly tags: readonly string[];
  readonly versions: readonly string[];
  readonly at: number;
  readonly ageMaxMs: number;
}

export interface StoreOptions<T> {
  sizeBytesMax: number;
  sizeOf(value: T): number;
  /** Longest that a value past its age is still given while it is loaded anew. Never one that a change has touched. */
  staleMaxMs: number;
  shared?: SharedTier<T> | undefined;
}

/** Whether nothing that the value depends on has changed since, and it holds what the reader wrote himself. */
export function isCurrent<T>(kept: Pick<Kept<T>, 'versions' | 'at'>, stamp: Stamp): boolean {
  return kept.at >= stamp.written && kept.versions.every((version, i) => version === stamp.versions[i]);
}

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

  keep(key: string, { ageMaxMs, ...loaded }: Loaded<T>): void {
    if (ageMaxMs <= 0) return;
    const kept = { ...loaded, freshUntil: Date.now() + ageMaxMs };
    this.#memory.set(key, kept);
    this.#options.shared?.set(key, kept, ageMaxMs);
  }

  /** Current values of the shared tier, which then are in memory too. */
  async fromShared(keys: readonly string[], stamps: readonly Stamp[]): Promise<(Kept<T> | null)[]> {
    const { shared } = this.#options;
    if (!shared || keys.length === 0) return keys.map(() => null);
    const found = await shared.get(keys);
    return found.map((kept, i) => {
      if (!kept || kept.freshUntil <= Date.now() || !isCurrent(kept, stamps[i] as Stamp)) return null;
      this.#memory.set(keys[i] as string, kept);
      return kept;
    });
  }
}
