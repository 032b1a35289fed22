export const ACCESS_COOKIE = 'valeo_access';
export const REFRESH_COOKIE = 'valeo_refresh';

/** Cookies of a request, by name. */
export function readCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0) cookies.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  return cookies;
}

/** The `Cookie` header that the browser would send after it has taken these `Set-Cookie` headers. */
export function applySetCookies(header: string | undefined, setCookies: readonly string[]): string {
  const cookies = readCookies(header);
  for (const line of setCookies) {
    const [pair = '', ...attributes] = line.split(';');
    const at = pair.indexOf('=');
    if (at < 1) continue;
    const ends = attributes.some((attribute) => /^\s*max-age=(0|-\d+)\s*$/i.test(attribute));
    if (ends) cookies.delete(pair.slice(0, at).trim());
    else cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}

/** What an access token says. Its signature is the gateway's business: a forged one gains nothing here. */
export function readToken(token: string | undefined): { exp?: number; sub?: string; tid?: string } {
  try {
    return JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString('utf8')) ?? {};
  } catch {
    return {};
  }
}

/** Company and person of a request's session as `<company>.<person>`; null without a session. */
export function ownerOf(cookieHeader: string | undefined): string | null {
  const { tid, sub } = readToken(readCookies(cookieHeader).get(ACCESS_COOKIE));
  return typeof tid === 'string' && typeof sub === 'string' && /^[\w-]+$/.test(tid + sub) ? `${tid}.${sub}` : null;
}
