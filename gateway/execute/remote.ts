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

/** Connections to all subgraphs: kept alive, pooled by origin. */
export function createConnections(): Dispatcher & { close(): Promise<void> } {
  return new Agent({
    connections: 128,
    pipelining: 1,
    keepAliveTimeout: 60_000,
    keepAliveMaxTimeout: 300_000,
    connect: { timeout: connectMs },
  });
}

/** Reaches a subgraph over HTTP. */
export function remoteSubgraph(options: RemoteOptions, connections: Dispatcher): Subgraph {
  const { origin, pathname, search } = new URL(options.url);
  const path = pathname + search;
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
      let reply: Reply;
      try {
        // Others may wait for what is kept.
        reply = await exchange(connections, request, options.limits, run.worth ? undefined : run.signal);
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
        : subscribeByEventStream(target, connections, operation, variables, run);
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
