import { type NextRequest, NextResponse } from 'next/server';
import { displayCookie, parseDisplay, writeDisplay } from './i18n/display.ts';

/**
 * Gives every page its own content security policy. Style attributes are allowed because virtual rows are placed by
 * them; scripts run only with the nonce of this one response, so injected markup stays text.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const development = process.env.NODE_ENV === 'development';
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search);
  // A page without script offers languages as links; the choice joins the others in the display cookie.
  const wished = request.nextUrl.searchParams.get('lang');
  if (wished === 'de' || wished === 'en') {
    const target = request.nextUrl.clone();
    target.searchParams.delete('lang');
    const redirect = NextResponse.redirect(target);
    const display = parseDisplay(request.cookies.get(displayCookie)?.value);
    redirect.cookies.set(displayCookie, writeDisplay({ ...display, locale: wished }), {
      path: '/',
      maxAge: 31_536_000,
      sameSite: 'lax',
    });
    return redirect;
  }
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('referrer-policy', 'same-origin');
  return response;
}

export const config = {
  matcher: [{ source: '/((?!_next/static|_next/image).*)' }],
};
