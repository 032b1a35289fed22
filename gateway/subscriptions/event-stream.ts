import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { StreamType } from '../http/negotiation.ts';
import type { AnswerStream, StreamedAnswer } from './subscribe.ts';

/** How answers are put on the wire, one after the other. */
interface Format {
  readonly contentType: string;
  /** What comes before everything else. */
  readonly begin: string;
  next(answer: StreamedAnswer): string;
  readonly heartbeat: string;
  readonly end: string;
}

/** GraphQL over server-sent events, "distinct connections" mode. */
const eventStream: Format = {
  contentType: 'text/event-stream; charset=utf-8',
  begin: '',
  next: ({ text, id }) => `${id === undefined ? '' : `id: ${id}\n`}event: next\ndata: ${text}\n\n`,
  heartbeat: ':\n\n',
  end: 'event: complete\ndata:\n\n',
};

/** Apollo's multipart protocol for subscriptions. A part is over once the next boundary is there: it goes out with the part itself. */
const multipart: Format = {
  contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  begin: '\r\n--graphql',
  next: ({ text }) => part(`{"payload":${text}}`),
  heartbeat: part('{}'),
  end: '--\r\n',
};

function part(text: string): string {
  return `\r\ncontent-type: application/json\r\n\r\n${text}\r\n--graphql`;
}

const formats: Record<StreamType, Format> = { 'text/event-stream': eventStream, 'multipart/mixed': multipart };

const headOf = ({ contentType }: Format): Record<string, string> => ({
  'content-type': contentType,
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
});

const heartbeatMs = 10_000;

/** Writes a stream of answers as they come, no faster than the client reads. */
export async function writeStream(
  req: IncomingMessage,
  res: ServerResponse,
  type: StreamType,
  answers: AnswerStream,
  abort: AbortController,
): Promise<void> {
  const { socket } = req;
  // Gone while it was looked at what is asked for: nothing would tell us of it any more.
  if (socket.destroyed) return;
  // The response hears nothing of its connection while it waits for those before it on the same one.
  const onClose = (): void => abort.abort();
  socket.once('close', onClose);
  const format = formats[type];
  res.writeHead(200, headOf(format));
  res.flushHeaders();
  socket.setNoDelay(true);
  res.write(format.begin);
  const heartbeat = setInterval(() => res.write(format.heartbeat), heartbeatMs);
  try {
    for await (const answer of answers) {
      if (socket.destroyed) break;
      if (!res.write(format.next(answer))) await drained(res, socket);
    }
    res.end(format.end);
  } finally {
    clearInterval(heartbeat);
    socket.off('close', onClose);
  }
}

/** Writes the answer of a query or mutation as a stream that ends with it. */
export function writeSingle(
  res: ServerResponse,
  type: StreamType,
  text: string,
  headers: Record<string, string | string[]>,
): void {
  if (res.headersSent || res.destroyed) return;
  const format = formats[type];
  res.writeHead(200, { ...headers, ...headOf(format) });
  res.end(format.begin + format.next({ text }) + format.end);
}

function drained(res: ServerResponse, socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      res.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    res.once('drain', done);
    socket.once('close', done);
  });
}
