import type { SubgraphCall } from '../options.ts';
import type { Cache } from './cache.ts';

/** Carried by a client whose last write the gateways could not be told of. */
const cookie = 'valeo_unmarked_write';
const ageMaxSeconds = 3_600;

/** Whether the caller has written something that not every gateway may know of. */
export const hasUnmarkedWrite = ({ http }: SubgraphCall): boolean => http?.cookies[cookie] !== undefined;

/**
 * Marks that the caller has written, so that it reads nothing older from now on, on any gateway. Where that cannot be said to all of
 * them, since Redis is away, the client itself carries the mark to the one it asks next.
 * @returns whether all know.
 */
export async function markWrite(cache: Cache, call: SubgraphCall): Promise<boolean> {
  const isKnown = await cache.written(call);
  if (!isKnown) call.http?.setCookie(cookie, '1', { maxAgeSeconds: ageMaxSeconds });
  else if (hasUnmarkedWrite(call)) call.http?.setCookie(cookie, '', { maxAgeSeconds: 0 });
  return isKnown;
}
