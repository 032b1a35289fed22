import type { Identified } from '../identity/identity.ts';
import type { IdentityOptions } from '../options.ts';
import { type Exchange, type Pipeline, type PipelineContext, resolveOperation } from '../pipeline.ts';
import { RequestError } from '../report/errors.ts';
import { refuse } from '../report/refuse.ts';
import { watchLifetime } from './lifetime.ts';
import type { AnswerStream, Subscribe } from './subscribe.ts';

export interface StreamOptions {
  context: PipelineContext;
  execute: Pipeline;
  subscribe: Subscribe;
  identityOptions: IdentityOptions | undefined;
  /** Aborted when the gateway begins to stop: who listens should go on elsewhere, and not wait for the end. */
  stopping: AbortSignal;
}

/** Answers over one HTTP response: all those of a subscription, or the single one of a query, a mutation or a question for the price. */
export function createStream({ context, execute, subscribe, identityOptions, stopping }: StreamOptions) {
  return async function* stream(exchange: Exchange, identified: Identified, abort: AbortController): AnswerStream {
    if (exchange.costOnly || (await kindOf(exchange, context)) !== 'subscription') {
      yield { text: (await execute(exchange)).body };
      return;
    }
    let ended: RequestError | null = null;
    const { caller, expiresAtMs } = identified;
    const stopWatching = watchLifetime(caller, expiresAtMs, identityOptions, (reason) => {
      ended = new RequestError('UNAUTHENTICATED', reason, 401);
      abort.abort();
    });
    try {
      yield* subscribe(exchange, AbortSignal.any([abort.signal, stopping]));
      if (stopping.aborted && !abort.signal.aborted) {
        ended = new RequestError('GATEWAY_UNAVAILABLE', 'The gateway is stopping. Subscribe again.', 503);
      }
      if (ended !== null) yield { text: refuse(ended, exchange.call.requestId, context).body };
    } finally {
      stopWatching();
    }
  };
}

/** A refused operation goes the way of a query: its answer says why. */
async function kindOf(exchange: Exchange, context: PipelineContext): Promise<string | null> {
  try {
    return (await resolveOperation(exchange, context.graph(), context)).kind;
  } catch {
    return null;
  }
}
