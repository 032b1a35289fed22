import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Counts, Timings } from './series.ts';

export interface CacheMetrics {
  /** Questions to a cache: whole answers, reads of subgraphs, compiled operations. */
  readonly cacheResults: Counts<'cache' | 'result'>;
  /** What made kept values out of date: an event, a write, or a gap in the events. */
  readonly cacheInvalidations: Counts<'reason'>;
  /** Shows how much memory each cache takes. */
  showCacheBytes(bytes: () => Record<string, number>): void;
}

export interface Metrics extends CacheMetrics {
  /** Shows how many streams of events and of answers are open; equal subscriptions share them. */
  showSubscriptions(open: () => { events: number; answers: number }): void;
  /** Subscriptions that began, and those that were refused or ended by us. */
  readonly subscriptions: Counts<'operation' | 'outcome'>;
  /** Answers to events, each for one client. */
  readonly subscriptionEvents: Counts<'operation'>;
  /** The name under which an operation is counted. */
  operationLabel(name: string | undefined, isRegistered: boolean): string;
  /** Everything in the text format of Prometheus. */
  text(): Promise<string>;
  /** Seconds from the first byte read to the answer written, by operation name and outcome. */
  readonly requests: Timings<'operation' | 'outcome'>;
  /** Seconds one call into a subgraph took. */
  readonly fetches: Timings<'subgraph' | 'outcome'>;
  readonly refused: Counts<'code'>;
  /** Queries that no subgraph had to be asked for, and the others. */
  readonly kept: Counts<'operation' | 'kept'>;
  /** Shows how many requests are being answered, event streams included. */
  showUnderWay(requests: () => number): void;
  /** Shows how many operations that nobody has sent before wait to be planned. */
  showPlanning(waiting: () => number): void;
  /** Shows how many calls into a subgraph run, and how many wait for a place. */
  showCalls(subgraph: string, calls: () => { running: number; waiting: number }): void;
  /** What operations cost, before (requested) and after (actual). */
  readonly cost: Counts<'operation' | 'kind'>;
  /** 0 closed, 0.5 trying again, 1 open. */
  readonly breakers: Gauge<'subgraph'>;
  /** 1 while the last supergraph that came could not be used. */
  readonly supergraphRefused: Gauge;
}

/** Names of operations that nobody registered come from strangers: beyond this many they count together. */
const namesMax = 200;
/** And so do longer ones: a name stands in the text once for each bucket, and may be as long as a body. */
const nameCharactersMax = 100;

/** Figures of the process itself, once for all gateways in it: their collectors cannot be stopped. */
let processMetrics: Registry | undefined;

function sharedProcessMetrics(): Registry {
  if (!processMetrics) {
    processMetrics = new Registry();
    collectDefaultMetrics({ register: processMetrics });
  }
  return processMetrics;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const names = new Set<string>();
  const calls = new Map<string, () => { running: number; waiting: number }>();
  new Gauge({
    name: 'gateway_subgraph_calls',
    help: 'Calls into a subgraph that run, and those that wait for a place',
    labelNames: ['subgraph', 'state'],
    registers: [registry],
    collect() {
      for (const [subgraph, of] of calls) {
        const { running, waiting } = of();
        this.set({ subgraph, state: 'running' }, running);
        this.set({ subgraph, state: 'waiting' }, waiting);
      }
    },
  });
  return {
    text: () => Registry.merge([sharedProcessMetrics(), registry]).metrics(),
    requests: new Timings(registry, {
      name: 'gateway_request_seconds',
      help: 'Time to answer a GraphQL request',
      labelNames: ['operation', 'outcome'],
    }),
    fetches: new Timings(registry, {
      name: 'gateway_subgraph_seconds',
      help: 'Time of one call into a subgraph',
      labelNames: ['subgraph', 'outcome'],
    }),
    refused: new Counts(registry, {
      name: 'gateway_refused_total',
      help: 'Requests refused before execution',
      labelNames: ['code'],
    }),
    kept: new Counts(registry, {
      name: 'gateway_kept_total',
      help: 'Queries for which everything was kept, so that no subgraph was asked (yes), and the others (no)',
      labelNames: ['operation', 'kept'],
    }),
    showUnderWay(requests) {
      new Gauge({
        name: 'gateway_requests_under_way',
        help: 'Requests that are being answered, event streams included',
        registers: [registry],
        collect() {
          this.set(requests());
        },
      });
    },
    showPlanning(waiting) {
      new Gauge({
        name: 'gateway_planning_waiting',
        help: 'Operations that nobody has sent before and that wait to be planned',
        registers: [registry],
        collect() {
          this.set(waiting());
        },
      });
    },
    showSubscriptions(open) {
      new Gauge({
        name: 'gateway_subscription_streams',
        help: 'Open streams of events from subgraphs and of answers to clients; equal subscriptions share them',
        labelNames: ['kind'],
        registers: [registry],
        collect() {
          for (const [kind, count] of Object.entries(open())) this.set({ kind }, count);
        },
      });
    },
    subscriptions: new Counts(registry, {
      name: 'gateway_subscriptions_total',
      help: 'Subscriptions that were started, and those that were refused or ended by us',
      labelNames: ['operation', 'outcome'],
    }),
    subscriptionEvents: new Counts(registry, {
      name: 'gateway_subscription_events_total',
      help: 'Answers to events, each for one client',
      labelNames: ['operation'],
    }),
    showCalls: (subgraph, of) => void calls.set(subgraph, of),
    cost: new Counts(registry, {
      name: 'gateway_cost_total',
      help: 'Cost of operations: requested before execution, actual by what was answered',
      labelNames: ['operation', 'kind'],
    }),
    cacheResults: new Counts(registry, {
      name: 'gateway_cache_total',
      help: 'Questions to a cache (answer, read, document) by what happened: hit, shared (in Redis), stale, joined, miss, off',
      labelNames: ['cache', 'result'],
    }),
    cacheInvalidations: new Counts(registry, {
      name: 'gateway_cache_invalidations_total',
      help: 'What made kept values out of date: event, write, or gap in the events',
      labelNames: ['reason'],
    }),
    showCacheBytes(bytes) {
      new Gauge({
        name: 'gateway_cache_bytes',
        help: 'Memory a cache takes',
        labelNames: ['cache'],
        registers: [registry],
        collect() {
          for (const [cache, size] of Object.entries(bytes())) this.set({ cache }, size);
        },
      });
    },
    breakers: new Gauge({
      name: 'gateway_breaker_open',
      help: 'Circuit breaker of a subgraph: 0 closed, 0.5 half open, 1 open',
      labelNames: ['subgraph'],
      registers: [registry],
    }),
    supergraphRefused: new Gauge({
      name: 'gateway_supergraph_refused',
      help: '1 while the last supergraph that came could not be used and the one before it is served',
      registers: [registry],
    }),
    operationLabel(name, isRegistered) {
      if (name === undefined) return 'anonymous';
      // The names of registered ones are as many as there are manifests for.
      if (isRegistered || names.has(name)) return name;
      if (names.size >= namesMax || name.length > nameCharactersMax) return 'other';
      names.add(name);
      return name;
    },
  };
}
