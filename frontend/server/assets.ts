import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { COMPRESSED } from './finish-build.ts';

const PREFIX = '/_next/static/';
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};
/** In the order in which we would rather send them. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

export type SendAsset = (request: IncomingMessage, response: ServerResponse, path: string) => boolean;

/**
 * Sends the files of a build whose names change with their content, as they were compressed at build time, and tells browsers to
 * keep them for good. Answers false for what it does not have: that is left to Next.
 */
export function assetsOf(buildFolder: string): SendAsset {
  const folder = join(buildFolder, COMPRESSED);
  // The folder of a build does not change while it is served: only what is in it now can be asked for.
  const sizes = new Map(
    existsSync(folder)
      ? readdirSync(folder, { withFileTypes: true, recursive: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .map((file) => [relative(folder, file).split(sep).join('/'), statSync(file).size])
      : [],
  );
  return (request, response, path) => {
    if (!path.startsWith(PREFIX) || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
    const name = path.slice(PREFIX.length);
    const accepted = acceptedEncodings(request.headers['accept-encoding']);
    const found = ENCODINGS.find(([encoding, ending]) => accepted.has(encoding) && sizes.has(name + ending));
    if (!found) return false;
    const [encoding, ending] = found;
    response.writeHead(200, {
      'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
      'content-encoding': encoding,
      'content-length': sizes.get(name + ending),
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      vary: 'accept-encoding',
    });
    if (request.method === 'HEAD') response.end();
    else {
      const file = createReadStream(join(folder, name + ending));
      file.on('error', () => response.destroy()).pipe(response);
      response.on('close', () => file.destroy());
    }
    return true;
  };
}

function acceptedEncodings(header: string | string[] | undefined): ReadonlySet<string> {
  const parts = String(header ?? '').split(',');
  const named = parts.map((part) => part.trim().split(/\s*;\s*q=/)).filter(([, weight]) => weight !== '0');
  return new Set(named.map(([name]) => String(name).toLowerCase()));
}
