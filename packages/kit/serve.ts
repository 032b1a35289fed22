import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  getVariableValues,
  Kind,
  parse,
  validate,
} from 'graphql';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { secondsSinceSigned, verifyCall } from './caller.ts';
import type { CookieOptions, SubgraphCall } from './context.ts';
import { newId } from './ids.ts';
import { log } from './log.ts';
import type { LocalSubgraph } from './subgraph.ts';
import type { Database } from './tenant-db.ts';
import { continueTrace } from './trace.ts';

export interface ServeOptions {
  readonly subgraph: LocalSubgraph;
  readonly database: Database;
  /** Shared with the gateways, which sign the caller with it. */
  readonly secret: string;
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Whether a request may see the figures of the process. */
  readonly mayReadMetrics: (request: IncomingMessage) => boolean;
}

/** Cookies that a call sets travel to the gateway in a header of the answer, as JSON; the gateway sets them for the client. */
export const COOKIES_HEADER = 'x-valeo-set-cookies';

export interface SetCookie {
  readonly name: string;
  readonly value: string;
  readonly options: CookieOptions;
}

interface Operation {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Record<string, unknown> | null;
}

/** Bulk mutations carry 4 MiB at the gateway; what the plan adds stays well below the double of it. */
const BODY_BYTES = 8 << 20;
const DOCUMENTS = 1000;

/**
 * Serves one subgraph over HTTP for gateways on other machines: queries, mutations and, as server-sent events,
 * subscriptions. A call that does not carry a caller signed by a gateway is refused.
 */
