import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import { readCookies } from '../http/cookies.ts';
import type { Caller, IdentityOptions } from '../options.ts';
import { inTime } from '../redis.ts';
import { RequestError } from '../report/errors.ts';
import type { Logger } from '../report/log.ts';
import { isSameOrigin, mayUseCookies } from './csrf.ts';
import type { Keys } from './keys.ts';
import { createTokenVerifier, unauthenticated } from './tokens.ts';

export interface Identified {
  caller: Caller | null;
  /** Cookies a subgraph may see: none where another site may have caused the request. */
  cookies: Record<string, string>;
  /** When the caller has to be looked at again; null for API keys and anonymous callers. */
  expiresAtMs: number | null;
}

export interface Identity {
  /** @throws RequestError UNAUTHENTICATED or CSRF_REJECTED */
  identify(headers: IncomingHttpHeaders): Promise<Identified>;
  /**
   * For a WebSocket whose first message brings no credentials: those in the headers of its handshake, and the cookies of a browser
   * when the page it comes from is ours.
   * @throws RequestError UNAUTHENTICATED
   */
  identifyHandshake(headers: IncomingHttpHeaders): Promise<Identified>;
  /** For a connection whose credentials come with its first message. */
  identifyWith(credentials: { token?: string | undefined; apiKey?: string | undefined }): Promise<Identified>;
  /** How the keys stand that access tokens are verified by; null where there are none. */
  readonly keys: Keys['state'] | null;
}

const nobody: Identified = { caller: null, cookies: {}, expiresAtMs: null };

/** A resolved API key is believed this long, so that a revoked one stops working soon. */
const apiKeyAgeMaxMs = 10_000;

/** Milliseconds in which those who know have to answer. */
const answerMs = 10_000;

/** No key of ours is longer, and what strangers make up must not fill the memory. */
const apiKeyCharactersMax = 200;

export function createIdentity(options: IdentityOptions | undefined, log: Logger): Identity {
  if (!options) {
    const anonymous = (): Promise<Identified> => Promise.resolve(nobody);
    return { identify: anonymous, identifyHandshake: anonymous, identifyWith: anonymous, keys: null };
  }
  const tokens = createTokenVerifier(options, log);
  const apiKeys = new LRUCache<string, { caller: Caller | null }>({ max: 10_000, ttl: apiKeyAgeMaxMs });
  const accessCookie = options.accessCookie ?? 'valeo_access';
  const clientHeader = options.clientHeader ?? 'x-valeo-client';
  const allowedOrigins = options.allowedOrigins ?? [];

  async function byToken(token: string): Promise<Omit<Identified, 'cookies'>> {
    const { caller, expiresAtMs } = await tokens.verify(token);
    const { sessionId } = caller;
    if (sessionId && options?.isSessionActive) {
      const isActive = await found(() => options.isSessionActive?.(sessionId));
      if (!isActive) throw unauthenticated('The session has ended.');
    }
    return { caller, expiresAtMs };
  }

  /** @throws RequestError GATEWAY_UNAVAILABLE where those who know cannot be asked: it is not the caller who is to blame. */
  async function found<T>(ask: () => T | Promise<T>): Promise<T> {
    try {
      return await inTime(Promise.resolve(ask()), answerMs);
    } catch (err) {
      log.error({ err }, 'a caller could not be identified');
      throw new RequestError('GATEWAY_UNAVAILABLE', 'Callers cannot be identified at the moment. Try again.', 503, {
        headers: { 'retry-after': '1' },
      });
    }
  }

  async function byApiKey(key: string): Promise<Omit<Identified, 'cookies'>> {
    if (key.length > apiKeyCharactersMax) throw unauthenticated('The API key is not valid.');
    let known = apiKeys.get(key);
    if (!known) {
      known = { caller: (await found(() => options?.resolveApiKey?.(key))) ?? null };
      apiKeys.set(key, known);
    }
    if (!known.caller) throw unauthenticated('The API key is not valid.');
    return { caller: known.caller, expiresAtMs: null };
  }

  /** Null when they hold no credentials. A page of another site cannot set them. */
  async function byHeaders(headers: IncomingHttpHeaders): Promise<Omit<Identified, 'cookies'> | null> {
    const apiKey = headers['x-api-key'];
    if (headers.authorization !== undefined) return byToken(bearer(headers.authorization));
    return typeof apiKey === 'string' ? byApiKey(apiKey) : null;
  }

  return {
    keys: tokens.keys,
    async identify(headers) {
      const cookies = headers.cookie === undefined ? null : readCookies(headers.cookie);
      const trusted = cookies !== null && mayUseCookies(headers, clientHeader, allowedOrigins);
      const shown = trusted ? cookies : {};
      const known = await byHeaders(headers);
      if (known) return { ...known, cookies: shown };
      const token = cookies?.[accessCookie];
      if (!token) return { ...nobody, cookies: shown };
      if (!trusted) {
        throw new RequestError(
          'CSRF_REJECTED',
          `A request with cookies must come from this site and carry the header ${clientHeader}.`,
          403,
        );
      }
      // An access cookie that has run out must not stand in the way of the request that renews it.
      const renewable = await byToken(token).catch((error: unknown) => {
        if (error instanceof RequestError && error.status === 401) return { caller: null, expiresAtMs: null };
        throw error;
      });
      return { ...renewable, cookies: shown };
    },
    async identifyHandshake(headers) {
      const shown = await byHeaders(headers);
      if (shown) return { ...shown, cookies: {} };
      const token = readCookies(headers.cookie)[accessCookie];
      if (!token || !isSameOrigin(headers, allowedOrigins)) return nobody;
      return { ...(await byToken(token)), cookies: {} };
    },
    async identifyWith({ token, apiKey }) {
      if (token !== undefined) return { ...(await byToken(token)), cookies: {} };
      if (apiKey !== undefined) return { ...(await byApiKey(apiKey)), cookies: {} };
      return nobody;
    },
  };
}

function bearer(authorization: string): string {
  const match = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization);
  if (!match) throw unauthenticated('The Authorization header must have the form "Bearer <token>".');
  return match[1] as string;
}
