import { createHash } from 'node:crypto';
import type { QueryPlan } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { CheckMeans, Means } from '../cost/afford.ts';
import type { Limits } from '../options.ts';
import { BeyondMeans, type OffThreadPlanner } from '../plan/off-thread.ts';
import { RequestError } from '../report/errors.ts';
import { compiledBytes } from './memory.ts';
import type { Prepare, PreparedOperation } from './prepare.ts';
import { parseDocument, readDocument } from './read-document.ts';

export interface Documents {
  /**
   * The compiled operation of a text, at once if it is known.
   * @param who asks for it.
   * @param means that one nobody has sent before is held against before it is planned.
   * @throws InvalidDocument or RequestError
   */
  get(
    text: string,
    operationName: string | undefined,
    who: string,
    means?: () => Means | null,
  ): PreparedOperation | Promise<PreparedOperation>;
  /** Compiles an operation that can be trusted, such as a persisted one, on this thread. */
  warm(text: string): void;
  /** What was asked for more than once, by text and name, the latest first. */
  askedAgain(): readonly Asked[];
  /**
   * Compiles what was asked for on another graph, before somebody asks for it on this one.
   * @throws InvalidDocument or RequestError
   */
  prepare(asked: Asked): Promise<void>;
}

/** An operation as it was asked for. */
export interface Asked {
  readonly text: string;
  readonly operationName: string | undefined;
}

/** Memory for compiled operations: bounded by size and not by number, since a stranger chooses how long they are. */
const keptBytes = 128 * 1024 * 1024;

/** Of it for operations that were asked for once: a crowd of those never pushes out one that is asked for again and again. */
const onceBytes = 24 * 1024 * 1024;

/** Texts that were too complex are refused again without another look for this long. */
const refusedMs = 60_000;

/** The operations of one text that were asked for. */
type ByName = Map<string | undefined, PreparedOperation>;

export interface DocumentsOptions {
  schema: GraphQLSchema;
  limits: Limits;
  prepare: Prepare;
  /** Told for every question whether the operation was compiled already; its plan is part of it. */
  count?: ((result: 'hit' | 'miss') => void) | undefined;
  checkMeans: CheckMeans;
  /** Validates and plans operations nobody has sent before; without it that happens here. */
  planElsewhere?: OffThreadPlanner['plan'] | undefined;
}

export function createDocuments({
  schema,
  limits,
  prepare,
  checkMeans,
  planElsewhere,
  count,
}: DocumentsOptions): Documents {
  const sizeCalculation = (operations: ByName, text: string): number => operations.size * compiledBytes(text.length);
  const once = new LRUCache<string, ByName>({ maxSize: onceBytes, sizeCalculation });
  const known = new LRUCache<string, ByName>({ maxSize: keptBytes - onceBytes, sizeCalculation });
  const refused = new LRUCache<string, RequestError>({ max: 1_000, ttl: refusedMs });
  const pending = new Map<string, Promise<PreparedOperation>>();

  function find(text: string, operationName: string | undefined): PreparedOperation | undefined {
    let operations = known.get(text);
    if (!operations) {
      operations = once.get(text);
      if (!operations) return undefined;
      once.delete(text);
      known.set(text, operations);
    }
    const found = operations.get(operationName);
    if (found) return found;
    // Prepared without a name: it is the only one there, and may be named.
    const only = operations.get(undefined);
    return only?.name === operationName ? only : undefined;
  }

  function keep(
    text: string,
    operationName: string | undefined,
    prepared: PreparedOperation,
    isRegistered = false,
  ): PreparedOperation {
    const others = known.get(text) ?? once.get(text) ?? [];
    const kept = isRegistered ? { ...prepared, isRegistered } : prepared;
    // A new map: the size of one that is there already would not be looked at again.
    (isRegistered || known.has(text) ? known : once).set(text, new Map([...others, [operationName, kept]]));
    return kept;
  }

  const prepareHere = (
    text: string,
    operationName: string | undefined,
    isRegistered: boolean,
    means: Means | null = null,
  ): PreparedOperation => {
    const document = readDocument(text, schema, limits);
    if (means) checkMeans(document, operationName, means);
    return keep(text, operationName, prepare(parseDocument(text, limits, true), operationName), isRegistered);
  };

  async function prepareElsewhere(
    text: string,
    operationName: string | undefined,
    who: string,
    key: string,
    means: string | undefined,
  ): Promise<PreparedOperation> {
    try {
      const plan = await (planElsewhere as NonNullable<typeof planElsewhere>)(text, operationName, who, means);
      return keep(text, operationName, prepare(parseDocument(text, limits, true), operationName, plan));
    } catch (error) {
      if (error instanceof RequestError && error.code === 'OPERATION_TOO_COMPLEX') refused.set(key, error);
      throw error;
    }
  }

  async function getFromElsewhere(
    text: string,
    operationName: string | undefined,
    who: string,
    means: string | undefined,
  ): Promise<PreparedOperation> {
    const key = sha256(`${operationName ?? ''}\0${text}`);
    const keyWithMeans = means === undefined ? key : sha256(`${key}\0${means}`);
    const complex = refused.get(key) ?? refused.get(keyWithMeans);
    if (complex) throw complex;
    for (;;) {
      let waiting = pending.get(key);
      const isMine = waiting === undefined;
      if (!waiting) {
        // It may be refused at once, and still must not stay.
        waiting = prepareElsewhere(text, operationName, who, key, means).finally(() => pending.delete(key));
        pending.set(key, waiting);
      }
      try {
        return await waiting;
      } catch (error) {
        if (!(error instanceof BeyondMeans)) throw error;
        // What was beyond another's means need not be beyond ours.
        if (!isMine) continue;
        refused.set(keyWithMeans, error.refusal);
        throw error.refusal;
      }
    }
  }

  return {
    get(text, operationName, who, meansOf) {
      const found = find(text, operationName);
      count?.(found ? 'hit' : 'miss');
      if (found) return found;
      if (text.length > limits.bodyBytes) throw tooLong(limits.bodyBytes);
      const means = meansOf?.() ?? null;
      if (!planElsewhere) return prepareHere(text, operationName, false, means);
      return getFromElsewhere(text, operationName, who, means ? JSON.stringify(means) : undefined);
    },
    warm(text) {
      if (!find(text, undefined)?.isRegistered) prepareHere(text, undefined, true);
    },
    askedAgain: () =>
      [...known].flatMap(([text, operations]) =>
        [...operations.keys()].map((operationName) => ({ text, operationName })),
      ),
    async prepare({ text, operationName }) {
      if (find(text, operationName)) return;
      if (planElsewhere) await getFromElsewhere(text, operationName, 'nobody', undefined);
      else prepareHere(text, operationName, false);
      // It counts as asked for again: `find` keeps it with those.
      find(text, operationName);
    },
  };
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A signed-in caller's body may be larger, but that room is for variables. */
const tooLong = (allowed: number): RequestError =>
  new RequestError('OPERATION_TOO_COMPLEX', `The document has more than ${allowed} characters.`, 400, {
    limit: { what: 'characters', allowed },
  });

export function tooManyInBatch(limit: number): RequestError {
  return new RequestError('BATCH_TOO_LARGE', `A batch may hold ${limit} requests.`, 400);
}
