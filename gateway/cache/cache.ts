import type { GraphQLSchema } from 'graphql';
import type { Redis } from 'ioredis';
import type { Subgraph } from '../execute/run.ts';
import type { SubgraphCall } from '../options.ts';
import type { Logger } from '../report/log.ts';
import type { CacheMetrics } from '../report/metrics.ts';
import { type AnswerCache, type CachedAnswer, createAnswerCache } from './answers.ts';
import type { Hints } from './hints.ts';
import { createHot } from './hot.ts';
import { cachedSubgraph } from './reads.ts';
import { redisTier } from './redis-tier.ts';
import { redisVersions } from './redis-versions.ts';
import { type CacheResult, Store } from './store.ts';
import type { DataEvent } from './tags.ts';
import { memoryVersions } from './versions.ts';
import { readerOf } from './view.ts';

export interface CacheOptions {
  /**
   * Subgraphs that tell of every change of what they answer. What others answer is kept only where the schema says for how
   * long, by `@cacheControl`, or the answer says what it was read from, in `extensions.reads`.
   */
  subgraphs: readonly string[];
  /**
   * Calls the listener for every change; answers the function that ends it.
   * @param connected told false when changes may be missed, and true when none is missed from then on.
   */
  listen(listener: (event: DataEvent) => void, connected: (is: boolean) => void): () => void;
  /** Oldest that something may be about which the schema says nothing, for what changes by the clock alone; 30,000 when not given. */
  ageMaxMs?: number;
  /** How long beyond its age something may be given while it is loaded anew; 5,000 when not given. Never after a change. */
  staleMaxMs?: number;
  /** Memory for answers and for what they are made from, together; 128 MiB when not given. */
  sizeBytesMax?: number;
}

/** What the gateway remembers of its subgraphs' answers. */
export interface Cache {
  readonly answers: AnswerCache;
  /** For the subgraphs of one supergraph: the same subgraph, asked only for what is not kept. */
  of(schema: GraphQLSchema, hints: Hints): (subgraph: Subgraph) => Subgraph;
  /**
   * To be called, and waited for, before a mutation is answered: the caller then reads what was written. False when other gateways
   * could not be told.
   */
  written(call: SubgraphCall): boolean | Promise<boolean>;
  close(): void;
}

export interface CacheContext {
  options: CacheOptions;
  redis: Redis | null;
  /** Whether an answer depends on the caller's rights alone where its data does: not where policies are decided elsewhere. */
  sharesAnswers: boolean;
  log: Logger;
  metrics: CacheMetrics;
}

export function createCache({ options, redis, sharesAnswers, log, metrics }: CacheContext): Cache {
  const told = new Set(options.subgraphs);
  const { ageMaxMs = 30_000, staleMaxMs = 5_000, sizeBytesMax = 128 * 1024 * 1024 } = options;
  const known = redis ? redisVersions(redis, log) : memoryVersions();
  const hot = createHot();
  let isConnected = true;
  const versions: typeof known = {
    ...known,
    stamp: (reader, tags) => (isConnected ? known.stamp(reader, tags) : null),
  };
  const counter =
    (cache: string) =>
    (result: CacheResult, n = 1) =>
      metrics.cacheResults.of(cache, result).inc(n);
  const reads = new Store<string>({
    sizeBytesMax: sizeBytesMax / 2,
    sizeOf: (text) => 2 * text.length,
    staleMaxMs,
    shared: redis ? redisTier(redis) : undefined,
  });
  const answers = new Store<CachedAnswer>({
    sizeBytesMax: sizeBytesMax / 2,
    sizeOf: ({ data }) => 2 * data.length,
    staleMaxMs,
  });
  metrics.showCacheBytes(() => ({ read: reads.bytes, answer: answers.bytes }));

  const stop = options.listen(
    (event) => {
      versions.changed(event);
      hot.changed(event.tenantId);
      metrics.cacheInvalidations.of('event').inc();
    },
    (is) => {
      if (is && !isConnected) {
        versions.lost();
        metrics.cacheInvalidations.of('gap').inc();
      }
      isConnected = is;
    },
  );

  return {
    answers: createAnswerCache({ store: answers, versions, hot, sharesAnswers, count: counter('answer') }),
    of(schema, hints) {
      const cache = {
        store: reads,
        versions,
        ageMaxMs,
        tells: (name: string) => told.has(name),
        count: counter('read'),
      };
      return (subgraph) => cachedSubgraph(subgraph, cache, { schema, hints });
    },
    written(call) {
      metrics.cacheInvalidations.of('write').inc();
      return versions.written(readerOf(call));
    },
    close() {
      stop();
      hot.close();
    },
  };
}
