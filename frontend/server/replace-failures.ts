import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendFailure } from './plain-pages.ts';

/**
 * A document that could not be rendered is a page made by scripts alone, and without them an empty one: it gives way to a page
 * that needs nothing. Navigations inside the app keep their frame and the error boundary of their page.
 */
export function replaceFailures(request: IncomingMessage, response: ServerResponse, requestId: string): void {
  const { accept, rsc } = request.headers;
  if (rsc !== undefined || !String(accept ?? '').includes('text/html')) return;
  const { writeHead, write, end } = response;
  let decided = false;
  let replaced = false;

  const isReplaced = (): boolean => {
    if (decided) return replaced;
    decided = true;
    if (response.statusCode < 500) return false;
    replaced = true;
    // Whoever has wrapped the answer since, to compress it, is out of the way only here: a page that came is theirs to write.
    Object.assign(response, { writeHead, write, end });
    for (const name of response.getHeaderNames()) {
      if (name !== 'x-request-id' && name !== 'set-cookie') response.removeHeader(name);
    }
    sendFailure(response, requestId, request.url ?? '/');
    // What the renderer still has to say goes nowhere.
    Object.assign(response, { write: () => true, end: () => response });
    return true;
  };

  Object.assign(response, {
    writeHead: (status: number, ...rest: unknown[]) => {
      response.statusCode = status;
      return isReplaced() ? response : Reflect.apply(writeHead, response, [status, ...rest]);
    },
    write: (...chunk: unknown[]) => isReplaced() || Reflect.apply(write, response, chunk),
    end: (...chunk: unknown[]) => (isReplaced() ? response : Reflect.apply(end, response, chunk)),
  });
}
