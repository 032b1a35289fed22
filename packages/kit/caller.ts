import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Permission } from './permissions.ts';

export type Locale = 'de' | 'en';

/** Who calls, for which company, with which rights. Verified once by the gateway and handed to every subgraph. */
export interface Caller {
  readonly tenantId: string;
  /** Null for an API client. */
  readonly userId: string | null;
  readonly clientId: string | null;
  readonly sessionId: string | null;
  readonly permissions: readonly Permission[];
  readonly locale: Locale;
  /** Token bucket of an API client; null means the defaults for a signed-in user. */
  readonly budget: { readonly size: number; readonly refillPerSecond: number } | null;
}

const MAX_AGE_MS = 60_000;

/** What a gateway tells a subgraph about a call; null as the caller is a stranger. */
export interface SignedCall {
  readonly caller: Caller | null;
  readonly locale?: Locale;
  /** The client's HTTP exchange, for the one domain that handles sign-in. */
  readonly http?: {
    readonly cookies: Readonly<Record<string, string>>;
    readonly ip: string;
    readonly userAgent: string;
  };
}

/** Signs a call for the way to a subgraph over HTTP; valid for one minute. */
export function signCall({ caller, locale, http }: SignedCall, secret: string, now = Date.now()): string {
  const body = Buffer.from(JSON.stringify({ caller, locale, http, at: now })).toString('base64url');
  return `${body}.${mac(body, secret)}`;
}

export const signCaller = (caller: Caller | null, secret: string, now = Date.now()): string =>
  signCall({ caller }, secret, now);

/** Returns the caller of a signed header, or null when the signature is wrong or too old. */
export const verifyCaller = (header: string, secret: string, now = Date.now()): Caller | null =>
  verifyCall(header, secret, now)?.caller ?? null;

/** Tells a stranger (`caller` is null) from a header that was not signed by us (the answer is null). */
export function verifyCall(header: string, secret: string, now = Date.now()): SignedCall | null {
  const signed = signedBy(header, secret);
  if (!signed) return null;
  const { at, ...call } = signed;
  return Math.abs(now - at) <= MAX_AGE_MS ? call : null;
}

/** Seconds since a header was signed by us, by our own clock; null where it was not. */
export function secondsSinceSigned(header: string, secret: string, now = Date.now()): number | null {
  const signed = signedBy(header, secret);
  return signed && Math.round((now - signed.at) / 1000);
}

function signedBy(header: string, secret: string): (SignedCall & { at: number }) | null {
  const [body, signature, ...rest] = header.split('.');
  if (!body || !signature || rest.length > 0) return null;
  const expected = Buffer.from(mac(body, secret));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
  return JSON.parse(Buffer.from(body, 'base64url').toString()) as SignedCall & { at: number };
}

const mac = (body: string, secret: string) => createHmac('sha256', secret).update(body).digest('base64url');
