import { setTimeout as sleep } from 'node:timers/promises';
import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  circuitBreaker,
  handleWhen,
  SamplingBreaker,
} from 'cockatiel';
import type { Subgraph } from '../execute/run.ts';
import { RequestError } from '../report/errors.ts';
import { isRepeatable } from './idempotency.ts';

export interface ResilienceOptions {
  /** Further tries of a read that did not get through. */
  retries: number;
  /** Calls under way to one subgraph, and those that wait for a place. */
  concurrent: number;
  waiting: number;
  /** Share of failed calls, within ten seconds, from which a subgraph is left alone. */
  breakAt: number;
  /** Milliseconds until a subgraph that was left alone is tried again. */
  restMs: number;
}

export const defaultResilience: ResilienceOptions = {
  retries: 2,
  concurrent: 200,
  waiting: 1_000,
  breakAt: 0.5,
  restMs: 5_000,
};

/** Fewer calls a second than this say nothing about a subgraph's health. */
const callsPerSecondMin = 1;

/** Longest wait before the first retry; it doubles with each. The wait itself is drawn at random, so that nobody retries in step. */
const firstWaitMs = 50;

/** What took longer to fail would take as long once more, as where nothing answers at all. */
const retryMs = 2_000;

/** Of a hundred calls, so many may be retries: a subgraph that is down gets no multiple of its load. */
const retriesPerHundred = 20;

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface GuardEvents {
  changed?(state: BreakerState): void;
  showCalls?(calls: () => { running: number; waiting: number }): void;
}

/**
 * Puts a remote subgraph behind retries, a circuit breaker and a bulkhead, so that one that is slow or down costs its own fields
 * and nothing else. Reads are tried again, and writes that carry an idempotency key: any other write may have been done although
 * its answer was lost.
 */
export function guard(
  subgraph: Subgraph,
  options: ResilienceOptions,
  { changed, showCalls }: GuardEvents = {},
): Subgraph {
  const breaker = circuitBreaker(handleWhen(isUnavailable), {
    halfOpenAfter: options.restMs,
    breaker: new SamplingBreaker({ threshold: options.breakAt, duration: 10_000, minimumRps: callsPerSecondMin }),
  });
  breaker.onStateChange((state) => changed?.(stateNames[state]));
  const places = bulkhead(options.concurrent, options.waiting);
  showCalls?.(() => ({
    running: options.concurrent - places.executionSlots,
    waiting: options.waiting - places.queueSlots,
  }));
  // Calls add to it and retries take from it.
  let retryBudget = retriesPerHundred;

  return {
    ...subgraph,
    async execute(operation, variables, representations, run) {
      retryBudget = Math.min(retriesPerHundred, retryBudget + retriesPerHundred / 100);
      const retryUntil = performance.now() + retryMs;
      for (let attempt = 0; ; attempt++) {
        try {
          return await places.execute(() => {
            // The breaker would let everybody else wait for the one call that decides whether the subgraph is back.
            if (breaker.state === CircuitState.HalfOpen) throw new BrokenCircuitError();
            return breaker.execute(() => {
              // A call that decides whether the subgraph is back must not end because its caller has gone.
              const isProbe = breaker.state !== CircuitState.Closed;
              return subgraph.execute(
                operation,
                variables,
                representations,
                isProbe ? { ...run, signal: undefined } : run,
              );
            });
          });
        } catch (error) {
          const again =
            isTransient(error) &&
            attempt < options.retries &&
            performance.now() < retryUntil &&
            retryBudget >= 1 &&
            (operation.kind === 'query' || isRepeatable(operation, variables));
          if (!again) throw inOurWords(error, subgraph.name);
          retryBudget--;
          await sleep(Math.random() * firstWaitMs * 2 ** attempt);
        }
      }
    },
  };
}

const stateNames: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
};

const isUnavailable = (error: unknown): boolean =>
  error instanceof RequestError && (error.code === 'SUBGRAPH_UNAVAILABLE' || error.code === 'TIMEOUT');

/** A second try of what ran out of time would only add to the load. */
const isTransient = (error: unknown): boolean => error instanceof RequestError && error.code === 'SUBGRAPH_UNAVAILABLE';

function inOurWords(error: unknown, name: string): unknown {
  if (error instanceof BrokenCircuitError) {
    return new RequestError('SUBGRAPH_UNAVAILABLE', `The part of the graph served by ${name} is not available.`, 503, {
      subgraph: name,
    });
  }
  if (error instanceof BulkheadRejectedError) {
    return new RequestError('OVERLOADED', `Too many requests wait for ${name}.`, 503, { subgraph: name });
  }
  return error;
}
