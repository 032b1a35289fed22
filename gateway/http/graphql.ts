import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { payerOf } from '../cost/budget.ts';
import type { Identified } from '../identity/identity.ts';
import { tooManyInBatch } from '../operations/documents.ts';
import type { CallHttp, Limits, SubgraphCall } from '../options.ts';
import type { Answer, Exchange, PipelineContext } from '../pipeline.ts';
import { RequestError } from '../report/errors.ts';
import { refuse } from '../report/refuse.ts';
import { isEventId } from '../subscriptions/event-id.ts';
import { writeSingle, writeStream } from '../subscriptions/event-stream.ts';
import type { AnswerStream } from '../subscriptions/subscribe.ts';
import { readBody } from './body.ts';
import { type ClientIp, holderOf } from './client-ip.ts';
import { isKnown } from './conditional.ts';
import { writeCookie } from './cookies.ts';
import { forwardedFrom } from './forwarded.ts';
import { localeOf } from './locale.ts';
import { type AnswerType, negotiate } from './negotiation.ts';
import { type GraphQLParams, paramsFromUrl, parseJson, readParams } from './params.ts';
import type { Arrivals, Places, Standing } from './places.ts';
import { targetOf } from './target.ts';

export interface GraphQLHttpOptions {
  limits: Limits;
  calls: CallOptions;
  context: Pick<PipelineContext, 'log' | 'redact'>;
  /** Requests that are answered, event streams included. */
  places: Places;
  /** Event streams and WebSockets that are open. */
  standing: Standing;
  /** Told why a request is refused before its operation is looked at. */
  refused(code: string): void;
  /** Bodies that are read. */
  arrivals: Arrivals;
  answer(exchange: Exchange): Promise<Answer>;
  /** False as well for an operation that is refused: its one answer says why. */
  isSubscription(exchange: Exchange): Promise<boolean>;
  /** The answers of a subscription. */
  stream(exchange: Exchange, identified: Identified, abort: AbortController): AnswerStream;
}

/** What a call takes over from the request that it is for. */
export interface CallOptions {
  /** Whether cookies are marked for HTTPS only. */
  readonly secureCookies: boolean;
  readonly clientIp: ClientIp;
  /** Names of headers that subgraphs are given. */
  readonly forwardHeaders: readonly string[];
}

/** Serves `/graphql` over plain HTTP as the GraphQL-over-HTTP specification wants it. */
export function graphqlOverHttp(options: GraphQLHttpOptions) {
  return async (
    req: IncomingMessage,
    res: ServerResponse,
    identified: Identified,
    requestId: string,
  ): Promise<void> => {
    const accepted = negotiate(req.headers.accept);
    const setCookies: string[] = [];
    const call = callOf(req, identified, requestId, setCookies, options.calls);
    const send = (answer: Answer): void =>
      writeAnswer(res, answer, accepted.answer ?? 'application/json', setCookies, req.headers['if-none-match']);
    let isIn = false;
    try {
      if (!accepted.answer && !accepted.stream)
        throw new RequestError(
          'NOT_ACCEPTABLE',
          'Answers come as application/graphql-response+json or application/json.',
          406,
        );
      options.places.check();
      const params = await readRequest(req, identified, options);
      options.places.enter();
      isIn = true;
      const exchange = {
        call,
        mayMutate: req.method === 'POST',
        costOnly: isCostOnly(req),
        showPlan: req.headers['apollo-expose-query-plan'] !== undefined,
        client: clientOf(req),
        signal: goneSignal(res),
      };
      if (!Array.isArray(params)) {
        const single = { ...exchange, params };
        if (!accepted.stream || exchange.costOnly || !(await options.isSubscription(single))) {
          const answer = await options.answer(single);
          if (!accepted.stream || !accepted.prefersStream) return send(answer);
          return writeSingle(res, accepted.stream, answer.body, headersOf(answer, setCookies));
        }
        const abort = new AbortController();
        const leave = options.standing.enter(payerOf(call));
        try {
          await writeStream(req, res, accepted.stream, options.stream(single, identified, abort), abort);
        } finally {
          leave();
        }
        return;
      }
      const answers = await Promise.all(params.map((one) => options.answer({ ...exchange, params: one })));
      return send({
        ...leastLeft(answers),
        status: 200,
        wellFormed: true,
        body: `[${answers.map(({ body }) => body).join(',')}]`,
      });
    } catch (error) {
      const answer = refuse(error, call, options.context);
      if (answer.code) options.refused(answer.code);
      return send(answer);
    } finally {
      if (isIn) options.places.leave();
    }
  };
}

/** Of the answers to a batch the one whose headers say how little is left, or how long to wait. */
const leastLeft = (answers: readonly Answer[]): Answer =>
  answers.reduce((one, other) => (left(other) < left(one) ? other : one));

const left = ({ headers }: Answer): number =>
  headers['retry-after'] === undefined ? Number(headers['ratelimit-remaining'] ?? Number.POSITIVE_INFINITY) : -1;

