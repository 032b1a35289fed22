import { createSourceEventStream, type ExecutionResult, execute, type GraphQLError } from 'graphql';
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
            document: operation.document,
            operationName: operation.name,
            variableValues: representations ? { ...variables, ...representations } : variables,
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

function answerOf({ data, errors }: ExecutionResult): SubgraphAnswer {
  return { data: (data as Obj | undefined) ?? null, errors: errors?.map(report) };
}

function report(error: GraphQLError): ReportedError {
  return { message: error.message, path: error.path, extensions: error.extensions };
}
