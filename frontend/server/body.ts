import type { IncomingMessage } from 'node:http';

/** Browsers name the origin of everything they post. What names none is no browser and has no cookies that could be abused. */
export function isFromOurPage(request: IncomingMessage, publicUrl: string): boolean {
  const { origin, host, cookie } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin === undefined) return site === 'same-origin' || (site === undefined && cookie === undefined);
  if (origin === publicUrl) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** The body of a request; null when it is larger than allowed. */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bytesMax) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
