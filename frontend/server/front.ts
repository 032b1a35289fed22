import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { constants } from 'node:zlib';
import compression from 'compression';
import type { Registry } from 'prom-client';
import { acceptedLocale, displayCookie, parseDisplay } from '../i18n/display.ts';
import type { Locale } from '../i18n/translate.ts';
import type { SendAsset } from './assets.ts';
import { applySetCookies, ownerOf, REFRESH_COOKIE, readCookies } from './cookies.ts';
import { reportFault } from './fault-reports.ts';
import { FAULTS_PATH, passFaults } from './fault-tunnel.ts';
import { paintFirst, type Styles } from './first-paint.ts';
import { handleForm, isForm } from './forms.ts';
import { GatewayPipe } from './gateway-pipe.ts';
import { turnAway } from './old-browsers.ts';
import { METRICS_PATH, sendMetrics } from './own-metrics.ts';
import { sendFailure } from './plain-pages.ts';
import { RateLimit } from './rate-limit.ts';
import { SessionRefresher } from './refresh.ts';
import { replaceFailures } from './replace-failures.ts';
import { isOfThisMachine } from './this-machine.ts';
import type { VitalsByRoute } from './vitals-by-route.ts';
import { takeVitals, VITALS_PATH } from './vitals-intake.ts';
import type { OfflineFiles } from './worker-script.ts';

export interface FrontOptions {
  readonly gatewayUrl: string;
  /** Origin under which users reach the web app. */
  readonly publicUrl: string;
  /** Renders everything that is not the gateway's. */
  pages(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The service worker and what it keeps; without them the app needs a connection. */
  readonly offline?: OfflineFiles;
  /** Sends what was compressed at build time; without it files are compressed at each request. */
  readonly assets?: SendAsset;
  /** Stylesheets of the build, which documents carry with them. */
  readonly styles?: Styles;
  /** What operators watch the web app by; without it browsers have nowhere to tell anything. */
  readonly watch?: {
    readonly registry: Registry;
    readonly vitals: VitalsByRoute;
    readonly routeOf: (path: string) => string | null;
    readonly metricsToken: string | undefined;
    readonly sentryDsn: string | undefined;
  };
  /** Takes WebSockets that are not the gateway's (reloading while developing). */
  pagesUpgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
}

export interface Front {
  /** Listens on one more address; answers the port. */
  listen(host: string, port: number): Promise<number>;
  /** Lets requests under way finish, at most for the time. */
  close(graceMs: number): Promise<void>;
}

// What the gateway process serves under the address of the web app.
const GATEWAY_PATHS = /^\/(graphql|files|mail|explorer|schema\.graphql)(\/|$)/;
const ASSETS = /^\/(_next\/(static|image)\/|[^?]*\.(js|css|svg|png|ico|webp|woff2|txt|webmanifest|map)$)/;
const OFFLINE_FILES: Readonly<Record<string, 'script' | 'list'>> = {
  '/service-worker.js': 'script',
  '/offline-files.json': 'list',
};
// What one address may tell in a minute; an office behind one address stays below it.
const VISITS_PER_MINUTE = 600;
const FAULTS_PER_MINUTE = 120;
const REQUEST_ID = /^[\w-]{8,64}$/;

// Pages are written once for one reader: as small as can be had without making them wait.
const compress = compression({ brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } } });
// Its types are those of a framework that puts more onto requests than it reads.
type Compressed = Parameters<typeof compress>;

/**
 * The one process users talk to: pipes the graph, takes the forms of sign-in, renews sessions that have run out before anything
 * else sees the request, and leaves the rest to the pages.
 */
