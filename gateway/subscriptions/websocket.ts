import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import { SpanKind } from '@opentelemetry/api';
import {
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  parse,
} from 'graphql';
import { CloseCode, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { payerOf } from '../cost/budget.ts';
import { isObject } from '../execute/run.ts';
import { isNestedTooDeeply } from '../http/nesting.ts';
import { readParams } from '../http/params.ts';
import type { Places, Standing } from '../http/places.ts';
import { requestIdOf } from '../http/request-id.ts';
import { targetOf } from '../http/target.ts';
import type { RefuseRaw } from '../http/unreadable.ts';
import type { Identified, Identity } from '../identity/identity.ts';
import type { IdentityOptions, Limits, SubgraphCall } from '../options.ts';
import type { Exchange, Pipeline } from '../pipeline.ts';
import { type Asked, RequestError, type StandardError } from '../report/errors.ts';
import type { Logger } from '../report/log.ts';
import { inSpan } from '../report/trace.ts';
import { watchLifetime } from './lifetime.ts';
import type { AnswerStream, Subscribe } from './subscribe.ts';

export interface WebSocketOptions {
  identity: Identity;
  identityOptions: IdentityOptions | undefined;
  limits: Limits;
  log: Logger;
  /** @throws when the operation is refused */
  kindOf(exchange: Exchange): Promise<'query' | 'mutation' | 'subscription'>;
  refuse(error: unknown, asked: Asked): StandardError[];
  /** Requests that are answered, those of other transports included. A subscription takes none: it waits most of the time. */
  places: Places;
  standing: Standing;
  refuseRaw: RefuseRaw;
  execute: Pipeline;
  subscribe: Subscribe;
  /** What of the handshake, and of the headers that the first message holds, goes into every call. */
  callOf(req: IncomingMessage, identified: Identified, said: IncomingHttpHeaders): SubgraphCall;
}

/** What an accepted operation takes along on its way through the protocol. */
interface Started {
  exchange: Exchange;
  signal: AbortSignal;
}

/** Ends with the client's word: a generator that waits for its next event would hear of it only with that event. */
function answersOf({ exchange, signal }: Started, subscribe: Subscribe): AsyncGenerator<ExecutionResult> {
  const completed = new AbortController();
  const answers = read(subscribe(exchange, AbortSignal.any([signal, completed.signal])));
  const end = answers.return.bind(answers);
  return Object.assign(answers, {
    return(value: unknown) {
      completed.abort();
      return end(value);
    },
  });
}

async function* read(answers: AnswerStream): AsyncGenerator<ExecutionResult> {
  for await (const { text } of answers) yield JSON.parse(text) as ExecutionResult;
}

const aSubscription = parse('subscription { _ }');
const aQuery = parse('{ _ }');

interface Extra {
  socket: WebSocket;
  request: IncomingMessage;
  call: SubgraphCall | null;
  stopWatching: () => void;
  /** Its caller has one connection less. */
  leave: () => void;
  abort: AbortController;
  /** Whether a query or a mutation waits for its answer. */
  isAnswering: () => boolean;
}

/** What a client puts into its first message. */
type Parameters = Record<string, unknown>;

/** A refusal in its standard form: the protocol takes errors of a class that forgets where in the text they stand. */
class Refusal extends GraphQLError {
  readonly #form: StandardError;

  constructor(form: StandardError) {
    super(form.message);
    this.#form = form;
  }

  override toJSON(): GraphQLFormattedError {
    return this.#form;
  }
}

/** Close code of WebSockets for what will pass. */
const tryAgainLater = 1013;

const pingMs = 12_000;

/** Bytes that wait for a slow client before we stop reading events for it. */
const bufferedMax = 1024 * 1024;

/** Whether a request asks for a WebSocket where there is one. Any other wish for an upgrade, such as h2c, may be ignored. */
export function asksForWebSocket(req: IncomingMessage): boolean {
  const isHandshake = req.method === 'GET' && req.headers.upgrade?.toLowerCase() === 'websocket';
  return isHandshake && targetOf(req)?.pathname === '/graphql';
}

/** Serves the graphql-transport-ws protocol to the requests that ask for it. */
export function serveWebSockets(server: Server, options: WebSocketOptions): { close(graceMs: number): void } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.limits.bodyBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has('graphql-transport-ws') ? 'graphql-transport-ws' : false),
  });
  let isStopping = false;
  const protocol = makeServer<Parameters, Extra>({
    connectionInitWaitTimeout: 5_000,
    // Answers come in their final form.
    onNext: (_ctx, _id, _payload, _args, result) => result as FormattedExecutionResult,
    async onConnect(ctx) {
      const { connectionParams = {}, extra } = ctx;
      // The protocol has a stream for each subscription that runs, and null for what is still to be answered.
      extra.isAnswering = () => Object.values(ctx.subscriptions).includes(null);
      try {
        const said = headersIn(connectionParams);
        const identified = await identify(said, extra.request, options.identity);
        // Gone meanwhile: nothing would tell of it any more, and its session would be looked after for good.
        if (extra.abort.signal.aborted) return false;
        extra.call = options.callOf(extra.request, identified, said);
        extra.leave = options.standing.enter(payerOf(extra.call));
        extra.stopWatching = watchLifetime(
          identified.caller,
          identified.expiresAtMs,
          options.identityOptions,
          ({ status, message }) => extra.socket.close(status >= 500 ? tryAgainLater : CloseCode.Forbidden, message),
        );
        return true;
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        // Not the client's fault: it may come again, which a refusal would keep it from.
        if (error.status >= 500) extra.socket.close(tryAgainLater, error.message);
        return false;
      }
    },
    async onSubscribe(ctx, _, payload) {
      try {
        if (isStopping) throw new RequestError('GATEWAY_UNAVAILABLE', 'The gateway is stopping. Connect again.', 503);
        if (Object.keys(ctx.subscriptions).length > options.limits.subscriptions) {
          throw new RequestError('OVERLOADED', 'Too many subscriptions on one connection.', 503);
        }
        const exchange: Exchange = {
          params: readParams(payload),
          call: ctx.extra.call as SubgraphCall,
          mayMutate: true,
        };
        options.places.check();
        const isSubscription = (await options.kindOf(exchange)) === 'subscription';
        // The protocol looks only at the kind of operation; all else about it is decided by the pipeline.
        const document = isSubscription ? aSubscription : aQuery;
        return { schema: undefined as never, document, contextValue: { exchange, signal: ctx.extra.abort.signal } };
      } catch (error) {
        return options.refuse(error, ctx.extra.call as SubgraphCall).map((one) => new Refusal(one));
      }
    },
    subscribe: ({ contextValue }) => answersOf(contextValue as Started, options.subscribe),
    execute: async ({ contextValue }) => {
      const { exchange, signal } = contextValue as Started;
      try {
        options.places.enter();
      } catch (error) {
        return { errors: options.refuse(error, exchange.call).map((one) => new Refusal(one)) };
      }
      try {
        // Nothing else holds its steps together: the request that opened the connection is long over.
        return await inSpan(
          'graphql',
          { 'request.id': exchange.call.requestId },
          async () => JSON.parse((await options.execute({ ...exchange, signal })).body),
          SpanKind.SERVER,
        );
      } finally {
        options.places.leave();
      }
    },
  });

  sockets.on('headers', (headers, request) => headers.push(`x-request-id: ${requestIdOf(request)}`));
  sockets.on('wsClientError', ({ message }, socket, request) => {
    const versions = { headers: { 'sec-websocket-version': '13' } };
    options.refuseRaw(socket, new RequestError('BAD_REQUEST', `${message}.`, 400, versions), {
      requestId: requestIdOf(request),
    });
  });
  server.on('upgrade', (request, socket, head) => {
    // Without a listener an error of the connection would end the process.
    socket.on('error', () => {});
    // The handshake's answer and every call of the connection carry one id.
    request.headers['x-request-id'] = requestIdOf(request);
    sockets.handleUpgrade(request, socket, head, (webSocket) => open(webSocket, request));
  });

  const opened = new Map<WebSocket, Extra>();

  function open(socket: WebSocket, request: IncomingMessage): void {
    const extra: Extra = {
      socket,
      request,
      call: null,
      stopWatching: () => {},
      leave: () => {},
      abort: new AbortController(),
      isAnswering: () => false,
    };
    opened.set(socket, extra);
    let alive = true;
    const ping = setInterval(() => {
      if (!alive) return socket.terminate();
      alive = false;
      socket.ping();
    }, pingMs);
    socket.on('pong', () => {
      alive = true;
    });
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) => send(socket, data),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) => {
          socket.on('message', (data) => {
            const text = String(data);
            if (isNestedTooDeeply(text)) return socket.close(CloseCode.BadRequest, 'The message is nested too deeply');
            handle(text).catch((error: unknown) => {
              options.log.warn({ err: error }, 'websocket message failed');
              socket.close(CloseCode.InternalServerError, 'Internal server error');
            });
          });
        },
      },
      extra,
    );
    socket.on('error', () => {});
    socket.once('close', (code, reason) => {
      clearInterval(ping);
      opened.delete(socket);
      extra.stopWatching();
      extra.leave();
      extra.abort.abort();
      void closed(code, String(reason));
    });
  }

  return {
    close(graceMs: number) {
      isStopping = true;
      const closeIdle = (): void => {
        for (const [socket, { isAnswering }] of opened) {
          if (!isAnswering()) socket.close(1001, 'The server is going away.');
        }
      };
      closeIdle();
      const idle = setInterval(closeIdle, 50);
      // Not every client answers, and what it leaves open would keep the server open.
      const cut = setTimeout(() => {
        for (const socket of opened.keys()) socket.terminate();
      }, graceMs);
      sockets.close(() => {
        clearInterval(idle);
        clearTimeout(cut);
      });
    },
  };
}

/** Resolves when the client can take more: the event source waits with it. */
function send(socket: WebSocket, data: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const slow = socket.bufferedAmount > bufferedMax;
    socket.send(data, (error) => (error ? reject(error) : slow ? resolve() : undefined));
    if (!slow) resolve();
  });
}

function identify(
  { authorization, 'x-api-key': apiKey }: IncomingHttpHeaders,
  request: IncomingMessage,
  identity: Identity,
): Promise<Identified> {
  if (authorization !== undefined) return identity.identifyWith({ token: authorization.replace(/^Bearer /i, '') });
  return typeof apiKey === 'string' ? identity.identifyWith({ apiKey }) : identity.identifyHandshake(request.headers);
}

/** Some clients send their headers as they are, others put them under `headers`. */
function headersIn(parameters: Parameters): IncomingHttpHeaders {
  const nested = isObject(parameters.headers) ? parameters.headers : {};
  const texts = Object.entries({ ...nested, ...parameters }).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(texts.map(([name, value]) => [name.toLowerCase(), value as string]));
}
