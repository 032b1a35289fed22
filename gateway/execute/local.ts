import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  isScalarType,
  Kind,
  visit,
} from 'graphql';
import { usualVariables } from '../operations/variables.ts';
import type { LocalSubgraph } from '../options.ts';
import type { ReportedError } from '../report/errors.ts';
import { untilAborted } from '../subscriptions/iterate.ts';
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
      const scope = subgraph.open(run.call);
      try {
        const answer = answerOf(
          await execute({
            schema,
            operationName: operation.name,
            ...coerced(operation, representations ? { ...variables, ...representations } : variables),
            contextValue: scope.context,
          }),
        );
        // Only who keeps the answer wants to know.
        return run.worth && !answer.errors ? { ...answer, reads: await scope.reads?.() } : answer;
      } finally {
        await scope.close();
      }
    },
    async *subscribe(operation, variables, run) {
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

/**
 * Coerces variables before graphql does, which takes ten times as long for a bulk mutation: the operation is then given in a form
 * whose variables are of a type that takes every value. What is unusual or wrong is left to graphql in the operation's own form.
 */
function variablesBefore(schema: GraphQLSchema) {
  const forms = new WeakMap<DocumentNode, { coerce: (given: Obj) => Obj | null; document: DocumentNode }>();
  const takesAnything = isScalarType(schema.getType(ANYTHING));
  return ({ document }: SubgraphOperation, variables: Obj): { document: DocumentNode; variableValues: Obj } => {
    if (!takesAnything) return { document, variableValues: variables };
    let form = forms.get(document);
    if (!form) {
      const definitions = document.definitions.flatMap((definition) =>
        definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
      );
      form = { coerce: usualVariables(definitions, schema), document: withAnyVariables(document) };
      forms.set(document, form);
    }
    const values = form.coerce(variables);
    return values ? { document: form.document, variableValues: values } : { document, variableValues: variables };
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
  return { message: error.message, path: error.path, extensions: error.extensions };
}
