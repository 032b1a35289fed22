import type { JWTPayload } from 'jose';
import { localeOfTag } from '../http/locale.ts';
import type { Caller } from '../options.ts';

/** Where tokens of an issuer that is not ours say what their bearer may do. */
export interface ClaimNames {
  /** Claim with what `@requiresScopes` asks for. */
  readonly scopes: string;
  /** Claim with what `@policy` asks for, besides the scopes. */
  readonly roles?: string | undefined;
}

/** Reads callers from the claims of any issuer. Null for a token that names nobody. */
export function callerFrom({ scopes, roles }: ClaimNames): (claims: JWTPayload) => Caller | null {
  return (claims) => {
    const { sub, locale } = claims;
    if (typeof sub !== 'string') return null;
    return {
      tenantId: '',
      userId: sub,
      clientId: null,
      sessionId: null,
      permissions: wordsOf(claimAt(claims, scopes)),
      roles: roles === undefined ? [] : wordsOf(claimAt(claims, roles)),
      locale: typeof locale === 'string' ? localeOfTag(locale) : null,
      budget: null,
    };
  };
}

/** A claim by its name, or by names with dots between them where it lies in others, such as `realm_access.roles`. */
function claimAt(claims: JWTPayload, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    return (value as Record<string, unknown>)[part];
  }, claims);
}

/** Some issuers write lists as one text with blanks, others as lists. */
function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split(' ').filter(Boolean);
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
