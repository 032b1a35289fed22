import type { SubscriptionNode } from '@apollo/query-planner';
import { policiesOf } from '../cache/policy.ts';
import { viewOf } from '../cache/view.ts';
import { type CostReport, costReport, type Price } from '../cost/report.ts';
import { readOperation } from '../execute/fetch.ts';
import { copy } from '../execute/merge.ts';
import { type Obj, type Run, type SubgraphAnswer, type SubgraphOperation, SubgraphRefusal } from '../execute/run.ts';
import type { Graph } from '../graph.ts';
import { preferredLocale } from '../http/locale.ts';
import type { Executable } from '../operations/executable.ts';
import type { PreparedOperation } from '../operations/prepare.ts';
import {
  begin,
  type Exchange,
  executableFor,
  type PipelineContext,
  resolveOperation,
  startWriting,
} from '../pipeline.ts';
import { allErrors } from '../report/answer-errors.ts';
import { type Asked, RequestError } from '../report/errors.ts';
import type { Metrics } from '../report/metrics.ts';
import { logFaults } from '../report/observe.ts';
import { errorsText, refuse } from '../report/refuse.ts';
import { inSpan } from '../report/trace.ts';
import { isEventId } from './event-id.ts';
import { FanOut, QueueFull } from './fan-out.ts';

/** Events that wait for one slow reader. */
const queueMax = 200;

/** One GraphQL answer as JSON text. */
export interface StreamedAnswer {
  readonly text: string;
  /** Names the event, for a client that wants to go on after it. */
  readonly id?: string | undefined;
}

/** One answer after the other. Refusals are answers too: one with errors, then the end. */
export type AnswerStream = AsyncGenerator<StreamedAnswer>;

export type Subscribe = (exchange: Exchange, signal: AbortSignal) => AnswerStream;

/** An event as all see it who may see the same. */
interface AnsweredEvent {
  /** Members `data` and `errors`, as JSON text. */
  readonly members: string;
  readonly cost: number;
  /** Null for what no event brought. */
  readonly event: { readonly id: string | undefined; readonly gap?: true } | null;
}

/** What is open for whom: events of subgraphs, and the answers made from them. */
interface Open {
  readonly events: FanOut<SubgraphAnswer>;
  readonly answers: FanOut<AnsweredEvent>;
}

/**
 * Runs subscriptions: events come from the subgraph that owns the field, and each is completed over the rest of the plan.
 * Equal subscriptions of callers who see the same share one stream of events; equal ones of one caller share the answers too.
 */
export function createSubscribe(context: PipelineContext, metrics: Metrics): Subscribe {
  const open: Open = { events: new FanOut(), answers: new FanOut() };
  metrics.showSubscriptions(() => ({ events: open.events.size, answers: open.answers.size }));
  return async function* subscribe(given, signal) {
    let exchange = given;
    let label = metrics.operationLabel(undefined, false);
    try {
      exchange = resumed(given);
      const graph = context.graph();
      const operation = await resolveOperation(exchange, graph, context);
      if (operation.kind !== 'subscription') throw new RequestError('BAD_REQUEST', 'This is not a subscription.');
      const coerced = operation.coerce(exchange.params.variables);
      const { price, executable } = await reserved(operation, coerced, exchange, context);
      label = metrics.operationLabel(operation.name, operation.isRegistered);
      metrics.subscriptions.of(label, 'started').inc();
      metrics.cost.of(label, 'requested').inc(price.requested);
      for await (const answer of answers({ operation, executable, coerced, exchange, graph, context, open }, signal)) {
        const charge = await context.budgets.spend(answer.cost, exchange.call);
        metrics.subscriptionEvents.of(label).inc();
        metrics.cost.of(label, 'actual').inc(answer.cost);
        yield { text: textOf(answer, costReport(price, answer.cost, charge)), id: answer.event?.id };
      }
    } catch (error) {
      metrics.subscriptions.of(label, 'refused').inc();
      yield lastAnswer(error, exchange.call, context);
    }
  };
}

/** What is run, once it is paid for; what cannot be begun costs nothing. */
async function reserved(
  operation: PreparedOperation,
  coerced: Obj,
  exchange: Exchange,
  context: PipelineContext,
): Promise<{ price: Price; executable: Executable }> {
  const { price, reservation } = await begin(operation, coerced, exchange, context);
  try {
    return { price, executable: await executableFor(operation, exchange.call, context.hasPolicy) };
  } catch (error) {
    await reservation.settle(0);
    throw error;
  }
}

/** One subscription of one caller. */
interface Subscription {
  readonly operation: PreparedOperation;
  readonly executable: Executable;
  readonly coerced: Obj;
  readonly exchange: Exchange;
  readonly graph: Graph;
  readonly context: PipelineContext;
  readonly open: Open;
}

async function* answers(subscription: Subscription, signal: AbortSignal): AsyncGenerator<AnsweredEvent> {
  const { executable, exchange, graph, open } = subscription;
  const { source } = executable;
  if (!source) {
    yield complete(subscription, runOf(subscription, {}, signal), null);
    return;
  }
  const { call, params } = exchange;
  // Where nothing has to be added to an event, all who see the same event see the same answer.
  const view = viewOf(call, executable.isWholeEvent && originOf(source, graph).isShared);
  const key = `${executable.id} ${view} ${preferredLocale(call.acceptLanguage)} ${JSON.stringify(params.variables)} ${call.lastEventId ?? ''}`;
  const ends = AbortSignal.any([signal, graph.retired]);
  yield* open.answers.join(key, (stopped) => completed(subscription, source, stopped), queueMax, ends);
  if (graph.retired.aborted && !signal.aborted) {
    throw new RequestError('SUPERGRAPH_CHANGED', 'The graph has changed. Subscribe again and read anew.', 503);
  }
}

