import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  isScalarType,
  Kind,
  ValuesOfCorrectTypeRule,
  type VariableDefinitionNode,
  validate,
  visit,
} from 'graphql';
import { usualVariables } from '../operations/variables.ts';
import type { LocalSubgraph } from '../options.ts';
import type { ReportedError } from '../report/errors.ts';
import { untilAborted } from '../subscriptions/iterate.ts';
import { compiledExecution } from './compiled.ts';
import {
  isObject,
  type Obj,
  type Subgraph,
  type SubgraphAnswer,
  type SubgraphOperation,
  SubgraphRefusal,
} from './run.ts';

/** Runs a subgraph's schema in this process: no text is written or read in between. */
export function localSubgraph(subgraph: LocalSubgraph): Subgraph {
  const { schema } = subgraph;
  const coerced = variablesBefore(schema);
  const compiled = compiledExecution(schema);

  /** One event is executed in a call of its own, so that no transaction stays open between events. */
  async function executeEvent(
    event: unknown,
    operation: SubgraphOperation,
    variables: Obj,
    call: Parameters<LocalSubgraph['open']>[0],
  ): Promise<SubgraphAnswer> {
    const scope = subgraph.open(call);
    try {
      const result = await execute({
        schema,
        document: operation.document,
        operationName: operation.name,
        rootValue: event,
        variableValues: variables,
        contextValue: scope.context,
      });
      const { eventId, gap } = isObject(event) ? event : {};
      return {
        ...answerOf(result),
        ...(typeof eventId === 'string' && eventId !== '' && { id: eventId }),
        ...(gap === true && { gap }),
      };
    } finally {
      await scope.close();
    }
  }

  return {
    name: subgraph.name,
    local: true,
    async execute(operation, variables, representations, run) {
      const given = coerced(operation, representations ? { ...variables, ...representations } : variables);
      if ('mistakes' in given) return { data: null, errors: given.mistakes };
      const scope = subgraph.open(run.call);
      try {
        const { document, variableValues } = given;
        const answer = answerOf(
          await compiled(document, operation.name)({ variableValues, contextValue: scope.context }),
        );
        // Only who keeps the answer wants to know.
        return run.worth && !answer.errors ? { ...answer, reads: await scope.reads?.() } : answer;
      } finally {
        await scope.close();
      }
    },
    async *subscribe(operation, variables, run) {
      const given = coerced(operation, variables);
      if ('mistakes' in given) throw new SubgraphRefusal(given.mistakes);
      const scope = subgraph.open(run.call);
      try {
        const events = await createSourceEventStream({
          schema,
          document: operation.document,
          operationName: operation.name,
          variableValues: variables,
          contextValue: scope.context,
        });
        if (!(Symbol.asyncIterator in events)) throw new SubgraphRefusal((events.errors ?? []).map(report));
        for await (const event of untilAborted(events, run.signal))
          yield executeEvent(event, operation, variables, run.call);
      } finally {
        await scope.close();
      }
    },
  };
}

/** Takes every value as it is; every subgraph with entities has it. */
const ANYTHING = '_Any';

interface Form {
  readonly definitions: readonly VariableDefinitionNode[];
  readonly coerce: (given: Obj) => Obj | null;
  /** The operation with variables that take every value; null where the schema has no such type. */
  readonly open: DocumentNode | null;
  /** Literals that do not fit their types. */
  readonly mistakes: readonly ReportedError[];
}

type Given =
  | { readonly document: DocumentNode; readonly variableValues: Obj }
  | { readonly mistakes: readonly ReportedError[] };

/** A value that does not fit its type is the caller's mistake; executing it would only tell that something failed. */
const mistake = ({ message }: GraphQLError): ReportedError => ({ message, extensions: { code: 'BAD_USER_INPUT' } });
const mistakesMax = 20;

/**
 * Coerces variables before graphql does, which takes ten times as long for a bulk mutation: the operation is then given in a form
 * whose variables are of a type that takes every value. What is unusual or wrong is left to graphql in the operation's own form.
 */
function variablesBefore(schema: GraphQLSchema) {
  const forms = new WeakMap<DocumentNode, Form>();
  const takesAnything = isScalarType(schema.getType(ANYTHING));
  const formOf = (document: DocumentNode): Form => {
    const definitions = document.definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
    );
    return {
      definitions,
      coerce: usualVariables(definitions, schema),
      open: takesAnything ? withAnyVariables(document) : null,
      mistakes: validate(schema, document, [ValuesOfCorrectTypeRule], { maxErrors: mistakesMax }).map(mistake),
    };
  };
  return ({ document }: SubgraphOperation, variables: Obj): Given => {
    let form = forms.get(document);
    if (!form) {
      form = formOf(document);
      forms.set(document, form);
    }
    if (form.mistakes.length > 0) return { mistakes: form.mistakes };
    const values = form.coerce(variables);
    if (values && form.open) return { document: form.open, variableValues: values };
    const { errors } = getVariableValues(schema, form.definitions, variables, { maxErrors: mistakesMax });
    return errors ? { mistakes: errors.map(mistake) } : { document, variableValues: variables };
  };
}

/** The operation with variables that take every value, the default being one of the values already. */
const withAnyVariables = (document: DocumentNode): DocumentNode =>
  visit(document, {
    VariableDefinition: ({ kind, variable }) => ({
      kind,
      variable,
      type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: ANYTHING } },
    }),
  });

function answerOf({ data, errors }: ExecutionResult): SubgraphAnswer {
  return { data: (data as Obj | undefined) ?? null, errors: errors?.map(report) };
}

function report(error: GraphQLError): ReportedError {
  return { message: error.message, path: error.path, extensions: error.extensions, cause: error.originalError };
}
