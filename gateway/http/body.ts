import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { RequestError } from '../report/errors.ts';

/**
 * Reads a request's body as UTF-8 text.
 * @throws RequestError BODY_TOO_LARGE as soon as the limit is passed, without reading on; BAD_REQUEST for broken UTF-8
 * or a compressed body, which could unpack to any size.
 */
export function readBody(req: IncomingMessage, limitBytes: number): Promise<string> {
  const encoding = req.headers['content-encoding'];
  if (encoding && encoding !== 'identity') {
    return Promise.reject(new RequestError('BAD_REQUEST', 'Compressed request bodies are not accepted.', 415));
  }
  if (Number(req.headers['content-length'] ?? 0) > limitBytes) return Promise.reject(tooLarge(limitBytes));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limitBytes) {
        req.removeAllListeners('data');
        req.resume();
        reject(tooLarge(limitBytes));
        return;
      }
      chunks.push(chunk);
    });
    req.on('end', () => {
      const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
      if (isUtf8(bytes)) resolve(bytes.toString('utf8'));
      else reject(new RequestError('BAD_REQUEST', 'The request body is not UTF-8.', 400));
    });
    req.on('aborted', () => reject(new RequestError('BAD_REQUEST', 'The request ended too early.', 400)));
    req.on('error', () => reject(new RequestError('BAD_REQUEST', 'The request ended too early.', 400)));
  });
}

const tooLarge = (limit: number): RequestError =>
  new RequestError('BODY_TOO_LARGE', `The request body is larger than ${limit} bytes.`, 413, {
    headers: { connection: 'close' },
  });
