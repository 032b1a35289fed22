import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Vitals, vitalMax, vitalNames } from '../measure/vitals.ts';
import { isFromOurPage, readBody } from './body.ts';
import type { RateLimit } from './rate-limit.ts';
import { addressOf } from './this-machine.ts';
import type { VitalsByRoute } from './vitals-by-route.ts';

/** Where browsers send what they measured of a visit. */
export const VITALS_PATH = '/web-vitals';

const BODY_BYTES_MAX = 2_000;

/** Takes the vitals of one visit. Nothing but the route and the figures is kept: no address, no user, no company. */
export async function takeVitals(
  request: IncomingMessage,
  response: ServerResponse,
  options: {
    readonly publicUrl: string;
    readonly limit: RateLimit;
    readonly vitals: VitalsByRoute;
    readonly routeOf: (path: string) => string | null;
  },
): Promise<void> {
  const end = (status: number): void => void response.writeHead(status, { 'cache-control': 'no-store' }).end();
  if (request.method !== 'POST') return end(405);
  if (!isFromOurPage(request, options.publicUrl)) return end(403);
  if (!options.limit.allows(addressOf(request))) return end(429);
  const body = await readBody(request, BODY_BYTES_MAX);
  if (!body) return end(413);
  const visit = parseVisit(body.toString());
  const route = visit && options.routeOf(visit.path);
  if (!visit || !route) return end(400);
  options.vitals.add(route, visit.vitals);
  end(204);
}

/** A visit as a browser tells it; null when it is none. */
export function parseVisit(text: string): { path: string; vitals: Vitals } | null {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof found !== 'object' || !found || !('path' in found) || typeof found.path !== 'string') return null;
  const given = 'vitals' in found && typeof found.vitals === 'object' && found.vitals ? found.vitals : {};
  const vitals: { -readonly [Name in keyof Vitals]: number } = {};
  for (const name of vitalNames) {
    const value = (given as Record<string, unknown>)[name];
    if (value === undefined) continue;
    if (typeof value !== 'number' || !(value >= 0 && value <= vitalMax[name])) return null;
    vitals[name] = value;
  }
  return Object.keys(vitals).length > 0 ? { path: found.path, vitals } : null;
}
