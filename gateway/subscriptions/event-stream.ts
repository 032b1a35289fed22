import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AnswerStream, StreamedAnswer } from './subscribe.ts';

/** How answers are put on the wire, one after the other. */
interface Format {
  readonly contentType: string;
  next(answer: StreamedAnswer): string;
  readonly heartbeat: string;
  readonly end: string;
}

/** GraphQL over server-sent events, "distinct connections" mode. */
const eventStream: Format = {
  contentType: 'text/event-stream; charset=utf-8',
  next: ({ text, id }) => `${id === undefined ? '' : `id: ${id}\n`}event: next\ndata: ${text}\n\n`,
  heartbeat: ':\n\n',
  end: 'event: complete\ndata:\n\n',
};

/** Apollo's multipart protocol for subscriptions. */
const multipart: Format = {
  contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  next: ({ text }) => `\r\n--graphql\r\ncontent-type: application/json\r\n\r\n{"payload":${text}}`,
  heartbeat: '\r\n--graphql\r\ncontent-type: application/json\r\n\r\n{}',
  end: '\r\n--graphql--\r\n',
};

export function streamFormat(accept: string | undefined): Format | null {
  if (!accept) return null;
  if (/\btext\/event-stream\b/i.test(accept)) return eventStream;
  return /\bmultipart\/mixed\b/i.test(accept) && /subscriptionspec/i.test(accept) ? multipart : null;
}

const heartbeatMs = 10_000;

/** Writes a stream of answers as they come, no faster than the client reads. */
export async function writeStream(
  req: IncomingMessage,
  res: ServerResponse,
  format: Format,
  answers: AnswerStream,
  abort: AbortController,
): Promise<void> {
  res.writeHead(200, {
    'content-type': format.contentType,
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  res.flushHeaders();
  req.socket.setNoDelay(true);
  const heartbeat = setInterval(() => res.write(format.heartbeat), heartbeatMs);
  res.once('close', () => abort.abort());
  try {
    for await (const answer of answers) {
      if (res.destroyed) break;
      if (!res.write(format.next(answer))) await drained(res);
    }
    res.end(format.end);
  } finally {
    clearInterval(heartbeat);
  }
}

function drained(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      res.off('drain', done);
      res.off('close', done);
      resolve();
    };
    res.once('drain', done);
    res.once('close', done);
  });
}
