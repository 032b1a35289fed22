import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Identified, Identity } from '../identity/identity.ts';
import type { ExtraRoute, Readiness } from '../options.ts';
import type { PipelineContext } from '../pipeline.ts';
import { RequestError } from '../report/errors.ts';
import type { createMetrics } from '../report/metrics.ts';
import { refuse } from '../report/refuse.ts';
import { inRequestSpan, inSpan } from '../report/trace.ts';
import { answerCors } from './cors.ts';
import { explorerHeaders, explorerPage } from './explorer.ts';
import { localeOf } from './locale.ts';
import { mayReadMetrics } from './metrics-access.ts';
import { negotiate } from './negotiation.ts';
import { sendJson, sendText } from './pages.ts';
import { requestIdOf } from './request-id.ts';
import { targetOf } from './target.ts';

export interface ListenerOptions {
  corsOrigins: readonly string[];
  /** Names of headers that are meant for subgraphs. */
  forwardHeaders: readonly string[];
  identity: Identity;
  metrics: ReturnType<typeof createMetrics>;
  metricsToken: string | undefined;
  context: Pick<PipelineContext, 'log' | 'redact'>;
  routes: readonly ExtraRoute[];
  ready(): Readiness | Promise<Readiness>;
  apiSdl(): string;
  graphql(req: IncomingMessage, res: ServerResponse, identified: Identified, requestId: string): Promise<void>;
}

/** Sends each request to its route. Nothing a handler throws reaches the client or ends the process. */
export function createListener(options: ListenerOptions): (req: IncomingMessage, res: ServerResponse) => void {
  const { metrics, context } = options;

  async function graphql(req: IncomingMessage, res: ServerResponse, requestId: string): Promise<void> {
    await inRequestSpan(req.headers, 'graphql', { 'request.id': requestId }, async () => {
      const identified = await inSpan('identify', {}, () => options.identity.identify(req.headers));
      await options.graphql(req, res, identified, requestId);
    });
  }

  async function other(req: IncomingMessage, res: ServerResponse, requestId: string): Promise<void> {
    for (const route of options.routes) {
      const { caller } = await options.identity.identify(req.headers);
      if (await route(req, res, { caller, requestId, locale: localeOf(req, caller) })) return;
    }
    throw nothingHere();
  }

  async function route(req: IncomingMessage, res: ServerResponse, requestId: string): Promise<void> {
    checkForm(req);
    // Nearly every request, and reading an address takes longer than one thinks.
    const pathname = req.url === '/graphql' ? req.url : targetOf(req)?.pathname;
    if (pathname !== undefined && readOnly.has(pathname)) checkReading(req);
    switch (pathname) {
      case undefined:
        throw new RequestError('BAD_REQUEST', 'This is not an address.');
      case '/graphql':
        if (answerCors(req, res, options.corsOrigins, options.forwardHeaders)) return;
        return graphql(req, res, requestId);
      case '/health/live':
        return sendJson(res, 200, { live: true });
      case '/health/ready': {
        const state = await options.ready();
        return sendJson(res, state.ready ? 200 : 503, state, { 'cache-control': 'no-store' });
      }
      case '/metrics':
        if (!mayReadMetrics(req, options.metricsToken)) throw nothingHere();
        return sendText(res, 200, 'text/plain', await metrics.text());
      case '/schema.graphql':
        return sendText(res, 200, 'text/plain', options.apiSdl());
      case '/explorer':
        return sendText(res, 200, 'text/html', explorerPage, explorerHeaders);
      default:
        return other(req, res, requestId);
    }
  }

  return (req, res) => {
    const requestId = requestIdOf(req);
    res.setHeader('x-request-id', requestId);
    res.setHeader('x-content-type-options', 'nosniff');
    route(req, res, requestId).catch((error: unknown) => {
      const answer = refuse(error, { requestId, acceptLanguage: req.headers['accept-language'] }, context);
      if (answer.code) metrics.refused.of(answer.code).inc();
      const headers = { 'cache-control': 'no-store', ...answer.headers };
      sendText(res, answer.status, typeOf(req), answer.body, headers);
    });
  };
}

/** Programs that read refusals only in the newer type of GraphQL over HTTP name it. */
const typeOf = ({ headers }: IncomingMessage): string => negotiate(headers.accept).answer ?? 'application/json';

const nothingHere = (): RequestError => new RequestError('NOT_FOUND', 'There is nothing at this address.', 404);

const readOnly: ReadonlySet<string> = new Set([
  '/health/live',
  '/health/ready',
  '/metrics',
  '/schema.graphql',
  '/explorer',
]);

function checkReading({ method }: IncomingMessage): void {
  if (method === 'GET' || method === 'HEAD') return;
  throw new RequestError('METHOD_NOT_ALLOWED', 'This address is only read.', 405, { headers: { allow: 'GET, HEAD' } });
}

/** What Node would refuse by itself, but without an id and a reason. */
function checkForm({ headers, httpVersion }: IncomingMessage): void {
  const closing = { headers: { connection: 'close' } };
  if (headers.host === undefined && httpVersion === '1.1') {
    throw new RequestError('BAD_REQUEST', 'The header host is missing.', 400, closing);
  }
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') {
    throw new RequestError('BAD_REQUEST', 'Nothing but 100-continue may be expected.', 417, closing);
  }
}
