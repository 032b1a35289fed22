import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { permissionAsPolicy, readRules } from './authorisation/rules.ts';
import { createReserve, defaultCost, memoryBuckets } from './cost/budget.ts';
import { readWeights } from './cost/weights.ts';
import { localSubgraph } from './execute/local.ts';
import { createConnections, remoteSubgraph } from './execute/remote.ts';
import type { Subgraph } from './execute/run.ts';
import { typeTest } from './execute/types.ts';
import { graphqlOverHttp } from './http/graphql.ts';
import { createListener } from './http/listener.ts';
import { createIdentity } from './identity/identity.ts';
import { createDocuments } from './operations/documents.ts';
import { watchManifest } from './operations/manifest.ts';
import { createPrepare } from './operations/prepare.ts';
import { createOperations } from './operations/resolve.ts';
import { defaultLimits, type GatewayOptions, type Limits } from './options.ts';
import { type Answer, createPipeline, type Exchange, type Graph } from './pipeline.ts';
import { createPlanner } from './plan/planner.ts';
import { composeLocal, type LoadedSupergraph, loadSupergraph } from './plan/supergraph.ts';
import { createLog } from './report/log.ts';
import { createMetrics } from './report/metrics.ts';

export interface RunningGateway {
  /** Address of the graph, such as `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  readonly port: number;
  readonly server: http.Server;
  /** Runs a request without HTTP, for server-side rendering in the same process. */
  execute(exchange: Exchange): Promise<Answer>;
  /** Stops listening, lets requests under way finish (at most `graceMs`), then closes every connection. */
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
  const context = { log, redact: options.redactErrors ?? options.identity !== undefined };

  const cost = { ...defaultCost, ...options.cost };
  const connections = createConnections();
  const graph = openGraph(supergraphText(options), options, connections, limits, cost.listSize);
  const operations = createOperations(options.operations?.mode ?? 'off', (text) => {
    log.warn({ operation: text.slice(0, 2_000) }, 'operation is not registered');
  });
  const stopWatching = options.operations?.file
    ? watchManifest(options.operations.file, operations.setManifest, (error) => {
        log.error({ err: error, file: options.operations?.file }, 'persisted operations cannot be read');
      })
    : () => {};
  const execute = createPipeline({
    ...context,
    graph: () => graph,
    operations,
    reserve: createReserve(cost, memoryBuckets()),
    costLimit: cost.operationLimit,
    subgraphLimits: cost.subgraphLimits,
    hasPolicy: options.hasPolicy ?? permissionAsPolicy,
  });

  const listener = createListener({
    identity: createIdentity(options.identity),
    metrics,
    context,
    routes: options.routes ?? [],
    ready: options.ready ?? (() => ({ ready: true, dependencies: {} })),
    apiSdl: () => graph.loaded.apiSdl,
    graphql: graphqlOverHttp({ limits, context, answer: execute }),
  });
  const server = http.createServer(
    { requestTimeout: limits.requestTimeoutMs, headersTimeout: 10_000, keepAliveTimeout: 65_000 },
    listener,
  );
  await listen(server, options.port ?? 4000, options.host ?? '127.0.0.1');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host ?? '127.0.0.1'}:${port}/graphql`,
    port,
    server,
    execute,
    async close(graceMs = 5_000) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      stopWatching();
      clearTimeout(timer);
      await connections.close();
    },
  };
}

/** Everything that is made from one supergraph. */
function openGraph(
  sdl: string,
  options: GatewayOptions,
  connections: ReturnType<typeof createConnections>,
  limits: Limits,
  listSize: number,
): Graph {
  const loaded = loadSupergraph(sdl);
  const prepare = createPrepare({
    loaded,
    rules: readRules(loaded.supergraph, loaded.fullSchema),
    weights: readWeights(loaded.supergraph),
    planner: createPlanner(loaded),
    subgraphs: connect(loaded, options, connections, limits.requestTimeoutMs),
    planTypes: typeTest(loaded.fullSchema),
    listSize,
  });
  return { loaded, documents: createDocuments(loaded.schema, prepare, limits) };
}

function supergraphText({ supergraph, supergraphFile, local }: GatewayOptions): string {
  if (supergraph !== undefined) return supergraph;
  if (supergraphFile !== undefined) return readFileSync(supergraphFile, 'utf8');
  if (local?.length) return composeLocal(local);
  throw new Error('The gateway needs subgraphs, a supergraph, or a supergraph file.');
}

/** A subgraph of this process is called directly, any other one at the address the supergraph gives. */
function connect(
  loaded: LoadedSupergraph,
  { local = [], forwardCaller }: GatewayOptions,
  connections: ReturnType<typeof createConnections>,
  timeoutMs: number,
): Map<string, Subgraph> {
  const here = new Map(local.map((subgraph) => [subgraph.name, subgraph]));
  return new Map(
    [...loaded.subgraphs.values()].map(({ name, url }) => {
      const subgraph = here.get(name);
      if (subgraph) return [name, localSubgraph(subgraph)];
      if (!URL.canParse(url) || !/^https?:/.test(url)) {
        throw new Error(`The supergraph has no usable address for the subgraph ${name}: "${url}"`);
      }
      return [name, remoteSubgraph({ name, url, timeoutMs, forwardCaller }, connections)];
    }),
  );
}

function listen(server: http.Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