export async function serveSubgraph(options: ServeOptions): Promise<Server> {
  const { subgraph, database, secret, host, port, mayReadMetrics } = options;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const calls = new Counter({
    name: 'subgraph_calls_total',
    help: 'Calls by outcome.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const seconds = new Histogram({ name: 'subgraph_call_seconds', help: 'Time of a call.', registers: [registry] });
  const documents = new Map<string, DocumentNode>();

  const documentOf = (text: string): DocumentNode => {
    const known = documents.get(text);
    if (known) return known;
    const document = parse(text);
    const [fault] = validate(subgraph.schema, document);
    if (fault) throw fault;
    if (documents.size >= DOCUMENTS) documents.clear();
    documents.set(text, document);
    return document;
  };

  /** Each event is executed in a call of its own, so no transaction stays open between events. */
  async function stream(
    res: ServerResponse,
    call: SubgraphCall,
    operation: Operation,
    document: DocumentNode,
  ): Promise<void> {
    const variableValues = operation.variables ?? {};
    const scope = subgraph.open(call);
    const source = await createSourceEventStream({
      schema: subgraph.schema,
      document,
      variableValues,
      contextValue: scope.context,
    });
    if (!(Symbol.asyncIterator in source)) {
      await scope.close();
      return json(res, 200, source);
    }
    const events = source as AsyncIterableIterator<unknown>;
    const leave = (): void => {
      void events.return?.();
      void scope.close();
    };
    // Whoever has gone while the source was opened is not heard of any more.
    if (res.destroyed) return leave();
    res.on('close', leave);
    res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    // The gateway waits for these before it reports the subscription as open.
    res.flushHeaders();
    for await (const rootValue of events) {
      const { context: contextValue, close } = subgraph.open({ ...call, requestId: newId() });
      try {
        const answer = await execute({ schema: subgraph.schema, document, rootValue, variableValues, contextValue });
        const { eventId, gap } = rootValue as { eventId?: string; gap?: boolean };
        const told = gap ? { ...answer, extensions: { event: { gap } } } : answer;
        res.write(`${eventId ? `id: ${eventId}\n` : ''}event: next\ndata: ${JSON.stringify(told)}\n\n`);
      } finally {
        await close();
      }
    }
    res.end('event: complete\n\n');
  }

  async function graphql(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const signed = String(req.headers['x-valeo-caller'] ?? '');
    const verified = verifyCall(signed, secret);
    const age = verified ? null : secondsSinceSigned(signed, secret);
    if (age !== null) return wrongClock(res, age);
    if (!verified)
      return json(res, 401, {
        errors: [
          { message: 'This call carries no caller signed by a gateway.', extensions: { code: 'UNAUTHENTICATED' } },
        ],
      });
    const operation = JSON.parse(await bodyOf(req)) as Operation;
    const cookies: SetCookie[] = [];
    const call: SubgraphCall = {
      caller: verified.caller,
      requestId: String(req.headers['x-request-id'] ?? newId()),
      ...(typeof req.headers['last-event-id'] === 'string' && { lastEventId: req.headers['last-event-id'] }),
      locale: verified.locale ?? verified.caller?.locale ?? 'de',
      ...(verified.http && {
        http: { ...verified.http, setCookie: (name, value, options) => cookies.push({ name, value, options }) },
      }),
    };
    const document = documentOf(operation.query);
    const asked = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    const variables = asked.flatMap(({ variableDefinitions }) => variableDefinitions ?? []);
    const { errors } = getVariableValues(subgraph.schema, variables, operation.variables ?? {}, { maxErrors: 20 });
    if (errors) return mistaken(res, errors);
    if (asked.some((definition) => definition.operation === 'subscription'))
      return stream(res, call, operation, document);
    const { context: contextValue, reads, close } = subgraph.open(call);
    const stop = seconds.startTimer();
    let answer: ExecutionResult;
    try {
      answer = await execute({
        schema: subgraph.schema,
        document,
        contextValue,
        operationName: operation.operationName,
        variableValues: operation.variables ?? {},
      });
      // For gateways that keep answers.
      if (!answer.errors) answer = { ...answer, extensions: { reads: await reads() } };
    } finally {
      await close();
      stop();
    }
    calls.inc({ outcome: answer.errors ? 'errors' : 'ok' });
    // What callers are not told, and look up by the request id.
    for (const error of answer.errors ?? []) {
      if (error.extensions.code === undefined)
        log.error({ err: error.originalError ?? error, path: error.path, requestId: call.requestId }, 'A field failed');
    }
    if (cookies.length > 0) res.setHeader(COOKIES_HEADER, JSON.stringify(cookies));
    json(res, 200, answer);
  }

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname } = new URL(req.url ?? '/', 'http://localhost');
    if (pathname === '/graphql' && req.method === 'POST') {
      return continueTrace(req.headers, subgraph.name, () => graphql(req, res));
    }
    if (pathname === '/health/live') return json(res, 200, { status: 'ok' });
    if (pathname === '/health/ready') {
      const up = await database.answers();
      return json(res, up ? 200 : 503, {
        status: up ? 'ok' : 'unavailable',
        dependencies: { database: up ? 'up' : 'down' },
      });
    }
    if (pathname === '/metrics' && mayReadMetrics(req))
      return void res.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics());
    return json(res, 404, { errors: [{ message: 'There is nothing here.', extensions: { code: 'NOT_FOUND' } }] });
  }

  const server = createServer((req, res) => {
    handle(req, res).catch((error: Error) => {
      calls.inc({ outcome: 'refused' });
      if (error instanceof GraphQLError && !res.headersSent) return mistaken(res, [error]);
      const isRequestFault = error instanceof SyntaxError || error instanceof BodyTooLarge;
      if (!isRequestFault) log.error({ err: error }, 'A call failed');
      if (res.headersSent) return res.destroy();
      json(res, isRequestFault ? 400 : 500, {
        errors: [{ message: isRequestFault ? error.message : 'Something failed on our side.' }],
      });
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return server;
}

class BodyTooLarge extends Error {}

async function bodyOf(req: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > BODY_BYTES) throw new BodyTooLarge(`The body is larger than ${BODY_BYTES} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** The caller's mistake: the operation or a value in it does not fit the schema. */
function mistaken(res: ServerResponse, errors: readonly GraphQLError[]): void {
  const told = errors.map(({ message }) => ({ message, extensions: { code: 'BAD_USER_INPUT' } }));
  json(res, 400, { errors: told });
}

/** Nobody is to be told that he is not signed in because two machines do not agree on the time. */
function wrongClock(res: ServerResponse, seconds: number): void {
  const message = `The call was signed ${seconds} s ago by our clock: the clocks of the gateway and of this machine differ.`;
  log.error(message);
  json(res, 500, { errors: [{ message, extensions: { code: 'INTERNAL' } }] });
}

function json(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
