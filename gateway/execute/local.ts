import { execute, GraphQLError } from 'graphql';
import type { LocalSubgraph } from '../options.ts';
import type { ReportedError } from '../report/errors.ts';
import type { Obj, Subgraph } from './run.ts';

/** Runs a subgraph's schema in this process: no text is written or read in between. */
export function localSubgraph(subgraph: LocalSubgraph): Subgraph {
  return {
    name: subgraph.name,
    local: true,
    async execute(operation, variables, representations, run) {
      const scope = subgraph.open(run.call);
      try {
        const result = await execute({
          schema: subgraph.schema,
          document: operation.document,
          operationName: operation.name,
          variableValues: representations ? { ...variables, representations } : variables,
          contextValue: scope.context,
        });
        return { data: (result.data as Obj | undefined) ?? null, errors: result.errors?.map(report) };
      } finally {
        await scope.close();
      }
    },
  };
}

function report(error: GraphQLError): ReportedError {
  return { message: error.message, path: error.path, extensions: error.extensions };
}
