import { createHash } from 'node:crypto';
import { type HasPolicy, meets } from './authorisation/rules.ts';
import type { Cache } from './cache/cache.ts';
import { hasUnmarkedWrite, markWrite } from './cache/own-writes.ts';
import { viewOf } from './cache/view.ts';
import type { Worth } from './cache/worth.ts';
import { type Budgets, budgetHeaders, payerOf, type Reservation } from './cost/budget.ts';
import { costReport, type Price } from './cost/report.ts';
import type { Askers } from './execute/askers.ts';
import type { EqualReads } from './execute/equal-reads.ts';
import type { Obj, Run } from './execute/run.ts';
import type { Writing } from './execute/shape.ts';
import type { Graph } from './graph.ts';
import type { GraphQLParams } from './http/params.ts';
import type { Executable } from './operations/executable.ts';
import type { SchemaTexts } from './operations/introspection.ts';
import type { PreparedOperation } from './operations/prepare.ts';
import { InvalidDocument } from './operations/read-document.ts';
import type { Operations } from './operations/resolve.ts';
import type { SubgraphCall } from './options.ts';
import { allErrors, forbiddenErrors } from './report/answer-errors.ts';
import { type ReportedError, RequestError } from './report/errors.ts';
import type { Logger } from './report/log.ts';
import { type Observe, planText } from './report/observe.ts';
import { errorsText, refuse } from './report/refuse.ts';
import { inSpan } from './report/trace.ts';

/** One GraphQL request on its way through the gateway. */
export interface Exchange {
  params: GraphQLParams;
  call: SubgraphCall;
  /** False for GET: a link must not change anything. */
  mayMutate: boolean;
  /** Answers what the operation would cost, and does nothing. */
  costOnly?: boolean;
  /** Answers the query plan as well, to those who may see it. */
  showPlan?: boolean;
  /** The program that asks, as it names itself: for reports, never for rights. */
  client?: { readonly name: string; readonly version: string } | undefined;
  /** Aborted when the client has gone: what only reads is not gone on with. */
  signal?: AbortSignal | undefined;
}

export interface Answer {
  /** Status for clients that ask for `application/graphql-response+json`. */
  status: number;
  /** True when the answer is a GraphQL result; `application/json` clients get status 200 then. */
  wellFormed: boolean;
  body: string;
  headers: Record<string, string>;
  operationName: string | undefined;
  outcome: 'ok' | 'errors' | 'refused';
  /** Why it was refused. */
  code?: string | undefined;
  /** What it cost, when it was run. */
  cost?: { readonly requested: number; readonly actual: number };
  /** What went wrong while it was run, before anything was hidden from the caller. */
  errors?: readonly ReportedError[];
  /** Of a query: whether everything was kept, so that no subgraph had to be asked for it. Undefined where nothing is kept. */
  cached?: boolean | undefined;
}

export interface PipelineContext {
  graph(): Graph;
  operations: Operations;
  budgets: Budgets;
  subgraphLimits: Record<string, number>;
  /** Whether there is a limit on pages, to which operations are held before they are planned, whatever they may cost. */
  limitsPages: boolean;
  hasPolicy: HasPolicy;
  /** Null when nothing is kept. */
  cache: Cache | null;
  /** Null where each read is made for itself, or the cache sees to it. */
  equalReads: EqualReads<Executed> | null;
  askers: Askers;
  redact: boolean;
  log: Logger;
  observe: Observe;
  /** Who may see query plans. */
  mayExplain(call: SubgraphCall): boolean;
}

export type Pipeline = (exchange: Exchange) => Promise<Answer>;

export function createPipeline(context: PipelineContext): Pipeline {
  return async (exchange) => {
    const startedAt = performance.now();
    let operation: PreparedOperation | null = null;
    let answer: Answer;
    try {
      const graph = context.graph();
      operation = await inSpan('prepare', {}, () => findOperation(exchange, graph, context));
      answer = await answerTo(operation, exchange, context);
    } catch (error) {
      answer = refuse(error, exchange.call, context);
    }
    context.observe({ exchange, answer, operation, seconds: (performance.now() - startedAt) / 1000 });
    return answer;
  };
}

async function answerTo(operation: PreparedOperation, exchange: Exchange, context: PipelineContext): Promise<Answer> {
  const coerced = operation.coerce(exchange.params.variables);
  if (exchange.costOnly)
    return priced(operation, priceOf(operation, coerced, exchange.call, context), exchange, context);
  const { price, reservation } = await begin(operation, coerced, exchange, context);
  try {
    return await run(operation, exchange, coerced, price, reservation, context);
  } catch (error) {
    // What was not run after all costs nothing.
    await reservation.settle(0);
    throw error;
  }
}

/**
 * Holds an operation against every limit on its cost, and reserves that from the caller's budget.
 * @throws RequestError COST_LIMIT_EXCEEDED or RATE_LIMITED
 */
