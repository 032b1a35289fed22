import { print } from 'graphql';
import { readRules } from './authorisation/rules.ts';
import type { Cache } from './cache/cache.ts';
import { type Hints, readHints } from './cache/hints.ts';
import { createCheckMeans } from './cost/afford.ts';
import { readWeights } from './cost/weights.ts';
import { localSubgraph } from './execute/local.ts';
import { type Connections, remoteSubgraph } from './execute/remote.ts';
import type { Subgraph } from './execute/run.ts';
import { typeTest } from './execute/types.ts';
import { createDocuments, type Documents } from './operations/documents.ts';
import { createPrepare } from './operations/prepare.ts';
import type { GatewayOptions, Limits } from './options.ts';
import { planOffThread } from './plan/off-thread.ts';
import { createPlanner } from './plan/planner.ts';
import { type LoadedSupergraph, loadSupergraph } from './plan/supergraph.ts';
import type { Logger } from './report/log.ts';
import { measured } from './report/measured.ts';
import type { Metrics } from './report/metrics.ts';
import { defaultResilience, guard } from './resilience/policies.ts';

/** Everything that is made from one supergraph, and is replaced as a whole by the next. */
export interface Graph {
  /** Tells it from those before it. */
  readonly number: number;
  /** What the schema says about keeping and sharing. */
  readonly hints: Hints;
  readonly loaded: LoadedSupergraph;
  readonly documents: Documents;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  /** Aborted when another graph has taken its place and what is still open on this one should begin anew. */
  readonly retired: AbortSignal;
  /** Operations that wait to be planned. */
  waiting(): number;
  retire(): void;
  close(): Promise<void>;
}

/** Milliseconds a new operation may take to be planned. */
const planningTimeoutMs = 5_000;

export interface GraphContext {
  options: GatewayOptions;
  /** True: the supergraph was composed here, so it is valid. */
  isComposedHere: boolean;
  connections: Connections;
  limits: Limits;
  listSize: number;
  log: Logger;
  /** Null when nothing is kept. */
  cache: Cache | null;
  metrics: Pick<Metrics, 'breakers' | 'cacheResults' | 'fetches' | 'showCalls'>;
}

let lastNumber = 0;

/** @throws when the supergraph cannot be read, or names a subgraph that cannot be reached. */
export function openGraph(sdl: string, context: GraphContext): Graph {
  const loaded = loadSupergraph(sdl, context.isComposedHere);
  const hints = readHints(loaded.document);
  const subgraphs = connect(loaded, hints, context);
  const timeoutMs = context.options.planningTimeoutMs ?? planningTimeoutMs;
  const elsewhere =
    timeoutMs > 0
      ? planOffThread({ sdl, limits: context.limits, listSize: context.listSize }, timeoutMs, context.log)
      : null;
  const planner = createPlanner(loaded);
  const weights = readWeights(loaded.supergraph);
  const sizes = { listSize: context.listSize, pageSize: context.limits.pageSize };
  const prepare = createPrepare({
    loaded,
    rules: readRules(loaded.supergraph, loaded.fullSchema),
    weights,
    planner,
    planAgain: elsewhere
      ? (document, operationName, who) => elsewhere.planPart(print(document), operationName, who)
      : planner.plan,
    introspectElsewhere: elsewhere
      ? (document, operationName, variables, who) =>
          elsewhere.introspect(print(document), operationName, variables, who)
      : undefined,
    subgraphs,
    planTypes: typeTest(loaded.fullSchema),
    ...sizes,
  });
  const documents = createDocuments({
    schema: loaded.schema,
    limits: context.limits,
    prepare,
    count: (result) => context.metrics.cacheResults.of('document', result).inc(),
    checkMeans: createCheckMeans(loaded.schema, weights, sizes),
    planElsewhere: elsewhere?.plan,
  });
  const retirement = new AbortController();
  return {
    number: ++lastNumber,
    hints,
    loaded,
    subgraphs,
    documents,
    retired: retirement.signal,
    waiting: () => elsewhere?.waiting() ?? 0,
    retire: () => retirement.abort(),
    close: () => elsewhere?.close() ?? Promise.resolve(),
  };
}

/** An address without a host is on the subgraph's own, and as safe as its own. */
function subscriptionAddress(given: string | undefined, url: string): string {
  const [, scheme, path] = /^(ws|http):((?!\/\/).*)$/.exec(given ?? 'http:') ?? [];
  if (scheme === undefined || path === undefined) return given ?? url;
  const address = new URL(path, url);
  address.protocol = scheme + (address.protocol === 'https:' ? 's' : '');
  return address.href;
}

/** A subgraph of this process is called directly, any other one at the address the supergraph or the options give. */
function connect(
  loaded: LoadedSupergraph,
  hints: Hints,
  { options, connections, limits, cache, log, metrics }: GraphContext,
): Map<string, Subgraph> {
  const kept = cache?.of(loaded.fullSchema, hints) ?? ((subgraph: Subgraph) => subgraph);
  const { local = [], subgraphs = {}, forwardCaller, receiveHeaders } = options;
  const here = new Map(local.map((subgraph) => [subgraph.name, subgraph]));
  for (const name of [...Object.keys(subgraphs), ...Object.keys(options.cost?.subgraphLimits ?? {})]) {
    if (name !== '*' && !loaded.subgraphs.has(name))
      log.warn({ subgraph: name }, 'settings for a subgraph that is not there');
  }
  return new Map(
    [...loaded.subgraphs.values()].map(({ name, url: named }) => {
      const subgraph = here.get(name);
      if (subgraph) return [name, kept(measured(localSubgraph(subgraph), metrics.fetches))];
      const own = { ...subgraphs['*'], ...subgraphs[name] };
      const { url = named, timeoutMs = limits.subgraphTimeoutMs, resilience } = own;
      if (!URL.canParse(url) || !/^https?:/.test(url)) {
        throw new Error(`The subgraph ${name} has no usable address: "${url}"`);
      }
      const subscriptionUrl = subscriptionAddress(own.subscriptionUrl, url);
      const callLimits = { timeoutMs, answerBytes: limits.subgraphAnswerBytes };
      const target = { name, url, subscriptionUrl, limits: callLimits, forwardCaller, receiveHeaders };
      const guarded = guard(
        remoteSubgraph(target, connections),
        { ...defaultResilience, ...options.resilience, ...resilience },
        {
          changed(state) {
            log.warn({ subgraph: name, state }, 'circuit breaker');
            metrics.breakers.set({ subgraph: name }, state === 'open' ? 1 : state === 'half-open' ? 0.5 : 0);
          },
          showCalls: (calls) => metrics.showCalls(name, calls),
        },
      );
      return [name, kept(measured(guarded, metrics.fetches))];
    }),
  );
}
