import { LRUCache } from 'lru-cache';
import type { SubgraphCall } from '../options.ts';

/** A change in a subgraph's data. The gateway needs to know where and for whom, not what. */
export interface DataEvent {
  tenantId: string;
  /** Subgraph and type: `sales.SalesInvoice`. */
  type: string;
}

export interface CacheOptions {
  /**
   * Subgraphs that tell of every change of what they answer. An operation that asks any other one is not cached.
   */
  subgraphs: readonly string[];
  /** Calls the listener for every change; answers the function that ends it. */
  listen(listener: (event: DataEvent) => void): () => void;
  /** Oldest an answer may be, for what changes by the clock alone; 30,000 when not given. */
  ageMaxMs?: number;
  /** Memory for answers; 64 MiB when not given. */
  sizeBytesMax?: number;
}

/** The part of an answer that depends on data alone. */
export interface CachedAnswer {
  readonly data: string;
  readonly cost: number;
}

interface Entry extends CachedAnswer {
  readonly versions: readonly number[];
}

export type CacheResult = 'hit' | 'joined' | 'miss' | 'off';

export interface AnswerCache {
  /**
   * The answer for a key, from memory or computed once for all who ask at the same time.
   * @param compute answers null when the answer must not be kept, as one with errors.
   */
  get(
    key: string,
    tenantId: string,
    subgraphs: readonly string[],
    compute: () => Promise<CachedAnswer | null>,
  ): Promise<{ answer: CachedAnswer | null; result: CacheResult }>;
  /** Whether operations over these subgraphs may be kept. */
  covers(subgraphs: readonly string[]): boolean;
  /** Forgets everything a company was told: a mutation may have changed data of other subgraphs than the one it went to. */
  changed(tenantId: string): void;
  close(): void;
}

/** Companies whose changes are counted; a forgotten one starts with a count nobody has seen. */
const tenantsMax = 100_000;

/**
 * Keeps answers by caller until any subgraph behind them reports a change. Each answer remembers how many changes of its
 * subgraphs were known when it was asked for: one that overlaps with a change is therefore never kept.
 */
export function createAnswerCache(options: CacheOptions): AnswerCache {
  const covered = new Set(options.subgraphs);
  const entries = new LRUCache<string, Entry>({
    maxSize: options.sizeBytesMax ?? 64 * 1024 * 1024,
    sizeCalculation: ({ data }, key) => 2 * (data.length + key.length) + 200,
    ttl: options.ageMaxMs ?? 30_000,
  });
  const running = new Map<string, { versions: readonly number[]; work: Promise<CachedAnswer | null> }>();
  const versions = new LRUCache<string, Map<string, number>>({ max: tenantsMax });
  let changes = 0;

  function versionsOf(tenantId: string, subgraphs: readonly string[]): number[] {
    let known = versions.get(tenantId);
    if (!known) {
      known = new Map([['', ++changes]]);
      versions.set(tenantId, known);
    }
    const first = known.get('') as number;
    return subgraphs.map((subgraph) => known.get(subgraph) ?? first);
  }

  function changed(tenantId: string, subgraphs: readonly string[]): void {
    versionsOf(tenantId, []);
    for (const subgraph of subgraphs) versions.get(tenantId)?.set(subgraph, ++changes);
  }

  const stop = options.listen(({ tenantId, type }) => changed(tenantId, [type.split('.')[0] as string]));
  const same = (a: readonly number[], b: readonly number[]): boolean => a.every((one, i) => one === b[i]);

  return {
    covers: (subgraphs) => subgraphs.length > 0 && subgraphs.every((one) => covered.has(one)),
    changed: (tenantId) => changed(tenantId, options.subgraphs),
    async get(key, tenantId, subgraphs, compute) {
      const current = versionsOf(tenantId, subgraphs);
      const entry = entries.get(key);
      if (entry && same(entry.versions, current)) return { answer: entry, result: 'hit' };
      const underWay = running.get(key);
      if (underWay && same(underWay.versions, current)) {
        const answer = await underWay.work;
        return answer ? { answer, result: 'joined' } : { answer: await compute(), result: 'miss' };
      }
      const work = compute();
      const mine = { versions: current, work };
      running.set(key, mine);
      try {
        const answer = await work;
        if (answer && same(current, versionsOf(tenantId, subgraphs)))
          entries.set(key, { ...answer, versions: current });
        return { answer, result: 'miss' };
      } finally {
        if (running.get(key) === mine) running.delete(key);
      }
    },
    close: stop,
  };
}

/** Everything an answer depends on besides the data: who asks, with which rights, in which language, for what. */
export function cacheKey(
  text: string,
  operationName: string | undefined,
  variables: object,
  { caller, locale }: SubgraphCall,
): string {
  const who = caller && [caller.tenantId, caller.userId, caller.clientId, caller.permissions];
  return JSON.stringify([who, locale, operationName, variables, text]);
}
