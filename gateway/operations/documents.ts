import { createHash } from 'node:crypto';
import type { QueryPlan } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Limits } from '../options.ts';
import { RequestError } from '../report/errors.ts';
import type { Prepare, PreparedOperation } from './prepare.ts';
import { parseDocument, readDocument } from './read-document.ts';

export interface Documents {
  /**
   * The compiled operation of a text, at once if it is known.
   * @throws InvalidDocument or RequestError
   */
  get(text: string, operationName: string | undefined): PreparedOperation | Promise<PreparedOperation>;
  /** Compiles an operation that can be trusted, such as a persisted one, on this thread. */
  warm(text: string): void;
}

/** Memory for compiled operations: bounded by size and not by number, since a stranger chooses how long they are. */
const keptBytes = 192 * 1024 * 1024;

/** Measured: what is compiled from an operation takes this much for each character of it, and this much besides. */
const bytesPerCharacter = 250;
const bytesBesides = 15_000;

/** Texts that were too complex are refused again without another look for this long. */
const refusedMs = 60_000;

export interface DocumentsOptions {
  schema: GraphQLSchema;
  limits: Limits;
  prepare: Prepare;
  /** Validates and plans operations nobody has sent before; without it that happens here. */
  /** Told for every question whether the operation was compiled already; its plan is part of it. */
  count?: ((result: 'hit' | 'miss') => void) | undefined;
  planElsewhere?: ((text: string, operationName: string | undefined) => Promise<QueryPlan>) | undefined;
}

export function createDocuments({ schema, limits, prepare, planElsewhere, count }: DocumentsOptions): Documents {
  const known = new LRUCache<string, Map<string | undefined, PreparedOperation>>({
    maxSize: keptBytes,
    sizeCalculation: (operations, text) => operations.size * (bytesBesides + text.length * bytesPerCharacter),
  });
  const refused = new LRUCache<string, RequestError>({ max: 1_000, ttl: refusedMs });
  const pending = new Map<string, Promise<PreparedOperation>>();

  function keep(text: string, operationName: string | undefined, prepared: PreparedOperation): PreparedOperation {
    const operations = known.get(text) ?? new Map<string | undefined, PreparedOperation>();
    // Names of operations in one text are bounded by the text.
    operations.set(operationName, prepared);
    known.set(text, operations);
    return prepared;
  }

  const prepareHere = (text: string, operationName: string | undefined): PreparedOperation => {
    readDocument(text, schema, limits);
    return keep(text, operationName, prepare(parseDocument(text, limits, true), operationName));
  };

  async function prepareElsewhere(
    text: string,
    operationName: string | undefined,
    key: string,
  ): Promise<PreparedOperation> {
    try {
      const plan = await (planElsewhere as NonNullable<typeof planElsewhere>)(text, operationName);
      return keep(text, operationName, prepare(parseDocument(text, limits, true), operationName, plan));
    } catch (error) {
      if (error instanceof RequestError && error.code === 'OPERATION_TOO_COMPLEX') refused.set(key, error);
      throw error;
    } finally {
      pending.delete(key);
    }
  }

  return {
    get(text, operationName) {
      const found = known.get(text)?.get(operationName);
      count?.(found ? 'hit' : 'miss');
      if (found) return found;
      if (!planElsewhere) return prepareHere(text, operationName);
      const key = `${operationName ?? ''} ${sha256(text)}`;
      const complex = refused.get(key);
      if (complex) throw complex;
      let waiting = pending.get(key);
      if (!waiting) {
        waiting = prepareElsewhere(text, operationName, key);
        pending.set(key, waiting);
      }
      return waiting;
    },
    warm(text) {
      if (!known.get(text)) prepareHere(text, undefined);
    },
  };
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function tooManyInBatch(limit: number): RequestError {
  return new RequestError('BATCH_TOO_LARGE', `A batch may hold ${limit} requests.`, 400);
}