export async function begin(
  operation: PreparedOperation,
  coerced: Obj,
  { call }: Exchange,
  context: PipelineContext,
): Promise<{ price: Price; reservation: Reservation }> {
  const price = priceOf(operation, coerced, call, context);
  checkSubgraphLimits(operation, coerced, context);
  return { price, reservation: await context.budgets.reserve(price.requested, call) };
}

/** @throws InvalidDocument or RequestError */
export async function resolveOperation(
  { params, call, costOnly }: Exchange,
  graph: Graph,
  context: PipelineContext,
): Promise<PreparedOperation> {
  const text = context.operations.resolve(params, call.caller?.clientId ?? null);
  return graph.documents.get(text, params.operationName, payerOf(call), () => {
    const limit = costOnly ? null : context.budgets.limitOf(call);
    return limit === null && !context.limitsPages ? null : { limit, variables: params.variables };
  });
}

async function findOperation(exchange: Exchange, graph: Graph, context: PipelineContext): Promise<PreparedOperation> {
  const operation = await resolveOperation(exchange, graph, context);
  if (operation.kind === 'mutation' && !exchange.mayMutate) {
    throw new RequestError('METHOD_NOT_ALLOWED', 'A mutation needs a POST request.', 405, {
      headers: { allow: 'POST' },
    });
  }
  if (operation.kind === 'subscription' && !exchange.costOnly) {
    throw new RequestError('BAD_REQUEST', 'Subscriptions are served over WebSocket and as text/event-stream.', 400);
  }
  return operation;
}

async function run(
  operation: PreparedOperation,
  exchange: Exchange,
  coerced: Obj,
  price: Price,
  reservation: Reservation,
  context: PipelineContext,
): Promise<Answer> {
  const { data, errors, actual, cached } = await inSpan('execute', {}, () =>
    answerOf(operation, exchange, coerced, context),
  );
  const balance = await reservation.settle(actual);
  const cost = costReport(price, actual, balance);
  return {
    status: 200,
    wellFormed: true,
    body: `{"data":${data}${errors.length === 0 ? '' : `,"errors":${errorsText(errors, exchange.call, context)}`},"extensions":{"cost":${JSON.stringify(cost)}${planMember(operation, exchange, context)}}}`,
    headers: {
      ...(balance ? budgetHeaders(balance) : undefined),
      ...(errors.length === 0 && isCacheable(exchange) ? tagOf(data) : undefined),
    },
    operationName: operation.name,
    outcome: errors.length === 0 ? 'ok' : 'errors',
    cost: { requested: price.requested, actual },
    errors,
    cached,
  };
}

/** The member that Apollo's tools look for; empty when nobody asked or may see it. */
function planMember(
  operation: PreparedOperation,
  { showPlan, call }: Exchange,
  { mayExplain }: PipelineContext,
): string {
  if (!showPlan || !mayExplain(call)) return '';
  return `,"apolloQueryPlan":${JSON.stringify({ text: planText(operation.plan) })}`;
}

/** A GET that names its operation may be kept by the browser and asked for again with its tag. */
const isCacheable = ({ mayMutate, params }: Exchange): boolean =>
  !mayMutate && (params.id !== undefined || params.extensions.persistedQuery !== undefined);

const tagOf = (data: string): Record<string, string> => ({
  etag: `W/"${createHash('sha256').update(data).digest('base64url')}"`,
  'cache-control': 'private, no-cache',
  vary: 'accept, accept-language, authorization, cookie, origin, x-api-key',
});

/** Keeps what is not whole from being kept; nobody is there to read it. */
const clientGone: ReportedError = {
  message: 'The client closed the connection before it was answered.',
  extensions: { code: 'REQUEST_TIMEOUT' },
};

/** What was answered, before it is told to anybody in particular. */
export interface Executed {
  data: string;
  errors: readonly ReportedError[];
  actual: number;
  cached?: boolean | undefined;
}

/** Runs an operation, or takes its answer from the cache where it may be kept. */
async function answerOf(
  operation: PreparedOperation,
  exchange: Exchange,
  coerced: Obj,
  context: PipelineContext,
): Promise<Executed> {
  const { cache, askers } = context;
  const { call, params, signal } = exchange;
  const executable = await executableFor(operation, call, context.hasPolicy);
  if (!cache) return answerUnkept(operation, executable, exchange, coerced, context);
  if (operation.kind !== 'query') {
    try {
      return await execute(operation, executable, exchange, coerced, null, signal);
    } finally {
      // Whatever became of it, and whatever time its events take: who wrote reads his own writes.
      await markWrite(cache, call);
    }
  }
  if (hasUnmarkedWrite(call) && !(await markWrite(cache, call))) {
    return execute(operation, executable, exchange, coerced, null, signal);
  }
  let executed: Executed | null = null;
  const question = `${executable.id} ${JSON.stringify(params.variables)}`;
  const asker = askers.join(question, signal);
  // What is answered anew later, to have it ready, is for nobody in particular.
  let waitedFor: AbortSignal | undefined = asker.everybodyGone;
  try {
    const answer = await cache.answers.get(question, call, async (worth) => {
      executed = await execute(operation, executable, exchange, coerced, worth, waitedFor);
      executed.cached = worth?.isFound ?? false;
      return executed.errors.length === 0 ? { data: executed.data, cost: executed.actual } : null;
    });
    return executed ?? { data: answer?.data ?? 'null', errors: [], actual: answer?.cost ?? 0, cached: true };
  } finally {
    waitedFor = undefined;
    asker.leave();
  }
}

