import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { permissionAsPolicy } from './authorisation/rules.ts';
import { createCache } from './cache/cache.ts';
import { createBudgets, defaultCost, memoryBuckets } from './cost/budget.ts';
import { redisBuckets } from './cost/redis-buckets.ts';
import { Askers } from './execute/askers.ts';
import { EqualReads } from './execute/equal-reads.ts';
import { createConnections } from './execute/remote.ts';
import { type Graph, openGraph } from './graph.ts';
import { createClientIp } from './http/client-ip.ts';
import { defaultCorsOrigins } from './http/cors.ts';
import { drain } from './http/drain.ts';
import { callOf, graphqlOverHttp } from './http/graphql.ts';
import { createListener } from './http/listener.ts';
import { Arrivals, Places, Standing } from './http/places.ts';
import { requestIdOf } from './http/request-id.ts';
import { answerUnreadable, createRawRefusal } from './http/unreadable.ts';
import { createIdentity, type Identity } from './identity/identity.ts';
import { createLiveGraph } from './live-graph.ts';
import { followManifests } from './operations/follow.ts';
import { createOperations } from './operations/resolve.ts';
import { warm, warmAgain } from './operations/warm.ts';
import { defaultLimits, type GatewayOptions, type Readiness, type SubgraphCall } from './options.ts';
import { type Answer, createPipeline, type Exchange, type Executed, resolveOperation } from './pipeline.ts';
import { connectRedis } from './redis.ts';
import { createLog } from './report/log.ts';
import { createMetrics } from './report/metrics.ts';
import { createObserver } from './report/observe.ts';
import { refusalErrors } from './report/refuse.ts';
import { createStudioReports } from './report/studio.ts';
import { openSource, type Source } from './sources/source.ts';
import { createStream } from './subscriptions/stream.ts';
import { createSubscribe } from './subscriptions/subscribe.ts';
import { asksForWebSocket, serveWebSockets } from './subscriptions/websocket.ts';

export interface RunningGateway {
  /** Address of the graph, such as `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  readonly port: number;
  readonly server: http.Server;
  /** Runs a request without HTTP, for server-side rendering in the same process. */
  execute(exchange: Exchange): Promise<Answer>;
  /**
   * Says that it stops for `stopNoticeMs` and answers as usual, then stops listening, ends subscriptions so that they go on elsewhere,
   * lets requests under way finish (at most `graceMs`), and closes every connection.
   */
  close(graceMs?: number): Promise<void>;
}

