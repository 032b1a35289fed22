import type { IncomingMessage, ServerResponse } from 'node:http';
import { isFromOurPage, readBody } from './body.ts';
import { ACCESS_COOKIE, ownerOf, REFRESH_COOKIE } from './cookies.ts';
import { sendOtherSession } from './plain-pages.ts';
import { type SessionOperation, type SessionRequest, sendSession } from './session-operations.ts';

// The forms of the pages without a session. They post before, and without, any script; a password travels in bodies only.

interface Form {
  readonly operation: SessionOperation;
  /** Page that shows the error. */
  readonly page: string;
  /** Where a successful form leads. */
  readonly target: string;
  readonly fields: readonly string[];
  /** Fields that go back to the page after an error, never a password. */
  readonly kept: readonly string[];
}

const forms: Readonly<Record<string, Form>> = {
  '/auth/sign-in': {
    operation: 'SignIn',
    page: '/sign-in',
    target: '/',
    fields: ['email', 'password'],
    kept: ['email', 'next'],
  },
  '/auth/sign-up': {
    operation: 'SignUp',
    page: '/sign-up',
    target: '/',
    fields: ['companyName', 'email', 'password', 'locale'],
    kept: ['companyName', 'email'],
  },
  '/auth/sign-out': { operation: 'SignOut', page: '/', target: '/sign-in', fields: [], kept: [] },
};

const ENDED = [ACCESS_COOKIE, REFRESH_COOKIE].map((name) => `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`);

const BODY_BYTES_MAX = 10_000;

export const isForm = (path: string): boolean => path in forms;

/** Handles one posted form and answers with a redirect. */
export async function handleForm(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  options: { gatewayUrl: string; publicUrl: string; headers: SessionRequest['headers'] },
): Promise<void> {
  const form = forms[path] as Form;
  if (request.method !== 'POST') return refuse(response, 405, 'This address takes forms only.', { allow: 'POST' });
  if (!isFromOurPage(request, options.publicUrl))
    return refuse(response, 403, 'This form was posted from another site.');
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) {
    return refuse(response, 415, 'The body must be application/x-www-form-urlencoded.');
  }
  const sent = await readBody(request, BODY_BYTES_MAX);
  if (!sent) return refuse(response, 413, `The form is larger than ${BODY_BYTES_MAX} bytes.`, { connection: 'close' });
  const body = new URLSearchParams(sent.toString('utf8'));
  if (form.operation === 'SignOut' && isOfOther(body.get('owner'), request)) return sendOtherSession(response);
  const input =
    form.operation === 'SignOut'
      ? { everywhere: body.has('everywhere') }
      : Object.fromEntries(form.fields.map((field) => [field, body.get(field) ?? '']));
  const { setCookies, error } = await sendSession(options.gatewayUrl, {
    operation: form.operation,
    variables: { input },
    headers: options.headers,
  }).catch(() => ({ setCookies: [], error: 'GATEWAY_UNAVAILABLE' }));
  if (setCookies.length > 0) response.appendHeader('set-cookie', [...setCookies]);
  // Whoever leaves has left, whatever the graph says: this browser keeps no session.
  else if (form.operation === 'SignOut') response.appendHeader('set-cookie', ENDED);
  if (form.operation === 'SignOut') return redirect(response, form.target);
  redirect(response, error ? pageWithError(form, error, body) : ownPath(body.get('next'), form.target));
}

/** The page that asks was opened for somebody else, or in another company: whoever is signed in now stays so. */
function isOfOther(owner: string | null, request: IncomingMessage): boolean {
  const there = ownerOf(request.headers.cookie);
  return owner !== null && there !== null && owner !== there;
}

function pageWithError(form: Form, error: string, body: URLSearchParams): string {
  const query = new URLSearchParams({ error });
  for (const field of form.kept) {
    const value = body.get(field);
    if (value) query.set(field, value);
  }
  return `${form.page}?${query}`;
}

/** A path of this site. Anything that could lead elsewhere, such as `//host` or a backslash, becomes the fallback. */
export function ownPath(path: string | null, fallback: string): string {
  if (!path || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path)) return fallback;
  return new URL(path, 'http://own').host === 'own' ? path : fallback;
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location, 'cache-control': 'no-store', 'content-length': 0 }).end();
}

function refuse(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response
    .writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .end(`${text}\n`);
}
