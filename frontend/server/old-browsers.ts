import type { IncomingMessage, ServerResponse } from 'node:http';
import { ownPath } from './forms.ts';
import { sendOutdated } from './plain-pages.ts';

/** Oldest version of each engine that the app is built for; `browserslist` in package.json says the same to the build. */
export const oldestSupported = { chrome: 111, edge: 111, firefox: 128, safari: 16.4 } as const;

const COOKIE = 'valeo-any-browser';
/** Whoever goes on anyway is not asked again for a day. */
const GO_ON_SECONDS = 86_400;

/** Answers visitors whose browser cannot run the app with a page that says so and lets them try; true when it has answered. */
export function turnAway(request: IncomingMessage, response: ServerResponse, path: string): boolean {
  const url = request.url ?? '/';
  if (path === '/auth/any-browser') {
    const next = ownPath(new URL(url, 'http://own').searchParams.get('next'), '/');
    const cookie = `${COOKIE}=1; Path=/; Max-Age=${GO_ON_SECONDS}; SameSite=Lax; HttpOnly`;
    response.writeHead(303, { location: next, 'set-cookie': cookie, 'cache-control': 'no-store' }).end();
    return true;
  }
  const isPage = request.method === 'GET' && String(request.headers.accept ?? '').includes('text/html');
  if (!isPage || !isOutdated(request.headers['user-agent'])) return false;
  if (new RegExp(`(^|; )${COOKIE}=1`).test(request.headers.cookie ?? '')) return false;
  sendOutdated(response, url);
  return true;
}

/** Whether this is a browser of a known kind and too old. What is not known gets the app. */
export function isOutdated(agent: string | undefined): boolean {
  if (!agent) return false;
  if (/\b(MSIE |Trident\/)/.test(agent)) return true;
  const version = (pattern: RegExp): number => Number.parseFloat(pattern.exec(agent)?.[1] ?? 'NaN');
  // The order matters: each claims to be those that come after it.
  const edge = version(/\bEdg(?:e|A|iOS)?\/(\d+)/);
  if (!Number.isNaN(edge) && !/EdgiOS/.test(agent)) return edge < oldestSupported.edge;
  const firefox = version(/\bFirefox\/(\d+)/);
  if (!Number.isNaN(firefox)) return firefox < oldestSupported.firefox;
  const chrome = version(/\b(?:Chrome|Chromium)\/(\d+)/);
  if (!Number.isNaN(chrome)) return chrome < oldestSupported.chrome;
  // On iPhones every browser is Safari inside; the version of the system tells which.
  const ios = /\b(?:iPhone )?OS (\d+)_(\d+).* like Mac OS X/.exec(agent);
  if (ios) return Number(ios[1]) + Number(ios[2]) / 10 < oldestSupported.safari;
  const safari = /\bVersion\/(\d+(?:\.\d+)?)\S* .*Safari\//.exec(agent);
  return safari ? Number(safari[1]) < oldestSupported.safari : false;
}