/**
 * Starts the front door of a federated graph.
 * @throws when the supergraph cannot be read or composed, or the port is taken.
 */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const log = createLog(options.log);
  const metrics = createMetrics();
  const limits = { ...defaultLimits, ...options.limits };
  const cost = { ...defaultCost, ...options.cost };
  const connections = createConnections();
  const redis = options.redisUrl === undefined ? null : connectRedis(options.redisUrl, log);
  const cache = options.cache
    ? createCache({ options: options.cache, redis, sharesAnswers: options.hasPolicy === undefined, log, metrics })
    : null;
  const source = await openSource(options);
  const { isComposedHere } = source;
  const open = (sdl: string): Graph =>
    openGraph(sdl, { options, isComposedHere, connections, limits, listSize: cost.listSize, cache, log, metrics });
  const first = await firstGraph(source, open, options.supergraphFile);
  const operations = createOperations(options.operations?.mode ?? 'off', limits, (text) => {
    log.warn({ operation: text.slice(0, 2_000) }, 'operation is not registered');
  });
  const graph = createLiveGraph(first, source, {
    async open(sdl, before) {
      const next = open(sdl);
      await warm(next.documents, operations.texts(), log);
      await warmAgain(next.documents, before.documents);
      return next;
    },
    log,
    refused: metrics.supergraphRefused,
    farewellMs: options.supergraphFarewellMs,
  });
  const stopWatching = followManifests(
    options.operations ?? {},
    operations,
    () => void warm(graph.current().documents, operations.texts(), log),
    log,
  );

  const studio = options.studio ? createStudioReports(options.studio, () => graph.current().loaded, log) : null;
  const countJoined = (): void => metrics.cacheResults.of('answer', 'joined').inc();
  const context = {
    log,
    redact: options.redactErrors ?? options.identity !== undefined,
    graph: graph.current,
    operations,
    budgets: createBudgets(cost, redis ? redisBuckets(redis, memoryBuckets(), log) : memoryBuckets()),
    subgraphLimits: cost.subgraphLimits,
    limitsPages: limits.pageSize < Number.POSITIVE_INFINITY,
    hasPolicy: options.hasPolicy ?? permissionAsPolicy,
    cache,
    equalReads: options.mergesReads ? new EqualReads<Executed>(countJoined) : null,
    askers: new Askers(),
    observe: createObserver({ log, metrics, slowMs: options.slowMs ?? 1_000, also: studio?.observe }),
    mayExplain: ({ caller }: SubgraphCall) => options.mayExplain?.(caller) ?? options.identity === undefined,
  };
  const execute = createPipeline(context);
  const kindOf = async (exchange: Exchange) => (await resolveOperation(exchange, graph.current(), context)).kind;
  const subscribe = createSubscribe(context, metrics);
  // Where every page of ours is served over HTTPS, no cookie of ours may travel without it.
  const origins = options.identity?.allowedOrigins ?? [];
  const secureCookies =
    options.secureCookies ?? (origins.length > 0 && origins.every((one) => one.startsWith('https:')));
  const calls = {
    secureCookies,
    clientIp: createClientIp(options.trustedProxies ?? []),
    forwardHeaders: options.forwardHeaders ?? [],
  };
  const identity = createIdentity(options.identity, log);

  const places = new Places(limits.concurrent);
  const standing = new Standing(limits.standing);
  metrics.showUnderWay(() => places.taken);
  metrics.showPlanning(() => graph.current().waiting());
  let isStopping = false;
  const stopping = new AbortController();
  const refused = (code: string): void => metrics.refused.of(code).inc();
  const listener = createListener({
    identity,
    metrics,
    metricsToken: options.metricsToken,
    context,
    routes: options.routes ?? [],
    corsOrigins: options.corsOrigins ?? defaultCorsOrigins,
    forwardHeaders: calls.forwardHeaders,
    ready: () => (isStopping ? stoppingState : readiness(options.ready, graph.state(), identity)),
    apiSdl: () => graph.current().loaded.apiSdl,
    graphql: graphqlOverHttp({
      limits,
      calls,
      context,
      places,
      standing,
      refused,
      arrivals: new Arrivals(limits.bodiesPerAddress, limits.bodies),
      answer: execute,
      isSubscription: (exchange) =>
        kindOf(exchange).then(
          (kind) => kind === 'subscription',
          () => false,
        ),
      stream: createStream({ context, subscribe, identityOptions: options.identity, stopping: stopping.signal }),
    }),
  });
  const server = http.createServer(
    {
      requestTimeout: limits.requestTimeoutMs,
      headersTimeout: Math.min(10_000, limits.requestTimeoutMs),
      keepAliveTimeout: 65_000,
      // Node looks for requests that have run out of time every half minute, which would let them stay for another half.
      connectionsCheckingInterval: Math.min(5_000, limits.requestTimeoutMs),
      shouldUpgradeCallback: asksForWebSocket,
      requireHostHeader: false,
    },
    listener,
  );
  server.on('checkExpectation', listener);
  const refuseRaw = createRawRefusal({ context, refused });
  answerUnreadable(server, refuseRaw);
  const webSockets = serveWebSockets(server, {
    identity,
    identityOptions: options.identity,
    limits,
    log,
    execute,
    subscribe,
    kindOf,
    refuse: (error, asked) => refusalErrors(error, asked, context),
    places,
    standing,
    refuseRaw,
    callOf: (req, identified, said) => callOf(req, identified, requestIdOf(req), [], calls, said),
  });
  await options.listenAfter;
  await listen(server, options.port ?? 4000, options.host ?? '127.0.0.1');
  const { port } = server.address() as AddressInfo;

  let closed: Promise<void> | undefined;
  async function stop(graceMs: number): Promise<void> {
    isStopping = true;
    if (options.stopNoticeMs) await sleep(options.stopNoticeMs);
    stopWatching();
    // The port closes first: who listens again at once must not come back here.
    const drained = drain(server, graceMs);
    stopping.abort();
    webSockets.close(graceMs);
    cache?.close();
    await drained;
    redis?.disconnect();
    await studio?.close();
    await Promise.all([connections.close(), graph.close()]);
  }
  return {
    url: `http://${options.host ?? '127.0.0.1'}:${port}/graphql`,
    port,
    server,
    execute,
    close(graceMs = 5_000) {
      closed ??= stop(graceMs);
      return closed;
    },
  };
}

/** @throws with the name of the file, if it comes from one: what is wrong with it does not tell. */
async function firstGraph(source: Source, open: (sdl: string) => Graph, file: string | undefined): Promise<Graph> {
  try {
    return open(await source.first());
  } catch (error) {
    if (file === undefined) throw error;
    throw new Error(`The supergraph ${file} cannot be used: ${(error as Error).message}`, { cause: error });
  }
}

async function readiness(ready: GatewayOptions['ready'], supergraph: string, identity: Identity): Promise<Readiness> {
  const own = (await ready?.()) ?? { ready: true, dependencies: {} };
  const keys = await identity.keys?.();
  return {
    // Without keys nobody could sign in.
    ready: own.ready && keys !== 'missing',
    dependencies: { ...own.dependencies, supergraph, ...(keys !== undefined && { keys }) },
  };
}

const stoppingState: Readiness = { ready: false, dependencies: { gateway: 'stopping' } };

function listen(server: http.Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
