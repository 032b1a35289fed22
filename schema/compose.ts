import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { type GraphQLSchema, parse, printSchema } from 'graphql';
import type { SubgraphSource } from './subgraphs.ts';

export interface Composed {
  /** What a gateway serves: every type with the subgraphs that answer it. */
  readonly supergraph: string;
  /** What integrators see: the same without federation machinery. */
  readonly api: string;
  readonly schema: GraphQLSchema;
}

/** Everything the gateway enforces itself may be linked. */
const anyFeature = null;

/** @throws with every composition error, each with the subgraph it comes from. */
export function compose(subgraphs: readonly SubgraphSource[]): Composed {
  const services = subgraphs.map(({ name, sdl }) => ({ name, url: addressOf(name), typeDefs: parse(sdl) }));
  const result = composeServices(services);
  if (result.errors?.length) {
    throw new Error(
      `The subgraphs do not compose:\n\n${result.errors.map(({ message }) => `- ${message}`).join('\n')}`,
    );
  }
  const supergraph = result.supergraphSdl as string;
  const schema = apiSchemaOf(supergraph);
  return { supergraph: `${supergraph.trimEnd()}\n`, api: `${printSchema(schema)}\n`, schema };
}

export function apiSchemaOf(supergraph: string): GraphQLSchema {
  return Supergraph.build(supergraph, { supportedFeatures: anyFeature, validateSupergraph: true })
    .apiSchema()
    .toGraphQLJSSchema();
}

/** Where a subgraph answers when it runs alone, unless the gateway is told otherwise. */
const addressOf = (name: string): string => `http://${name}:4001/graphql`;
