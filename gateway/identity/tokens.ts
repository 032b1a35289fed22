import { errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Caller, IdentityOptions } from '../options.ts';
import { RequestError } from '../report/errors.ts';
import type { Logger } from '../report/log.ts';
import { createKeys, type Keys } from './keys.ts';

/** Signatures that can be allowed: with asymmetric ones only, a public key is never mistaken for a shared secret. */
export const signatures = [
  'EdDSA',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
] as const;

export interface TokenVerifier {
  /** @throws RequestError UNAUTHENTICATED (401) for every token that is not ours, not yet or no longer valid. */
  verify(token: string): Promise<VerifiedToken>;
  /** How the keys stand that tokens are verified by. */
  readonly keys: Keys['state'];
}

export interface VerifiedToken {
  caller: Caller;
  expiresAtMs: number;
}

export function createTokenVerifier(options: IdentityOptions, log: Logger): TokenVerifier {
  const { issuer = 'valeo', audience = 'valeo-api', algorithms = ['EdDSA'], tokenType = 'at+jwt' } = options;
  const { callerOf = ownCaller } = options;
  const expected: JWTVerifyOptions = {
    algorithms: algorithms.filter((one) => signatures.includes(one)),
    issuer,
    audience,
    requiredClaims: ['sub', 'exp'],
    ...(tokenType !== null && { typ: tokenType }),
  };
  // A verified token stays verified until it expires or keys change: checking a signature costs more than a small query.
  const verified = new LRUCache<string, VerifiedToken>({ max: 20_000 });
  const keys = createKeys(options.jwks, () => verified.clear(), log);
  return {
    keys: keys.state,
    async verify(token) {
      keys.renew();
      const known = verified.get(token);
      if (known) {
        if (known.expiresAtMs > Date.now()) return known;
        verified.delete(token);
        throw unauthenticated('The access token has expired.');
      }
      let payload: JWTPayload;
      try {
        ({ payload } = await jwtVerify(token, keys.find, expected));
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw unauthenticated('The access token has expired.');
        if (error instanceof errors.JOSEError) throw unauthenticated('The access token is not valid.');
        throw error;
      }
      const caller = callerOf(payload);
      if (!caller) throw unauthenticated('The access token is not valid.');
      const out = { caller, expiresAtMs: (payload.exp as number) * 1000 };
      verified.set(token, out);
      return out;
    },
  };
}

function ownCaller({ sub, tid, sid, cid, scope, locale }: JWTPayload): Caller | null {
  if (typeof sub !== 'string' || typeof tid !== 'string') return null;
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
