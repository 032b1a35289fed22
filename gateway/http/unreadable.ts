import { randomUUID } from 'node:crypto';
import { type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Asked, RequestError } from '../report/errors.ts';
import { type RefusalContext, refuse } from '../report/refuse.ts';

export interface RawRefusalOptions {
  context: RefusalContext;
  /** Told why a request is refused. */
  refused(code: string): void;
}

/** Ends a connection with a refusal in the standard form, where there is no response to write it with. */
export type RefuseRaw = (socket: Duplex, error: RequestError, asked: Asked) => void;

export function createRawRefusal({ context, refused }: RawRefusalOptions): RefuseRaw {
  return (socket, error, asked) => {
    const { status, body, headers, code } = refuse(error, asked, context);
    if (code) refused(code);
    const lines = Object.entries({
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'x-request-id': asked.requestId,
      'x-content-type-options': 'nosniff',
      ...headers,
      connection: 'close',
    }).map(([name, value]) => `${name}: ${value}`);
    socket.write([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'));
    // A peer that keeps its half open must not keep the connection.
    (socket as Socket).destroySoon();
  };
}

/** Answers what is no HTTP, is too large for it, or does not come to its end in time. */
export function answerUnreadable(server: Server, refuseRaw: RefuseRaw): void {
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (req, res) => void latest.set(req.socket, res));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const answer = latest.get(socket);
    const isUnderWay = answer !== undefined && !answer.writableFinished;
    // In the middle of an answer there is no place for another.
    if (!socket.writable || error.code === 'ECONNRESET' || (isUnderWay && answer.headersSent)) {
      socket.destroy();
      return;
    }
    refuseRaw(socket, reasonOf(error), {
      requestId: isUnderWay ? String(answer.getHeader('x-request-id')) : randomUUID(),
    });
  });
}

function reasonOf({ code }: NodeJS.ErrnoException): RequestError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new RequestError('HEADERS_TOO_LARGE', 'The headers of the request are too large.', 431);
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new RequestError('BODY_TOO_LARGE', 'The chunks of the body carry too much beside their data.', 413);
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new RequestError('REQUEST_TIMEOUT', 'The request came too slowly.', 408);
    default:
      return new RequestError('BAD_REQUEST', 'This is not a request of HTTP/1.1.');
  }
}