async function readRequest(
  req: IncomingMessage,
  { caller }: Identified,
  { limits, arrivals, calls }: GraphQLHttpOptions,
): Promise<GraphQLParams | GraphQLParams[]> {
  if (req.method === 'GET') return paramsFromUrl(targetOf(req)?.searchParams ?? new URLSearchParams());
  if (req.method !== 'POST') {
    throw new RequestError('METHOD_NOT_ALLOWED', 'GraphQL is served over GET and POST.', 405, {
      headers: { allow: 'GET, POST' },
    });
  }
  const contentType = req.headers['content-type'] ?? '';
  const [media = '', ...parameters] = contentType.toLowerCase().split(';');
  const charset = parameters.map((p) => /^\s*charset="?([^"\s]+)/.exec(p)?.[1]).find(Boolean);
  if (media.trim() !== 'application/json' || (charset !== undefined && !/^utf-?8$/.test(charset))) {
    throw new RequestError('UNSUPPORTED_MEDIA_TYPE', 'The body must be application/json in UTF-8.', 415);
  }
  const bytes = caller ? limits.bodyBytesSignedIn : limits.bodyBytes;
  const text = await readBody(req, bytes, arrivals, holderOf(calls.clientIp(req)));
  const body = parseJson(text, 'The body');
  if (!Array.isArray(body)) return readParams(body);
  if (body.length === 0) throw new RequestError('BAD_REQUEST', 'The batch is empty.');
  if (body.length > limits.batch) throw tooManyInBatch(limits.batch);
  return body.map(readParams);
}

/** @param said headers that a client puts into its first message, where it cannot send them with the handshake. */
export function callOf(
  req: IncomingMessage,
  { caller, cookies }: Identified,
  requestId: string,
  setCookies: string[],
  { secureCookies: secure, clientIp, forwardHeaders }: CallOptions,
  said?: IncomingHttpHeaders,
): SubgraphCall {
  const http: CallHttp = {
    cookies,
    setCookie: (name, value, cookie) => setCookies.push(writeCookie(name, value, { secure, ...cookie })),
    ip: clientIp(req),
    userAgent: (req.headers['user-agent'] ?? '').slice(0, 500),
  };
  const { 'last-event-id': lastEventId, 'accept-language': acceptLanguage } = req.headers;
  return {
    caller,
    requestId,
    locale: localeOf(req, caller),
    acceptLanguage,
    http,
    ...(typeof lastEventId === 'string' && isEventId(lastEventId) && { lastEventId }),
    ...(forwardHeaders.length > 0 && { forwarded: forwardedFrom(forwardHeaders, { ...req.headers, ...said }) }),
  };
}

/** @throws RequestError BAD_REQUEST rather than run what may have been meant to be priced only. */
function isCostOnly({ headers }: IncomingMessage): boolean {
  switch (headers['x-cost-only']?.toString().toLowerCase()) {
    case 'true':
    case '1':
      return true;
    case undefined:
    case 'false':
    case '0':
      return false;
    default:
      throw new RequestError('BAD_REQUEST', 'The header x-cost-only must be true or false.');
  }
}

/** Aborted when the connection is closed before the answer was written. */
function goneSignal(res: ServerResponse): AbortSignal {
  const abort = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) abort.abort();
  });
  return abort.signal;
}

/** What a program says of itself, in the headers that Apollo's clients send. */
function clientOf({ headers }: IncomingMessage): Exchange['client'] {
  const name = headers['apollographql-client-name'];
  const version = headers['apollographql-client-version'];
  if (typeof name !== 'string') return undefined;
  return { name: name.slice(0, 100), version: typeof version === 'string' ? version.slice(0, 100) : '' };
}

function writeAnswer(
  res: ServerResponse,
  answer: Answer,
  type: AnswerType,
  setCookies: string[],
  ifNoneMatch: string | undefined,
): void {
  if (res.headersSent || res.destroyed) return;
  // What signs somebody in or out must not be kept, whatever else it says.
  const { etag } = answer.headers;
  if (etag !== undefined && setCookies.length === 0 && isKnown(ifNoneMatch, etag)) {
    res.writeHead(304, answer.headers).end();
    return;
  }
  const status = type === 'application/json' && answer.wellFormed ? 200 : answer.status;
  // What is short is sent fastest as text; what is long would be encoded twice, once for its length.
  const body = answer.body.length > longText ? Buffer.from(answer.body) : answer.body;
  res.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    ...headersOf(answer, setCookies),
  });
  res.end(body);
}

/** Characters from which an answer is long. */
const longText = 64 * 1024;

const headersOf = ({ headers }: Answer, setCookies: string[]): Record<string, string | string[]> => ({
  'cache-control': 'no-store',
  ...headers,
  ...(setCookies.length > 0 && { 'set-cookie': setCookies, 'cache-control': 'no-store' }),
});
