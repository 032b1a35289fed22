import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** What one call may take. */
export interface CallLimits {
  /** Milliseconds until its answer is complete. */
  timeoutMs: number;
  answerBytes: number;
}

export class CallTimeout extends Error {}
export class CallAborted extends Error {}
export class AnswerTooLarge extends Error {}

/**
 * One request and its whole answer as text. Takes the client's callbacks directly: the streams that its other interfaces make for
 * each answer cost more than the answer.
 * @throws CallTimeout or AnswerTooLarge beyond the limits, CallAborted by the signal
 */
export function exchange(
  connections: Dispatcher,
  request: Dispatcher.DispatchOptions,
  { timeoutMs, answerBytes }: CallLimits,
  signal: AbortSignal | undefined,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    let status = 0;
    let headers: IncomingHttpHeaders = {};
    let size = 0;
    let first: Buffer | null = null;
    let more: Buffer[] | null = null;
    let controller: Dispatcher.DispatchController | null = null;
    let stopped: Error | null = null;
    const stop = (error: Error): void => {
      stopped = error;
      done();
      controller?.abort(error);
      reject(error);
    };
    const onAbort = (): void => stop(new CallAborted());
    const deadline = setTimeout(() => stop(new CallTimeout()), timeoutMs);
    const done = (): void => {
      clearTimeout(deadline);
      signal?.removeEventListener('abort', onAbort);
    };
    if (signal?.aborted) {
      onAbort();
      return;
    }
    signal?.addEventListener('abort', onAbort, { once: true });
    // The time of the whole call is watched here, the wait for a connection included.
    connections.dispatch(
      { ...request, headersTimeout: 0, bodyTimeout: 0 },
      {
        onRequestStart(started) {
          controller = started;
          if (stopped) started.abort(stopped);
        },
        onResponseStart(_, code, received) {
          status = code;
          headers = received;
        },
        onResponseData(_, chunk) {
          size += chunk.length;
          if (size > answerBytes) stop(new AnswerTooLarge());
          else if (first === null) first = chunk;
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
      },
    );
  });
}