export function createFront(options: FrontOptions): Front {
  const pipe = new GatewayPipe(options.gatewayUrl);
  const refresher = new SessionRefresher(options.gatewayUrl);
  const visits = new RateLimit(VISITS_PER_MINUTE);
  const faults = new RateLimit(FAULTS_PER_MINUTE);

  /** What browsers tell and operators ask; true when it has been answered. */
  async function answerWatch(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    const { watch, publicUrl } = options;
    if (!watch) return false;
    if (path === VITALS_PATH) await takeVitals(request, response, { ...watch, publicUrl, limit: visits });
    else if (path === FAULTS_PATH)
      await passFaults(request, response, { dsn: watch.sentryDsn, publicUrl, limit: faults });
    else if (path === METRICS_PATH) await sendMetrics(request, response, { ...watch, token: watch.metricsToken });
    else return false;
    return true;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    const requestId = takeRequestId(request);
    response.setHeader('x-request-id', requestId);
    if (path === '/health/live') return void response.end('ok\n');
    if (options.assets?.(request, response, path) || (await answerWatch(request, response, path))) return;
    if (turnAway(request, response, path)) return;
    const file = options.offline && OFFLINE_FILES[path];
    if (file && options.offline) return sendOffline(response, options.offline, file);
    tellLanguage(request, path);
    const forwarded = forwardedHeaders(request, requestId);
    if (!ASSETS.test(path)) {
      const setCookies = await refresher.renew(request, sessionHeaders(request, forwarded));
      if (setCookies.length > 0) {
        request.headers.cookie = applySetCookies(request.headers.cookie, setCookies);
        addCookies(response, setCookies);
      }
    }
    const owner = ASSETS.test(path) ? null : ownerOf(request.headers.cookie);
    // Browsers keep answers for times without a connection by whom they were for; files would fill them.
    if (owner && !path.startsWith('/files')) response.setHeader('x-valeo-owner', owner);
    const claimed = request.headers['x-valeo-owner'];
    // A session that could not be renewed now is nobody's yet: the gateway says itself whether it is away or the session over.
    const isUnknown = !owner && readCookies(request.headers.cookie).has(REFRESH_COOKIE);
    if (claimed !== undefined && claimed !== owner && !isUnknown)
      return refuseOther(request, response, requestId, owner);
    if (isForm(path)) {
      const headers = sessionHeaders(request, forwarded);
      return handleForm(request, response, path, { ...options, headers });
    }
    if (GATEWAY_PATHS.test(path) && mayAsk(request, path))
      return pipe.http(request, response, { ...forwarded, ...asPage(request, path) });
    Object.assign(request.headers, forwarded);
    if (options.offline) response.setHeader('x-valeo-build', options.offline.build);
    replaceFailures(request, response, requestId);
    compress(request as Compressed[0], response as Compressed[1], () => undefined);
    if (options.styles) paintFirst(request, response, options.styles);
    return options.pages(request, response);
  }

  /** Any other wish for an upgrade, such as h2c, may be ignored: the request is answered as it is. */
  function asksForWebSocket(request: IncomingMessage): boolean {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') return false;
    return pathOf(request) === '/graphql' || options.pagesUpgrade !== undefined;
  }

  function createListener(): Server {
    const server = createServer({ shouldUpgradeCallback: asksForWebSocket }, (request, response) => {
      handle(request, response).catch((error: unknown) => {
        console.error(error);
        const requestId = String(response.getHeader('x-request-id') ?? '');
        reportFault(error, { requestId });
        if (response.headersSent) response.destroy();
        else sendFailure(response, requestId, request.url ?? '/');
      });
    });
    server.keepAliveTimeout = 65_000;
    server.on('upgrade', (request, socket, head) => {
      upgraded.add(socket);
      socket.on('close', () => upgraded.delete(socket));
      socket.on('error', () => socket.destroy());
      if (pathOf(request) === '/graphql') {
        pipe.upgrade(request, socket, head, forwardedHeaders(request, takeRequestId(request)));
      } else void options.pagesUpgrade?.(request, socket, head);
    });
    return server;
  }

  const servers: Server[] = [];
  // The server itself forgets a connection once it is a WebSocket.
  const upgraded = new Set<Duplex>();
  return {
    async listen(host, port) {
      const server = createListener();
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, resolve);
      });
      servers.push(server);
      return (server.address() as AddressInfo).port;
    },
    async close(graceMs) {
      const timer = setTimeout(() => {
        for (const server of servers) server.closeAllConnections();
        for (const socket of upgraded) socket.destroy();
      }, graceMs);
      const closed = Promise.all(servers.map(closeServer));
      // Silent streams would last until they are cut, which browsers take for a fault of the network.
      pipe.endStreams();
      await closed;
      clearTimeout(timer);
      pipe.close();
    },
  };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearInterval(idle);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/';
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

