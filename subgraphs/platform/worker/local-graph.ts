import type { Caller } from '@valeo/kit/caller.ts';
import type { SubgraphCall } from '@valeo/kit/context.ts';
import type { LocalSubgraph } from '@valeo/kit/subgraph.ts';
import { type DocumentNode, execute, Kind, parse } from 'graphql';

/**
 * The graph as background tasks see it: operations go straight into the subgraph that owns their first field. Tasks name
 * fields of one domain at a time, so no gateway is needed in the worker.
 */
export class LocalGraph {
  readonly #subgraphs: readonly LocalSubgraph[];
  readonly #documents = new Map<string, DocumentNode>();

  constructor(subgraphs: readonly LocalSubgraph[]) {
    this.#subgraphs = subgraphs;
  }

  async ask<Data>(
    caller: Caller,
    operation: string,
    variables: object,
    requestId: string,
    guard?: SubgraphCall['guard'],
  ): Promise<Data> {
    let document = this.#documents.get(operation);
    if (!document) this.#documents.set(operation, (document = parse(operation)));
    const subgraph = this.#owner(document);
    const { context, close } = subgraph.open({ caller, requestId, locale: caller.locale, ...(guard && { guard }) });
    try {
      const { data, errors } = await execute({
        schema: subgraph.schema,
        document,
        contextValue: context,
        variableValues: { ...variables },
      });
      if (errors?.[0]) throw errors[0].originalError ?? errors[0];
      return data as Data;
    } finally {
      await close();
    }
  }

  #owner(document: DocumentNode): LocalSubgraph {
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      const [field] = definition.selectionSet.selections;
      const name = field?.kind === Kind.FIELD ? field.name.value : '';
      const found = this.#subgraphs.find(({ schema }) => {
        const type = definition.operation === 'mutation' ? schema.getMutationType() : schema.getQueryType();
        return type?.getFields()[name] !== undefined;
      });
      if (found) return found;
    }
    throw new Error('No domain has the first field of this operation');
  }
}
