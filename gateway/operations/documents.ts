import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Limits } from '../options.ts';
import { RequestError } from '../report/errors.ts';
import { checkLimits } from './limits.ts';
import type { Prepare, PreparedOperation } from './prepare.ts';

/** Errors of one invalid document that are reported; the rest would only repeat them. */
const validationErrorsMax = 20;

export class InvalidDocument extends Error {
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super(errors[0]?.message);
    this.errors = errors;
  }
}

export interface Documents {
  /**
   * The compiled operation of a text, from memory if it is known.
   * @throws InvalidDocument or RequestError
   */
  get(text: string, operationName: string | undefined): PreparedOperation;
}

/** Texts kept, by their length: bounded by memory and not by number, since a stranger chooses how long they are. */
const keptCharacters = 32 * 1024 * 1024;

export function createDocuments(schema: GraphQLSchema, prepare: Prepare, limits: Limits): Documents {
  const known = new LRUCache<string, Map<string | undefined, PreparedOperation>>({
    maxSize: keptCharacters,
    sizeCalculation: (_, text) => text.length + 1_000,
  });
  return {
    get(text, operationName) {
      let operations = known.get(text);
      const found = operations?.get(operationName);
      if (found) return found;
      const document = readDocument(text, schema, limits);
      const prepared = prepare(document, operationName);
      operations ??= new Map();
      operations.set(operationName, prepared);
      known.set(text, operations);
      return prepared;
    },
  };
}

export function readDocument(text: string, schema: GraphQLSchema, limits: Limits): DocumentNode {
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: limits.tokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new InvalidDocument([withCode(error, 'GRAPHQL_PARSE_FAILED')]);
  }
  checkLimits(document, limits);
  const errors = validate(schema, document, rules, { maxErrors: validationErrorsMax });
  if (errors.length > 0) throw new InvalidDocument(errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')));
  return document;
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    extensions: { ...error.extensions, code: error.extensions.code ?? code },
  });
}

/** `__proto__` as a response name would reach the prototype of every object on its way. */
const noPrototypeNames: ValidationRule = (context) => ({
  Field(node) {
    if (node.alias?.value === '__proto__') {
      context.reportError(new GraphQLError('The alias "__proto__" is not allowed.', { nodes: node }));
    }
  },
});

const rules = [...specifiedRules, noPrototypeNames];

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function tooManyInBatch(limit: number): RequestError {
  return new RequestError('BATCH_TOO_LARGE', `A batch may hold ${limit} requests.`, 400);
}
