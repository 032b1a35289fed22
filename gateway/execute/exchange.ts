import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** Nothing of it had come for so long that a lost connection was thought of. */
  wasSlow: boolean;
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

/** Milliseconds without a sign of an answer, after which the connection itself may be what is lost. */
const silenceMs = 2_500;

/**
 * One request and its whole answer as text. With `fresh` it goes out once more, over a connection of its own, when nothing comes back:
 * of a machine that is gone, or of a way that has forgotten a connection, no connection ever hears. The first answer counts, so what is
 * only slow does not fail. Takes the client's callbacks directly: the streams that its other interfaces make for
 * each answer cost more than the answer.
 * @throws CallTimeout or AnswerTooLarge beyond the limits, CallAborted by the signal
 */
export function exchange(
  connections: Dispatcher,
  request: Dispatcher.DispatchOptions,
  { timeoutMs, answerBytes }: CallLimits,
  signal: AbortSignal | undefined,
  fresh?: () => Dispatcher | null,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    let status = 0;
    let headers: IncomingHttpHeaders = {};
    let size = 0;
    let first: Buffer | null = null;
    let more: Buffer[] | null = null;
    let controller: Dispatcher.DispatchController | null = null;
    let stopped: Error | null = null;
    let wasSlow = false;
    /** The same, asked once more. */
    let second: AbortController | null = null;
    let failed: Error | null = null;
    const stop = (error: Error): void => {
      stopped = error;
      done();
      controller?.abort(error);
      reject(error);
    };
    const onAbort = (): void => stop(new CallAborted());
    const expire = (): void => stop(new CallTimeout());
    const askAgain = (): void => {
      const other = fresh?.();
      if (!other) return;
      second = new AbortController();
      const rest = { timeoutMs: timeoutMs - silenceMs, answerBytes };
      exchange(other, { ...request, reset: true }, rest, second.signal).then(
        (reply) => {
          stopped = new CallAborted();
          done();
          controller?.abort(stopped);
          resolve(reply);
        },
        (error) => {
          second = null;
          if (failed) stop(failed);
          else if (isGone(error)) stop(error);
        },
      );
    };
    const onSilence = (): void => {
      timer = setTimeout(expire, timeoutMs - silenceMs);
      if (status !== 0) return;
      wasSlow = true;
      // What still waits for its connection has lost none.
      if (controller) askAgain();
    };
    let timer = timeoutMs > silenceMs ? setTimeout(onSilence, silenceMs) : setTimeout(expire, timeoutMs);
    const done = (): void => {
      clearTimeout(timer);
      second?.abort();
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
          resolve({ status, headers, text: bytes ? bytes.toString('utf8') : '', wasSlow });
        },
        onResponseError(_, error) {
          // The other one may still be answered.
          if (second) {
            failed = error;
            return;
          }
          done();
          reject(error);
        },
      },
    );
  });
}

/** Nobody is there any more. What refuses connections may be stopping, and answers what it has been asked. */
const isGone = (error: { code?: string }): boolean =>
  ['UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH', 'ENETUNREACH'].includes(error.code ?? '');