function sendOffline(response: ServerResponse, offline: OfflineFiles, file: 'script' | 'list'): void {
  const type = file === 'script' ? 'text/javascript' : 'application/json';
  response
    .writeHead(200, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-cache',
      'x-valeo-build': offline.build,
    })
    .end(offline[file]);
}

/** What a page or a time without a connection is left with is never asked or written as somebody else, or in another company. */
function refuseOther(
  { headers }: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  owner: string | null,
): void {
  const code = owner ? 'OTHER_SESSION' : 'UNAUTHENTICATED';
  const isGerman = acceptedLocale(headers['accept-language'] ?? null) === 'de';
  const message = owner
    ? isGerman
      ? 'In diesem Browser ist inzwischen jemand anders angemeldet oder eine andere Firma offen. Es wurde nichts gespeichert.'
      : 'Somebody else is signed in to this browser by now, or another company is open. Nothing was saved.'
    : isGerman
      ? 'Niemand ist angemeldet.'
      : 'Nobody is signed in.';
  const extensions = { code, category: 'PERMISSION', retryable: true, requestId };
  response
    .writeHead(owner ? 409 : 401, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify({ errors: [{ message, extensions }] }));
}

// Captured mails hold links that give access. The gateway shows them to this machine only, which to it is everybody behind us.
function mayAsk(request: IncomingMessage, path: string): boolean {
  return !/^\/mail(\/|$)/.test(path) || isOfThisMachine(request);
}

/** Files and captured mails are looked at like pages, with the cookies alone: reading changes nothing, and only its reader sees it. */
function asPage({ method }: IncomingMessage, path: string): Record<string, string> {
  return /^\/(files\/|mail(\/|$))/.test(path) && method === 'GET'
    ? { 'x-valeo-client': 'web', 'sec-fetch-site': 'same-origin' }
    : {};
}

/** What the server writes is in the language of the page that shows it. Programs that come this way say theirs themselves. */
function tellLanguage(request: IncomingMessage, path: string): void {
  const { headers } = request;
  const isProgram = GATEWAY_PATHS.test(path) && { ...headers, ...asPage(request, path) }['x-valeo-client'] !== 'web';
  if (!isProgram) headers['accept-language'] = localeOfRequest(headers.cookie, headers['accept-language']);
}

function localeOfRequest(cookie: string | undefined, acceptLanguage: string | undefined): Locale {
  // Read as a form is: what is no valid text is no fault either.
  const display = new URLSearchParams(`display=${readCookies(cookie).get(displayCookie) ?? ''}`).get('display');
  return parseDisplay(display ?? undefined).locale ?? acceptedLocale(acceptLanguage ?? null);
}

function takeRequestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/**
 * What the next server is told about the client. Whom we were asked by comes last, after what may be a proxy's word or made up: the
 * gateway reads from the end, as far as it knows the proxies.
 */
function forwardedHeaders(request: IncomingMessage, requestId: string): Record<string, string> {
  return {
    'x-request-id': requestId,
    'x-forwarded-for': [request.headers['x-forwarded-for'], request.socket.remoteAddress].filter(Boolean).join(', '),
    'x-forwarded-host': request.headers.host ?? '',
  };
}

function sessionHeaders(request: IncomingMessage, forwarded: Record<string, string>): Record<string, string> {
  const { cookie, 'accept-language': language, 'user-agent': agent } = request.headers;
  return {
    ...forwarded,
    ...(cookie && { cookie }),
    ...(language && { 'accept-language': language }),
    ...(agent && { 'user-agent': agent }),
  };
}

/** Adds cookies to an answer that somebody else writes, whichever way they write its head. */
function addCookies(response: ServerResponse, setCookies: readonly string[]): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  response.writeHead = ((...args: unknown[]) => {
    const given = args.at(-1);
    if (given && typeof given === 'object' && !Array.isArray(given) && 'set-cookie' in given) {
      given['set-cookie'] = [...setCookies, ...[given['set-cookie']].flat()];
    } else response.appendHeader('set-cookie', [...setCookies]);
    response.writeHead = writeHead as typeof response.writeHead;
    return writeHead(...args);
  }) as typeof response.writeHead;
}
