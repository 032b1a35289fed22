import { Agent, type Dispatcher } from 'undici';
import type { ForwardCaller, ReceiveHeaders } from '../options.ts';
import { type ReportedError, RequestError } from '../report/errors.ts';
import { traceHeaders } from '../report/trace.ts';
import { subscribeByEventStream, subscribeByWebSocket } from '../subscriptions/remote.ts';
import { AnswerTooLarge, type CallLimits, CallTimeout, exchange, type Reply } from './exchange.ts';
import {
  isObject,
  type Obj,
  type Reads,
  type Representations,
  type Subgraph,
  type SubgraphAnswer,
  type SubgraphOperation,
} from './run.ts';

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

/** Connections to all subgraphs: kept alive, pooled by origin. */
export function createConnections(): Dispatcher & { close(): Promise<void> } {
  return new Agent({ connections: 128, pipelining: 1, keepAliveTimeout: 60_000, keepAliveMaxTimeout: 300_000 });
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
        reply = await exchange(connections, request, options.limits, run.signal);
      } catch (error) {
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

function failure(error: unknown, { name, limits }: RemoteOptions): RequestError {
  if (error instanceof AnswerTooLarge) {
    return new RequestError('INVALID_SUBGRAPH_ANSWER', `${name} answered more than ${limits.answerBytes} bytes.`, 502, {
      subgraph: name,
    });
  }
  if (error instanceof CallTimeout) {
    return new RequestError('TIMEOUT', `${name} did not answer in time.`, 504, { subgraph: name });
  }
  return new RequestError('SUBGRAPH_UNAVAILABLE', `The part of the graph served by ${name} cannot be reached.`, 503, {
    subgraph: name,
  });
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

function readAnswer(text: string, status: number, name: string): SubgraphAnswer {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    answer = null;
  }
  if (!isObject(answer) || !('data' in answer || 'errors' in answer)) {
    throw new RequestError(
      'SUBGRAPH_UNAVAILABLE',
      `${name} answered with status ${status} and no GraphQL result.`,
      502,
      { subgraph: name },
    );
  }
  const { data = null, extensions } = answer;
  const errors = readErrors(answer.errors);
  // Without data there has to be a reason.
  if (!errors || !(isObject(data) || (data === null && errors.length > 0))) {
    throw new RequestError('INVALID_SUBGRAPH_ANSWER', `${name} answered with no valid GraphQL result.`, 502, {
      subgraph: name,
    });
  }
  const reads = extensions === undefined ? undefined : readsOf(extensions);
  return { data, ...(errors.length > 0 && { errors }), reads };
}

/** Errors of which each part has its form; null when they are no list. */
function readErrors(given: unknown): ReportedError[] | null {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) return null;
  return given.map((error: unknown) => {
    const { message, path, extensions } = isObject(error) ? error : {};
    return {
      message: typeof message === 'string' ? message : 'The subgraph does not say what failed.',
      path: Array.isArray(path) ? path : undefined,
      extensions: isObject(extensions) ? extensions : undefined,
    };
  });
}

/** What the subgraph says of where its answer comes from; null for anything else under that name. */
function readsOf(extensions: unknown): Reads | null | undefined {
  if (!isObject(extensions) || !('reads' in extensions)) return undefined;
  const { reads } = extensions;
  if (!isObject(reads) || !Array.isArray(reads.from) || typeof reads.personal !== 'boolean') return null;
  return { from: reads.from.map(String), personal: reads.personal };
}
