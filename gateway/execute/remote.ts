import { Agent, type Dispatcher } from 'undici';
import type { ForwardCaller, ReceiveHeaders } from '../options.ts';
import { traceHeaders } from '../report/trace.ts';
import { subscribeByEventStream, subscribeByWebSocket } from '../subscriptions/remote.ts';
import { failure, readAnswer } from './answer.ts';
import { CallAborted, type CallLimits, exchange, type Reply } from './exchange.ts';
import type { Obj, Representations, Subgraph, SubgraphOperation } from './run.ts';

export interface RemoteOptions {
  name: string;
  url: string;
  limits: CallLimits;
  /** Where subscriptions go: a ws: address means graphql-transport-ws, any other server-sent events. */
  subscriptionUrl: string;
  /** Headers that carry the caller, signed. */
  forwardCaller?: ForwardCaller | undefined;
  /** Takes from an answer's headers what is meant for the client. */
  receiveHeaders?: ReceiveHeaders | undefined;
}

/** Milliseconds to connect: a machine that nobody hears of is known to be away long before a slow answer is given up. */
const connectMs = 3_000;

/** Milliseconds until the other end of an unused connection is asked whether it is there; it has some ten seconds to say so. */
const unusedMs = 5_000;

/** Reads of one subgraph that may be asked a second time for their silence; each call adds the share of one. */
const secondAsksMax = 50;
const secondAsksPerCall = 0.2;

/** Connections to all subgraphs. */
export interface Connections {
  /** Kept alive, pooled by origin. */
  readonly kept: Dispatcher;
  /** New ones, each for a single call. */
  readonly fresh: Dispatcher;
  close(): Promise<void>;
}

export function createConnections(): Connections {
  const connect = { timeout: connectMs, keepAliveInitialDelay: unusedMs };
  const kept = new Agent({
    connections: 128,
    pipelining: 1,
    keepAliveTimeout: 60_000,
    keepAliveMaxTimeout: 300_000,
    connect,
  });
  const fresh = new Agent({ connections: secondAsksMax, pipelining: 1, connect });
  return {
    kept,
    fresh,
    async close() {
      await Promise.all([kept.close(), fresh.close()]);
    },
  };
}

/** Reaches a subgraph over HTTP. */
export function remoteSubgraph(options: RemoteOptions, connections: Connections): Subgraph {
  const { origin, pathname, search } = new URL(options.url);
  const path = pathname + search;
  let secondAsks = secondAsksMax;
  /** Reads that have taken their time before: their silence says nothing. */
  const slow = new WeakSet<SubgraphOperation>();
  const fresh = (): Dispatcher | null => {
    if (secondAsks < 1) return null;
    secondAsks--;
    return connections.fresh;
  };
  return {
    name: options.name,
    local: false,
    async execute(operation, variables, representations, run) {
      const request: Dispatcher.DispatchOptions = {
        origin,
        path,
        method: 'POST',
        headers: {
          ...run.call.forwarded,
          'content-type': 'application/json',
          accept: 'application/json',
          'x-request-id': run.call.requestId,
          ...options.forwardCaller?.(run.call, options.name),
          ...traceHeaders(),
        },
        body: requestBody(operation, variables, representations),
      };
      secondAsks = Math.min(secondAsksMax, secondAsks + secondAsksPerCall);
      const mayAskAgain = operation.kind === 'query' && !slow.has(operation);
      let reply: Reply;
      try {
        // Others may wait for what is kept.
        const signal = run.worth ? undefined : run.signal;
        reply = await exchange(connections.kept, request, options.limits, signal, mayAskAgain ? fresh : undefined);
        if (reply.wasSlow) slow.add(operation);
      } catch (error) {
        // Says nothing about the subgraph.
        if (error instanceof CallAborted) throw error;
        throw failure(error, options);
      }
      options.receiveHeaders?.(reply.headers, run.call, options.name);
      return readAnswer(reply.text, reply.status, options.name);
    },
    subscribe(operation, variables, run) {
      const target = { ...options, url: options.subscriptionUrl };
      return target.url.startsWith('ws')
        ? subscribeByWebSocket(target, operation, variables, run)
        : subscribeByEventStream(target, connections.kept, operation, variables, run);
    },
  };
}

/** The part of a request that is the same every time. */
const starts = new WeakMap<SubgraphOperation, string>();

function startOf(operation: SubgraphOperation): string {
  let start = starts.get(operation);
  if (start === undefined) {
    const name = operation.name === undefined ? '' : `,"operationName":${JSON.stringify(operation.name)}`;
    start = `{"query":${JSON.stringify(operation.text)}${name},"variables":{`;
    starts.set(operation, start);
  }
  return start;
}

function requestBody(operation: SubgraphOperation, variables: Obj, representations: Representations | null): string {
  let members = '';
  for (const name in variables) {
    const value = JSON.stringify(variables[name]);
    if (value !== undefined) members += `${members === '' ? '' : ','}${JSON.stringify(name)}:${value}`;
  }
  for (const name in representations) {
    members += `${members === '' ? '' : ','}"${name}":[${representations[name]?.join(',')}]`;
  }
  return `${startOf(operation)}${members}}}`;
}
