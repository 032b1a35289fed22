import { createLocalJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Caller, IdentityOptions } from '../options.ts';
import { RequestError } from '../report/errors.ts';

/** Only asymmetric signatures: a public key can then never be mistaken for a shared secret. */
const algorithms = ['EdDSA'];

/** An unknown key id makes us ask for the keys again, but not more often than this. */
const keysAgeMinMs = 5_000;

export interface TokenVerifier {
  /** @throws RequestError UNAUTHENTICATED (401) for every token that is not ours, not yet or no longer valid. */
  verify(token: string): Promise<VerifiedToken>;
}

export interface VerifiedToken {
  caller: Caller;
  expiresAtMs: number;
}

export function createTokenVerifier(options: IdentityOptions): TokenVerifier {
  let keys: ReturnType<typeof createLocalJWKSet> | undefined;
  let loadedAt = 0;
  const load = async (): Promise<void> => {
    loadedAt = Date.now();
    keys = createLocalJWKSet(await options.jwks());
  };
  // A verified token stays verified until it expires: checking a signature costs more than a small query.
  const verified = new LRUCache<string, VerifiedToken>({ max: 20_000 });
  const check = async (token: string): Promise<JWTPayload> => {
    if (!keys) await load();
    const { payload } = await jwtVerify(token, keys as NonNullable<typeof keys>, {
      algorithms,
      typ: 'at+jwt',
      issuer: options.issuer ?? 'valeo',
      audience: options.audience ?? 'valeo-api',
      requiredClaims: ['sub', 'tid', 'exp'],
    });
    return payload;
  };
  return {
    async verify(token) {
      const known = verified.get(token);
      if (known) {
        if (known.expiresAtMs > Date.now()) return known;
        verified.delete(token);
        throw unauthenticated('The access token has expired.');
      }
      let payload: JWTPayload;
      try {
        payload = await check(token).catch(async (error: unknown) => {
          if (!(error instanceof errors.JWKSNoMatchingKey) || Date.now() - loadedAt < keysAgeMinMs) throw error;
          await load();
          return check(token);
        });
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw unauthenticated('The access token has expired.');
        if (error instanceof errors.JOSEError) throw unauthenticated('The access token is not valid.');
        throw error;
      }
      const out = { caller: callerOf(payload), expiresAtMs: (payload.exp as number) * 1000 };
      verified.set(token, out);
      return out;
    },
  };
}

function callerOf(payload: JWTPayload): Caller {
  const { sub, tid, sid, cid, scope, locale } = payload;
  if (typeof sub !== 'string' || typeof tid !== 'string') throw unauthenticated('The access token is not valid.');
  return {
    tenantId: tid,
    userId: sub,
    clientId: typeof cid === 'string' ? cid : null,
    sessionId: typeof sid === 'string' ? sid : null,
    permissions: typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [],
    locale: locale === 'en' ? 'en' : 'de',
    budget: null,
  };
}

export const unauthenticated = (message: string): RequestError =>
  new RequestError('UNAUTHENTICATED', message, 401, {
    headers: { 'www-authenticate': 'Bearer realm="graph", error="invalid_token"' },
  });
