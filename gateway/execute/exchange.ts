import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/**
 * One request and its whole answer as text. Takes the client's callbacks directly: the streams that its other interfaces make for
 * each answer cost more than the answer.
 */
export function exchange(
  connections: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal | undefined,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    let status = 0;
    let headers: IncomingHttpHeaders = {};
    let first: Buffer | null = null;
    let more: Buffer[] | null = null;
    let onAbort: (() => void) | null = null;
    const done = (): void => {
      if (onAbort) signal?.removeEventListener('abort', onAbort);
    };
    connections.dispatch(options, {
      onRequestStart(controller) {
        if (!signal) return;
        onAbort = () => controller.abort(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
        if (signal.aborted) onAbort();
        else signal.addEventListener('abort', onAbort, { once: true });
      },
      onResponseStart(_, code, received) {
        status = code;
        headers = received;
      },
      onResponseData(_, chunk) {
        if (first === null) first = chunk;
        else if (more === null) more = [first, chunk];
        else more.push(chunk);
      },
      onResponseEnd() {
        done();
        const bytes = more ? Buffer.concat(more) : first;
        resolve({ status, headers, text: bytes ? bytes.toString('utf8') : '' });
      },
      onResponseError(_, error) {
        done();
        reject(error);
      },
    });
  });
}
