import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import type { Limits } from '../options.ts';
import { type ReportedError, RequestError, reportOf } from '../report/errors.ts';
import { checkIntrospection } from './introspection.ts';
import { checkLimits, tooMany } from './limits.ts';

/** Errors of one invalid document that are reported; the rest would only repeat them. */
const validationErrorsMax = 20;

export class InvalidDocument extends Error {
  readonly errors: readonly ReportedError[];

  constructor(errors: readonly ReportedError[]) {
    super(errors[0]?.message);
    this.errors = errors;
  }
}

/** @throws InvalidDocument with every fault, or RequestError when a limit is passed. */
export function readDocument(text: string, schema: GraphQLSchema, limits: Limits): DocumentNode {
  const document = parseDocument(text, limits);
  checkLimits(document, limits);
  const errors = validate(schema, document, rules, { maxErrors: validationErrorsMax });
  if (errors.length > 0) throw new InvalidDocument(errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')));
  checkIntrospection(document, schema);
  return document;
}

/**
 * @param noLocation leaves out where in the text each part stands: half the memory, for documents that are known to be right.
 * @throws InvalidDocument, or RequestError when a limit is passed.
 */
export function parseDocument(text: string, limits: Limits, noLocation = false): DocumentNode {
  try {
    return parse(text, { maxTokens: limits.tokens, noLocation });
  } catch (error) {
    // The parser has no other sign of it.
    if (error instanceof GraphQLError && error.message.startsWith('Syntax Error: Document contains more')) {
      throw tooMany('tokens', limits.tokens);
    }
    if (error instanceof GraphQLError) throw new InvalidDocument([withCode(error, 'GRAPHQL_PARSE_FAILED')]);
    // Literals nested deeper than the stack reaches.
    if (error instanceof RangeError) {
      throw new RequestError('OPERATION_TOO_COMPLEX', 'The document is nested too deeply.');
    }
    throw error;
  }
}

function withCode(error: GraphQLError, code: string): ReportedError {
  const reported = reportOf(error);
  return { ...reported, extensions: { code, ...reported.extensions } };
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

export function chooseOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const found = name === undefined ? operations : operations.filter((operation) => operation.name?.value === name);
  if (found.length === 1) return found[0] as OperationDefinitionNode;
  throw new GraphQLError(
    name !== undefined
      ? `Unknown operation named "${name}".`
      : operations.length === 0
        ? 'The document has no operation.'
        : 'The document has several operations: name one as operationName.',
    { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } },
  );
}
