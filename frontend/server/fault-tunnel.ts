import type { IncomingMessage, ServerResponse } from 'node:http';
import { isFromOurPage, readBody } from './body.ts';
import type { RateLimit } from './rate-limit.ts';
import { addressOf } from './this-machine.ts';

/** Where browsers send reports of faults, so that no page has to be allowed to talk to another host. */
export const FAULTS_PATH = '/fault-reports';

const BODY_BYTES_MAX = 200_000;
const FORWARD_MS = 10_000;

/** Passes an envelope of the browser on to the operator's Sentry, and to nowhere else; without cookies and addresses. */
export async function passFaults(
  request: IncomingMessage,
  response: ServerResponse,
  options: { readonly dsn: string | undefined; readonly publicUrl: string; readonly limit: RateLimit },
): Promise<void> {
  const end = (status: number): void => void response.writeHead(status, { 'cache-control': 'no-store' }).end();
  const target = options.dsn && envelopeUrl(options.dsn);
  if (!target) return end(404);
  if (request.method !== 'POST') return end(405);
  if (!isFromOurPage(request, options.publicUrl)) return end(403);
  if (!options.limit.allows(addressOf(request))) return end(429);
  const body = await readBody(request, BODY_BYTES_MAX);
  if (!body) return end(413);
  if (dsnOf(body) !== options.dsn) return end(400);
  const passed = await fetch(target, {
    method: 'POST',
    headers: { 'content-type': 'application/x-sentry-envelope' },
    body: new Uint8Array(body),
    redirect: 'error',
    signal: AbortSignal.timeout(FORWARD_MS),
  }).catch(() => null);
  end(passed ? (passed.ok ? 200 : passed.status) : 502);
}

/** Where envelopes for a DSN go: `https://key@host/path/project` has them at `https://host/path/api/project/envelope/`. */
export function envelopeUrl(dsn: string): string | null {
  if (!URL.canParse(dsn)) return null;
  const { protocol, host, pathname, username } = new URL(dsn);
  const [, path = '', project] = /^(.*)\/(\d+)\/?$/.exec(pathname) ?? [];
  if (!project || !username) return null;
  return `${protocol}//${host}${path}/api/${project}/envelope/?sentry_key=${username}&sentry_version=7`;
}

/** The DSN that the first line of an envelope names. */
function dsnOf(body: Buffer): unknown {
  try {
    return (JSON.parse(body.subarray(0, body.indexOf(10)).toString()) as { dsn?: unknown }).dsn;
  } catch {
    return undefined;
  }
}
