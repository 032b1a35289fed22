import { prettyFormatQueryPlan, type QueryPlan } from '@apollo/query-planner';
import type { PreparedOperation } from '../operations/prepare.ts';
import type { Answer, Exchange } from '../pipeline.ts';
import { isFault, type ReportedError } from './errors.ts';
import type { Logger } from './log.ts';
import type { createMetrics } from './metrics.ts';
import { describeSpan, isTraced, traceId } from './trace.ts';

/** One operation that was answered, over whatever transport. */
export interface Observed {
  readonly exchange: Exchange;
  readonly answer: Answer;
  /** Null when it was refused before it was known. */
  readonly operation: PreparedOperation | null;
  readonly seconds: number;
}

export type Observe = (observed: Observed) => void;

export interface ObserveOptions {
  readonly log: Logger;
  readonly metrics: ReturnType<typeof createMetrics>;
  /** Operations that took longer are logged with their plan and cost. */
  readonly slowMs: number;
  /** Told of every operation as well, such as the reports to Studio. */
  readonly also?: Observe | undefined;
}

/** Of the operations about which there is nothing to say, so many are logged. */
const sampled = 0.01;

/** Of what a stranger chooses the length of, so much is logged: enough to find it again. */
const nameCharactersMax = 100;
const planCharactersMax = 20_000;
const faultsMax = 20;

/** Metrics of every operation; a log line for slow, refused and failed ones and a sample of the rest. */
export function createObserver({ log, metrics, slowMs, also }: ObserveOptions): Observe {
  return (observed) => {
    const { exchange, answer, operation, seconds } = observed;
    const label = metrics.operationLabel(answer.operationName, operation?.isRegistered ?? false);
    metrics.requests.of(label, answer.outcome).observe(seconds);
    if (answer.code) metrics.refused.of(answer.code).inc();
    if (answer.cost) {
      metrics.cost.of(label, 'requested').inc(answer.cost.requested);
      metrics.cost.of(label, 'actual').inc(answer.cost.actual);
    }
    if (answer.cached !== undefined) metrics.kept.of(label, answer.cached ? 'yes' : 'no').inc();
    if (isTraced()) describe(observed);
    also?.(observed);
    const isSlow = seconds * 1000 > slowMs;
    if (!isSlow && answer.outcome === 'ok' && Math.random() >= sampled) return;
    const line = {
      requestId: exchange.call.requestId,
      traceId: traceId(),
      operation: answer.operationName?.slice(0, nameCharactersMax),
      client: exchange.client?.name,
      outcome: answer.outcome,
      code: answer.code,
      ms: Math.round(seconds * 1000),
      cost: answer.cost,
    };
    if (logFaults(log, answer.errors ?? [], line)) return;
    if (isSlow)
      log.warn(
        { ...line, plan: operation?.plan && planText(operation.plan).slice(0, planCharactersMax) },
        'slow operation',
      );
    else log.info(line, 'operation');
  };
}

/**
 * Logs what callers are not told, and look up by the request id.
 * @returns whether there was anything.
 */
export function logFaults(
  log: Logger,
  errors: readonly ReportedError[],
  line: { requestId: string; operation?: string | undefined },
): boolean {
  const faults = errors.filter(isFault);
  if (faults.length === 0) return false;
  const told = faults.slice(0, faultsMax).map(({ message, path }) => ({ message, path }));
  log.error({ ...line, faults: told, err: faults[0]?.cause }, 'operation failed');
  return true;
}

function describe({ answer, operation }: Observed): void {
  describeSpan({
    'graphql.operation.name': answer.operationName?.slice(0, nameCharactersMax) ?? '',
    'graphql.operation.type': operation?.kind ?? '',
    'graphql.outcome': answer.outcome,
    ...(answer.cost && { 'graphql.cost.requested': answer.cost.requested, 'graphql.cost.actual': answer.cost.actual }),
  });
}

/** The plan as people read it. */
export const planText = (plan: QueryPlan): string => prettyFormatQueryPlan(plan);
