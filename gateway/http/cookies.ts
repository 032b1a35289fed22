import type { CookieOptions } from '../options.ts';

export function readCookies(header: string | undefined): Record<string, string> {
  const out: Record<string, string> = Object.create(null);
  if (!header) return out;
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at < 1) continue;
    const name = part.slice(0, at).trim();
    // The first cookie of a name is the one with the most specific path.
    if (!(name in out)) out[name] = decode(part.slice(at + 1).trim());
  }
  return out;
}

function decode(value: string): string {
  const bare = value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}

const sameSite = { lax: 'Lax', strict: 'Strict', none: 'None' };

/** Text of a `Set-Cookie` header. Cookies are httpOnly and SameSite=Lax unless the caller says otherwise. */
export function writeCookie(name: string, value: string, options: CookieOptions = {}): string {
  if (!/^[\w!#$%&'*.^`|~+-]+$/.test(name)) throw new Error(`not a cookie name: ${name}`);
  const parts = [`${name}=${encodeURIComponent(value)}`, `Path=${options.path ?? '/'}`];
  if (options.maxAgeSeconds !== undefined) parts.push(`Max-Age=${Math.floor(options.maxAgeSeconds)}`);
  if (options.httpOnly ?? true) parts.push('HttpOnly');
  if (options.secure) parts.push('Secure');
  parts.push(`SameSite=${sameSite[options.sameSite ?? 'lax']}`);
  return parts.join('; ');
}