/** Where nothing is kept, equal reads of one caller that are under way at the same time are still made once. */
async function answerUnkept(
  operation: PreparedOperation,
  executable: Executable,
  exchange: Exchange,
  coerced: Obj,
  { equalReads, askers }: PipelineContext,
): Promise<Executed> {
  const { call, params, signal } = exchange;
  if (!equalReads) return execute(operation, executable, exchange, coerced, null, signal);
  if (operation.kind !== 'query') {
    try {
      return await execute(operation, executable, exchange, coerced, null, signal);
    } finally {
      equalReads.changed();
    }
  }
  const question = `${executable.id} ${viewOf(call, false)} ${JSON.stringify(params.variables)}`;
  const asker = askers.join(question, signal);
  const read = () => execute(operation, executable, exchange, coerced, null, asker.everybodyGone);
  try {
    let executed = await equalReads.get(question, read);
    // It was given up by those who asked for it, and not by this one, who came later.
    while (executed.errors.includes(clientGone) && !signal?.aborted) executed = await equalReads.get(question, read);
    return executed;
  } finally {
    asker.leave();
  }
}

async function execute(
  operation: PreparedOperation,
  executable: Executable,
  { params, call }: Exchange,
  coerced: Obj,
  worth: Worth | null,
  waitedFor: AbortSignal | undefined,
): Promise<Executed> {
  const refused = executable.refused(coerced);
  if (refused.length > 0) {
    return { data: 'null', errors: forbiddenErrors(refused, call.caller !== null), actual: 0 };
  }
  const introspection = operation.introspect && (await operation.introspect(params.variables, payerOf(call)));
  const signal = operation.kind === 'mutation' ? undefined : waitedFor;
  const state: Run = {
    call,
    variables: params.variables,
    coerced,
    signal,
    data: {},
    errors: [],
    worth,
    sharesObjects: false,
  };
  await executable.fetch(state);
  const writing = startWriting(operation, state, introspection);
  const data = executable.write(state.data, writing) ?? 'null';
  const errors = signal?.aborted ? [clientGone] : allErrors(executable, state.errors, writing, call.caller !== null);
  return { data, errors, actual: operation.introspectionOnly ? 0 : writing.cost };
}

/** The operation as this caller may run it. */
export function executableFor(
  operation: PreparedOperation,
  call: SubgraphCall,
  hasPolicy: HasPolicy,
): Executable | Promise<Executable> {
  if (operation.requirements.length === 0) return operation.for([], '');
  const failed = operation.requirements.filter((one) => !meets(one, call.caller, hasPolicy));
  return operation.for(failed, payerOf(call));
}

export function startWriting(
  operation: PreparedOperation,
  { coerced, sharesObjects }: Run,
  introspection: SchemaTexts | null,
): Writing {
  return {
    variables: coerced,
    written: sharesObjects ? new Map() : null,
    violations: [],
    introspection,
    cost: operation.kind === 'mutation' ? 10 : 0,
  };
}

function checkSubgraphLimits(operation: PreparedOperation, coerced: Obj, { subgraphLimits }: PipelineContext): void {
  if (Object.keys(subgraphLimits).length === 0) return;
  for (const [subgraph, cost] of operation.planned(coerced)) {
    const limit = subgraphLimits[subgraph];
    if (limit !== undefined && cost > limit) {
      throw new RequestError(
        'COST_LIMIT_EXCEEDED',
        `The operation costs ${cost} in ${subgraph}; at most ${limit} is allowed.`,
        400,
        {
          cost: { requested: cost, limit, subgraph },
        },
      );
    }
  }
}

function priceOf(operation: PreparedOperation, coerced: Obj, call: SubgraphCall, { budgets }: PipelineContext): Price {
  let planned = 0;
  for (const cost of operation.planned(coerced).values()) planned += cost;
  const requested = operation.introspectionOnly ? 0 : operation.estimate(coerced);
  return { requested, planned, limit: budgets.limitOf(call) };
}

async function priced(
  operation: PreparedOperation,
  price: Price,
  exchange: Exchange,
  context: PipelineContext,
): Promise<Answer> {
  const balance = await context.budgets.balanceOf(exchange.call);
  const cost = JSON.stringify(costReport(price, null, balance));
  return {
    status: 200,
    wellFormed: true,
    body: `{"data":null,"extensions":{"cost":${cost}${planMember(operation, exchange, context)}}}`,
    headers: balance ? budgetHeaders(balance) : {},
    operationName: operation.name,
    outcome: 'ok',
  };
}
