import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { QueryPlan } from '@apollo/query-planner';
import type { Obj } from '../execute/run.ts';
import type { SchemaTexts } from '../operations/introspection.ts';
import { InvalidDocument } from '../operations/read-document.ts';
import type { Limits } from '../options.ts';
import { type ReportedError, RequestError } from '../report/errors.ts';
import type { Logger } from '../report/log.ts';
import { Turns } from './turns.ts';

export interface PlanWorkerData {
  sdl: string;
  limits: Limits;
  /** Entries assumed in a list that says nothing about its size. */
  listSize: number;
}

/** What the thread is to do with an operation. */
export type Task =
  | {
      readonly kind: 'plan';
      /** JSON text of `Means` that it is held against first: a text is handed over faster than its objects. */
      readonly means?: string | undefined;
    }
  /** Part of an operation that was valid as a whole: it is planned as it is. */
  | { readonly kind: 'planPart' }
  /** Answers what it asks about the schema. It has been planned before. */
  | { readonly kind: 'introspect'; readonly variables: Obj };

export interface PlanRequest {
  id: number;
  text: string;
  operationName: string | undefined;
  task: Task;
}

export type PlanReply =
  | { id: number; done: QueryPlan | SchemaTexts }
  | { id: number; invalid: ReportedError[] }
  | {
      id: number;
      refused: { code: string; message: string; status: number; details: Record<string, unknown> };
      /** Refused with these means only. */
      forMeans?: boolean;
    };

/** An operation is too dear for the one who asked; others may ask for it with other variables or limits. */
export class BeyondMeans extends Error {
  readonly refusal: RequestError;

  constructor(refusal: RequestError) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

export interface OffThreadPlanner {
  /**
   * Validates and plans an operation on another thread.
   * @param who asks: everybody has his turn.
   * @param means JSON text of `Means` that it has to keep to.
   * @throws InvalidDocument, BeyondMeans, or RequestError when it is too complex, takes too long, or too many wait.
   */
  plan(text: string, operationName: string | undefined, who: string, means?: string): Promise<QueryPlan>;
  /** Plans a part of an operation that was valid as a whole. */
  planPart(text: string, operationName: string | undefined, who: string): Promise<QueryPlan>;
  /**
   * Answers what a valid operation asks about the schema on another thread.
   * @throws RequestError when it takes too long, or too many wait.
   */
  introspect(text: string, operationName: string | undefined, variables: Obj, who: string): Promise<SchemaTexts>;
  /** Operations that wait for their turn. */
  waiting(): number;
  close(): Promise<void>;
}

interface Waiting {
  request: PlanRequest;
  resolve(done: QueryPlan | SchemaTexts): void;
  reject(error: Error): void;
}

/** Operations that wait to be looked at; more at once is an attack or a start under full load. */
const waitingMax = 500;

/** Milliseconds a fresh thread may take to read the supergraph, on a busy machine. */
const startMs = 60_000;

/**
 * Memory the thread may take: an operation that needs more is refused, and the thread replaced. Most of what it makes is garbage
 * at once, for which a small young generation is enough.
 */
const resourceLimits = {
  maxOldGenerationSizeMb: oldGenerationMb(process.constrainedMemory()),
  maxYoungGenerationSizeMb: 16,
};

/**
 * A quarter of what the process has: the whole of it would end before an operation that wants more is refused. A large supergraph
 * takes some 100 of these megabytes.
 * @param constrained bytes that a container gives; 0, or more than there are, where nothing does.
 */
export function oldGenerationMb(constrained: number, total: number = os.totalmem()): number {
  const bytes = constrained > 0 ? Math.min(constrained, total) : total;
  return Math.min(1_024, Math.max(192, Math.floor(bytes / 4 / 2 ** 20)));
}

/** Runs the planner on a thread of its own that is replaced when an operation keeps it busy for too long. */
export function planOffThread(data: PlanWorkerData, timeoutMs: number, log: Logger): OffThreadPlanner {
  const queue = new Turns<Waiting>(waitingMax);
  let current: Waiting | null = null;
  let worker: Worker | null = null;
  let isReady = false;
  let timer: NodeJS.Timeout | undefined;
  let lastId = 0;
  let closed = false;

  function start(): void {
    const started = new Worker(path.join(import.meta.dirname, 'worker.ts'), { workerData: data, resourceLimits });
    worker = started;
    isReady = false;
    started.unref();
    started.on('message', (message: 'ready' | PlanReply) => {
      if (worker !== started) return;
      if (message === 'ready') isReady = true;
      else settle(message);
      next();
    });
    started.on('error', (err) => {
      if ('code' in err && err.code === 'ERR_WORKER_OUT_OF_MEMORY') return replace(started, tooComplex('memory'));
      log.error({ err }, 'the planning thread failed');
      replace(started, new RequestError('INTERNAL', 'The operation could not be planned.', 500));
    });
    watch(startMs);
  }

  function watch(ms: number): void {
    clearTimeout(timer);
    const watched = worker;
    timer = setTimeout(() => {
      if (watched) replace(watched, tooComplex('time'));
    }, ms);
    timer.unref();
  }

  function replace(old: Worker, error: Error): void {
    if (worker !== old) return;
    void old.terminate();
    worker = null;
    current?.reject(error);
    current = null;
    if (!closed) start();
  }

  function settle(reply: PlanReply): void {
    const waiting = current;
    current = null;
    if (!waiting || waiting.request.id !== reply.id) return;
    if ('done' in reply) waiting.resolve(reply.done);
    else if ('invalid' in reply) waiting.reject(new InvalidDocument(reply.invalid));
    else {
      const { code, message, status, details } = reply.refused;
      const error = new RequestError(code, message, status, details);
      waiting.reject(reply.forMeans ? new BeyondMeans(error) : error);
    }
  }

  function next(): void {
    if (!isReady || current) return;
    clearTimeout(timer);
    current = queue.take() ?? null;
    if (!current) return worker?.unref();
    worker?.ref();
    worker?.postMessage(current.request);
    watch(timeoutMs);
  }

  function ask(
    text: string,
    operationName: string | undefined,
    task: Task,
    who: string,
  ): Promise<QueryPlan | SchemaTexts> {
    return new Promise((resolve, reject) => {
      const request = { id: ++lastId, text, operationName, task };
      queue.add(who, { request, resolve, reject })?.reject(tooMany());
      if (!current) next();
    });
  }

  start();
  return {
    plan: (text, operationName, who, means) =>
      ask(text, operationName, { kind: 'plan', means }, who) as Promise<QueryPlan>,
    planPart: (text, operationName, who) => ask(text, operationName, { kind: 'planPart' }, who) as Promise<QueryPlan>,
    introspect: (text, operationName, variables, who) =>
      ask(text, operationName, { kind: 'introspect', variables }, who) as Promise<SchemaTexts>,
    waiting: () => queue.size,
    async close() {
      closed = true;
      clearTimeout(timer);
      for (let left = current ?? queue.take(); left; left = queue.take()) left.reject(isStopping());
      current = null;
      await worker?.terminate();
    },
  };
}

const tooMany = (): RequestError =>
  new RequestError('OVERLOADED', 'Too many new operations at once.', 503, { headers: { 'retry-after': '1' } });

const isStopping = (): RequestError => new RequestError('OVERLOADED', 'The gateway is stopping.', 503);

const tooComplex = (what: 'time' | 'memory'): RequestError =>
  new RequestError(
    'OPERATION_TOO_COMPLEX',
    `The operation takes too ${what === 'time' ? 'long' : 'much memory'} to plan.`,
  );
