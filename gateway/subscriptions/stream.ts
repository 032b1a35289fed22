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
}

/** The answers of a subscription over one HTTP response, until it ends or its caller may no longer listen. */
export function createStream({ context, subscribe, identityOptions }: StreamOptions) {
  return async function* stream(exchange: Exchange, identified: Identified, abort: AbortController): AnswerStream {
    let ended: string | null = null;
    const { caller, expiresAtMs } = identified;
    const stopWatching = watchLifetime(caller, expiresAtMs, identityOptions, (reason) => {
      ended = reason;
      abort.abort();
    });
    try {
      yield* subscribe(exchange, abort.signal);
      if (ended !== null) {
        const { body } = refuse(new RequestError('UNAUTHENTICATED', ended, 401), exchange.call.requestId, context);
        yield { text: body };
      }
    } finally {
      stopWatching();
    }
  };
}
