import type { Identified } from '../identity/identity.ts';
import type { IdentityOptions } from '../options.ts';
import type { Exchange, PipelineContext } from '../pipeline.ts';
import { RequestError } from '../report/errors.ts';
import { refuse } from '../report/refuse.ts';
import { watchLifetime } from './lifetime.ts';
import type { AnswerStream, Subscribe } from './subscribe.ts';

export interface StreamOptions {
  context: Pick<PipelineContext, 'log' | 'redact'>;
  subscribe: Subscribe;
  identityOptions: IdentityOptions | undefined;
  /** Aborted when the gateway no longer listens: who listens should go on elsewhere, and not wait for the end. */
  stopping: AbortSignal;
}

/** The answers of a subscription over one HTTP response, until it ends or its caller may no longer listen. */
export function createStream({ context, subscribe, identityOptions, stopping }: StreamOptions) {
  return async function* stream(exchange: Exchange, identified: Identified, abort: AbortController): AnswerStream {
    let ended: RequestError | null = null;
    const { caller, expiresAtMs } = identified;
    const stopWatching = watchLifetime(caller, expiresAtMs, identityOptions, (reason) => {
      ended = reason;
      abort.abort();
    });
    try {
      yield* subscribe(exchange, AbortSignal.any([abort.signal, stopping]));
      if (stopping.aborted && !abort.signal.aborted) {
        ended = new RequestError('GATEWAY_UNAVAILABLE', 'The gateway is stopping. Subscribe again.', 503);
      }
      if (ended !== null) yield { text: refuse(ended, exchange.call, context).body };
    } finally {
      stopWatching();
    }
  };
}
