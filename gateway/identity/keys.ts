import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import type { IdentityOptions } from '../options.ts';
import { RequestError } from '../report/errors.ts';
import type { Logger } from '../report/log.ts';

/** A token that names an unknown key makes us ask for the keys again, but not more often than this: anybody can make one up. */
const askedAgainMinMs = 5_000;

/** Keys this old are asked for again, so that one that was withdrawn stops working. */
const ageMaxMs = 600_000;

/** Public keys that tokens are verified by, as they change. */
export interface Keys {
  /** @throws RequestError GATEWAY_UNAVAILABLE (503) where a key may only be missing because the keys cannot be had. */
  readonly find: JWTVerifyGetKey;
  /** Asks for them anew where they are old, while the ones that are there hold on. */
  renew(): void;
  /** How they stand; asks for them where they were not to be had. */
  state(): Promise<'current' | 'kept, not to be had at the moment' | 'missing'>;
}

/** @param changed called when keys came that are not those from before. */
export function createKeys(jwks: IdentityOptions['jwks'], changed: () => void, log: Logger): Keys {
  let known: { readonly text: string; readonly find: JWTVerifyGetKey } | null = null;
  let isRefused = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | null = null;

  async function ask(): Promise<void> {
    try {
      const set = await jwks();
      const text = JSON.stringify(set);
      isRefused = false;
      if (text === known?.text) return;
      known = { text, find: createLocalJWKSet(set) };
      changed();
    } catch (err) {
      isRefused = true;
      log.error({ err }, 'the keys of access tokens cannot be had');
    }
  }

  /** One question for all who wait; null when it was asked too short a while ago to be asked again. */
  function again(): Promise<void> | null {
    if (asking || performance.now() - askedAt < askedAgainMinMs) return asking;
    askedAt = performance.now();
    asking = ask().finally(() => {
      asking = null;
    });
    return asking;
  }

  return {
    async find(header, token) {
      if (!known) await again();
      if (!known) throw unavailable();
      try {
        return await known.find(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        const asked = again();
        await asked;
        if (isRefused) throw unavailable();
        if (!asked) throw error;
        return known.find(header, token);
      }
    },
    renew() {
      if (known && performance.now() - askedAt > ageMaxMs) void again();
    },
    async state() {
      if (!known || isRefused) await again();
      if (!known) return 'missing';
      return isRefused ? 'kept, not to be had at the moment' : 'current';
    },
  };
}

const unavailable = (): RequestError =>
  new RequestError('GATEWAY_UNAVAILABLE', 'Access tokens cannot be verified at the moment. Try again.', 503, {
    headers: { 'retry-after': String(askedAgainMinMs / 1000) },
  });