/** Each event with what other subgraphs add to it. */
async function* completed(
  subscription: Subscription,
  source: Source,
  signal: AbortSignal,
): AsyncGenerator<AnsweredEvent> {
  const { executable, exchange, graph, open, context } = subscription;
  const { call } = exchange;
  const { key, start } = eventsOf(source, exchange, graph);
  let isFirst = call.lastEventId !== undefined;
  for await (const event of open.events.join(key, start, queueMax, signal)) {
    // Whoever is told of it reads what was changed.
    context.equalReads?.changed();
    // What is added later must not be seen by others who read the same event.
    const run = runOf(subscription, event.data ? (copy(event.data) as Obj) : {}, signal);
    run.errors.push(...(event.errors ?? []));
    if (event.data && !executable.isWholeEvent) {
      await inSpan('event', { 'request.id': call.requestId }, () => executable.fetch(run));
    }
    const gap = event.gap || (isFirst && event.id === undefined);
    isFirst = false;
    yield complete(subscription, run, { id: event.id, ...(gap && { gap }) });
  }
}

type Source = SubscriptionNode['primary'];

function eventsOf(
  primary: Source,
  { call, params }: Exchange,
  graph: Graph,
): { key: string; start: (signal: AbortSignal) => AsyncIterable<SubgraphAnswer> } {
  const subgraph = graph.subgraphs.get(primary.serviceName);
  if (!subgraph) throw new Error(`The supergraph names a subgraph that is not there: ${primary.serviceName}`);
  const variables: Obj = {};
  for (const name of primary.variableUsages ?? [])
    if (Object.hasOwn(params.variables, name)) variables[name] = params.variables[name];
  const { operation, isShared } = originOf(primary, graph);
  const view = viewOf(call, isShared);
  return {
    key: JSON.stringify([graph.number, subgraph.name, operation.text, variables, view, call.lastEventId]),
    start: (signal) =>
      subgraph.subscribe(operation, variables, {
        call,
        variables: params.variables,
        coerced: {},
        signal,
        data: {},
        errors: [],
        sharesObjects: false,
      }),
  };
}

interface Origin {
  readonly operation: SubgraphOperation;
  /** Whether the schema says that all callers of a company with the same rights get the same events. */
  readonly isShared: boolean;
}

const origins = new WeakMap<Source, Origin>();

function originOf(primary: Source, { loaded, hints }: Graph): Origin {
  let origin = origins.get(primary);
  if (!origin) {
    const operation = readOperation(primary, loaded.stands);
    const isShared = policiesOf(operation, primary.serviceName, { schema: loaded.fullSchema, hints }).every(
      ({ shared }) => shared === true,
    );
    origin = { operation, isShared };
    origins.set(primary, origin);
  }
  return origin;
}

/** Over a WebSocket, or where no header can be set, the last event that the client saw stands in the request's extensions. */
function resumed(exchange: Exchange): Exchange {
  const given = exchange.params.extensions.lastEventId;
  if (given === undefined || given === null) return exchange;
  if (typeof given !== 'string' || !isEventId(given)) {
    throw new RequestError('BAD_REQUEST', '"extensions.lastEventId" must be the id of an event.');
  }
  return { ...exchange, call: { ...exchange.call, lastEventId: given } };
}

function runOf({ exchange, coerced }: Subscription, data: Obj, signal: AbortSignal): Run {
  return {
    call: exchange.call,
    variables: exchange.params.variables,
    coerced,
    signal,
    data,
    errors: [],
    sharesObjects: false,
  };
}

function complete(
  { operation, executable, context }: Subscription,
  run: Run,
  event: AnsweredEvent['event'],
): AnsweredEvent {
  const writing = startWriting(operation, run, null);
  const data = executable.write(run.data, writing) ?? 'null';
  const errors = allErrors(executable, run.errors, writing, run.call.caller !== null);
  logFaults(context.log, errors, { requestId: run.call.requestId, operation: operation.name });
  const tail = errors.length === 0 ? '' : `,"errors":${errorsText(errors, run.call, context)}`;
  return { members: `"data":${data}${tail}`, cost: writing.cost, event };
}

function textOf({ members, event }: AnsweredEvent, cost: CostReport): string {
  const about = event && (event.id !== undefined || event.gap) ? `,"event":${JSON.stringify(event)}` : '';
  return `{${members},"extensions":{"cost":${JSON.stringify(cost)}${about}}}`;
}

function lastAnswer(error: unknown, asked: Asked, context: PipelineContext): StreamedAnswer {
  if (error instanceof SubgraphRefusal) {
    logFaults(context.log, error.errors, { requestId: asked.requestId });
    return { text: `{"data":null,"errors":${errorsText(error.errors, asked, context)}}` };
  }
  const known =
    error instanceof QueueFull
      ? new RequestError('SLOW_CONSUMER', 'Events came faster than they were read. Subscribe again and read anew.')
      : error;
  return { text: refuse(known, asked, context).body };
}
