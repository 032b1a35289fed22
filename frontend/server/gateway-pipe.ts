import {
  Agent,
  type ClientRequest,
  type IncomingMessage,
  request as requestPlainly,
  type ServerResponse,
} from 'node:http';
import { request as requestOverTls, Agent as TlsAgent } from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

// Headers that concern one connection only.
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
const PROBE_MS = 15_000;

/** Hands requests on to the gateway byte by byte: no buffering, no compression, no time limit on a silent stream. */
export class GatewayPipe {
  readonly #target: URL;
  readonly #isSecure: boolean;
  readonly #agent: Agent;
  /** Ends of the event streams that run. */
  readonly #streams = new Set<() => void>();

  constructor(gatewayUrl: string) {
    this.#target = new URL(gatewayUrl);
    this.#isSecure = this.#target.protocol === 'https:';
    this.#agent = new (this.#isSecure ? TlsAgent : Agent)({ keepAlive: true, noDelay: true });
  }

  /** Pipes a request and its answer. `extra` replaces headers of the request. */
  http(request: IncomingMessage, response: ServerResponse, extra: Record<string, string>): void {
    const upstream = this.#open(request, { ...endToEnd(request.headers), ...extra }, this.#agent);
    request.socket.setNoDelay(true);
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.headers));
      // An event stream may stay silent for long: its head must not wait for the first event.
      response.flushHeaders();
      answer.pipe(response);
      answer.on('error', () => response.destroy());
      if (answer.headers['content-type']?.startsWith('text/event-stream')) {
        const end = (): void => {
          answer.unpipe(response);
          response.end(() => upstream.destroy());
        };
        this.#streams.add(end);
        response.on('close', () => this.#streams.delete(end));
      }
    });
    upstream.on('error', () => {
      if (response.headersSent) response.destroy();
      else unavailable(response, extra['x-request-id'] ?? '');
    });
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  }

  /** Pipes a WebSocket: the handshake is the gateway's to accept or refuse. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, extra: Record<string, string>): void {
    const headers = { ...endToEnd(request.headers), ...extra, connection: 'Upgrade', upgrade: 'websocket' };
    const upstream = this.#open(request, headers, false);
    const end = (): void => {
      socket.destroy();
      upstream.destroy();
    };
    for (const side of [socket, upstream]) side.on('error', end);
    socket.on('close', () => upstream.destroy());
    upstream.on('response', (answer) => {
      socket.write(headText(answer, { ...endToEnd(answer.headers), connection: 'close' }));
      answer.pipe(socket);
    });
    upstream.on('upgrade', (answer, gateway, first) => {
      for (const side of [socket as Socket, gateway]) {
        side.setTimeout(0);
        side.setNoDelay(true);
        // Finds a peer that is gone without a word.
        side.setKeepAlive(true, PROBE_MS);
      }
      gateway.on('error', end);
      gateway.on('close', end);
      socket.on('close', () => gateway.destroy());
      // Half a WebSocket is of no use: when one side has said its last, so has the other.
      socket.on('end', () => gateway.destroySoon());
      gateway.on('end', () => (socket as Socket).destroySoon());
      socket.write(headText(answer, answer.headers));
      if (first.length > 0) socket.write(first);
      if (head.length > 0) gateway.write(head);
      gateway.pipe(socket);
      socket.pipe(gateway);
    });
    upstream.end();
  }

  /** Ends event streams in order; whoever listens goes on elsewhere. */
  endStreams(): void {
    for (const end of this.#streams) end();
  }

  close(): void {
    this.#agent.destroy();
  }

  #open(request: IncomingMessage, headers: Record<string, string | string[]>, agent: Agent | false): ClientRequest {
    const send = this.#isSecure ? requestOverTls : requestPlainly;
    const host = this.#target.hostname.replace(/^\[|\]$/g, '');
    return send({
      host,
      // The certificate is that of the gateway, whatever host the browser named.
      ...(this.#isSecure && !isIP(host) && { servername: host }),
      port: this.#target.port || (this.#isSecure ? 443 : 80),
      method: request.method,
      path: request.url,
      headers,
      agent,
      setHost: false,
    });
  }
}

function endToEnd(headers: IncomingMessage['headers']): Record<string, string | string[]> {
  const named = new Set(headers.connection?.toLowerCase().split(/\s*,\s*/));
  return Object.fromEntries(
    Object.entries(headers).filter(
      (entry): entry is [string, string | string[]] =>
        entry[1] !== undefined && !HOP_BY_HOP.has(entry[0]) && !named.has(entry[0]),
    ),
  );
}

function headText(answer: IncomingMessage, headers: IncomingMessage['headers']): string {
  const lines = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`));
  return [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`, ...lines, '', ''].join('\r\n');
}

/** The standard error for a gateway that is away, such as while it starts again. */
function unavailable(response: ServerResponse, requestId: string): void {
  const extensions = { code: 'GATEWAY_UNAVAILABLE', category: 'FAULT', retryable: true, requestId };
  response
    .writeHead(503, {
      'content-type': 'application/json; charset=utf-8',
      'retry-after': '1',
      'cache-control': 'no-store',
    })
    .end(JSON.stringify({ errors: [{ message: 'The graph cannot be reached at the moment.', extensions }] }));
}
