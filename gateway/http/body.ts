import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { RequestError } from '../report/errors.ts';
import type { Arrivals } from './places.ts';

/**
 * Reads a request's body as UTF-8 text.
 * @param address whom it comes from.
 * @throws RequestError BODY_TOO_LARGE as soon as the limit is passed, without reading on; BAD_REQUEST for broken UTF-8;
 * UNSUPPORTED_MEDIA_TYPE for a compressed body, which could unpack to any size; REQUEST_TIMEOUT when it comes so slowly that
 * others need its place.
 */
export function readBody(
  req: IncomingMessage,
  limitBytes: number,
  arrivals: Arrivals,
  address: string,
): Promise<string> {
  const encoding = req.headers['content-encoding'];
  if (encoding && encoding !== 'identity') {
    return Promise.reject(
      new RequestError('UNSUPPORTED_MEDIA_TYPE', 'Compressed request bodies are not accepted.', 415),
    );
  }
  if (Number(req.headers['content-length'] ?? 0) > limitBytes) return Promise.reject(tooLarge(limitBytes));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const arrival = {
      address,
      giveUp: () => stop(new RequestError('REQUEST_TIMEOUT', 'The request body came too slowly.', 408, closing)),
    };
    const stop = (error: RequestError): void => {
      arrivals.remove(arrival);
      req.removeAllListeners('data');
      req.resume();
      chunks.length = 0;
      reject(error);
    };
    const endedEarly = (): void => stop(new RequestError('BAD_REQUEST', 'The request ended too early.', 400));
    arrivals.add(arrival);
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limitBytes) stop(tooLarge(limitBytes));
      else chunks.push(chunk);
    });
    req.on('end', () => {
      arrivals.remove(arrival);
      const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
      if (isUtf8(bytes)) resolve(bytes.toString('utf8'));
      else reject(new RequestError('BAD_REQUEST', 'The request body is not UTF-8.', 400));
    });
    req.on('aborted', endedEarly);
    req.on('error', endedEarly);
  });
}

/** What is still to come of the body would be taken for the next request. */
const closing = { headers: { connection: 'close' } };

const tooLarge = (limit: number): RequestError =>
  new RequestError('BODY_TOO_LARGE', `The request body is larger than ${limit} bytes.`, 413, closing);
