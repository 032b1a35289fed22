import type { SubscriptionNode } from '@apollo/query-planner';
import { readOperation } from '../execute/fetch.ts';
import { type Obj, type Run, type SubgraphAnswer, SubgraphRefusal } from '../execute/run.ts';
import type { Graph } from '../graph.ts';
import type { Executable } from '../operations/executable.ts';
import type { PreparedOperation } from '../operations/prepare.ts';
import {
  coerceVariables,
  type Exchange,
  executableFor,
  type PipelineContext,
  resolveOperation,
  startWriting,
} from '../pipeline.ts';
import { allErrors } from '../report/answer-errors.ts';
import { RequestError } from '../report/errors.ts';
import { errorsText, refuse } from '../report/refuse.ts';
import { bounded, QueueFull } from './iterate.ts';

/** Events that wait for one slow reader. */
const queueMax = 200;

/** JSON text of one GraphQL answer after the other. Refusals are answers too: one with errors, then the end. */
export type AnswerStream = AsyncGenerator<string>;

export type Subscribe = (exchange: Exchange, signal: AbortSignal) => AnswerStream;

/** Runs subscriptions: events come from the subgraph that owns the field, and each is completed over the rest of the plan. */
export function createSubscribe(context: PipelineContext): Subscribe {
  return async function* subscribe(exchange, signal) {
    try {
      const graph = context.graph();
      const operation = await resolveOperation(exchange, graph, context);
      if (operation.kind !== 'subscription') throw new RequestError('BAD_REQUEST', 'This is not a subscription.');
      const coerced = coerceVariables(operation, exchange.params.variables, graph.loaded);
      await context.reserve(operation.estimate(coerced), exchange.call);
      const executable = executableFor(operation, exchange.call, context.hasPolicy);
      yield* answers(operation, executable, coerced, exchange, signal, graph, context);
    } catch (error) {
      yield lastAnswer(error, exchange.call.requestId, context);
    }
  };
}

async function* answers(
  operation: PreparedOperation,
  executable: Executable,
  coerced: Obj,
  { params, call }: Exchange,
  signal: AbortSignal,
  graph: Graph,
  context: PipelineContext,
): AnswerStream {
  const ends = AbortSignal.any([signal, graph.retired]);
  const newRun = (data: Obj): Run => ({ call, variables: params.variables, coerced, signal: ends, data, errors: [] });
  if (!executable.source) {
    yield complete(operation, executable, newRun({}), context);
    return;
  }
  for await (const event of bounded(source(executable.source, newRun({}), graph), queueMax, ends)) {
    const run = newRun(event.data ?? {});
    run.errors.push(...(event.errors ?? []));
    if (event.data) await executable.fetch(run);
    yield complete(operation, executable, run, context);
  }
  if (graph.retired.aborted && !signal.aborted) {
    throw new RequestError('SUPERGRAPH_CHANGED', 'The graph has changed. Subscribe again and read anew.', 503);
  }
}

function source(primary: SubscriptionNode['primary'], run: Run, graph: Graph): AsyncIterable<SubgraphAnswer> {
  const subgraph = graph.subgraphs.get(primary.serviceName);
  if (!subgraph) throw new Error(`The supergraph names a subgraph that is not there: ${primary.serviceName}`);
  const variables: Obj = {};
  for (const name of primary.variableUsages ?? [])
    if (Object.hasOwn(run.variables, name)) variables[name] = run.variables[name];
  return subgraph.subscribe(readOperation(primary, graph.loaded.stands), variables, run);
}

function complete(operation: PreparedOperation, executable: Executable, run: Run, context: PipelineContext): string {
  const writing = startWriting(operation, run.variables, run.coerced);
  const data = executable.write(run.data, writing) ?? 'null';
  const errors = allErrors(executable, run.errors, writing, run.call.locale, run.call.caller !== null);
  const tail = errors.length === 0 ? '' : `,"errors":${errorsText(errors, run.call.requestId, context)}`;
  return `{"data":${data}${tail},"extensions":{"cost":{"actual":${writing.cost}}}}`;
}

function lastAnswer(error: unknown, requestId: string, context: PipelineContext): string {
  if (error instanceof SubgraphRefusal) return `{"data":null,"errors":${errorsText(error.errors, requestId, context)}}`;
  const known =
    error instanceof QueueFull
      ? new RequestError('SLOW_CONSUMER', 'Events came faster than they were read. Subscribe again and read anew.')
      : error;
  return refuse(known, requestId, context).body;
}
