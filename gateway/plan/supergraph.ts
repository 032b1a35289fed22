import { composeServices } from '@apollo/composition';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, type Schema, Supergraph } from '@apollo/federation-internals';
import { type GraphQLSchema, parse, printSchema } from 'graphql';
import type { LocalSubgraph } from '../options.ts';
import { readKeys, readRequires } from './directives.ts';
import { planningSupergraph, type Stand } from './planning-supergraph.ts';

/** A supergraph taken apart into what each step of the gateway needs. */
export interface LoadedSupergraph {
  /** The composed SDL, with every directive. */
  readonly sdl: string;
  readonly supergraph: Supergraph;
  /** What plans are made from: the same graph, in a form the planner does not misread. */
  readonly planned: Supergraph;
  readonly stands: ReadonlyMap<string, Stand>;
  /** What fields need through `@requires`, as `Type.field`, in the planner's form. */
  readonly requires: ReadonlyMap<string, readonly string[]>;
  /** Names of the fields that are part of a key, by subgraph. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every type that exists in any subgraph, inaccessible ones included: entity representations are read by it. */
  readonly fullSchema: GraphQLSchema;
  /** What clients see, in the planner's form. */
  readonly planningSchema: Schema;
  /** What clients see: operations are validated and answers are shaped by it. */
  readonly schema: GraphQLSchema;
  /** `schema` as text, served at `/schema.graphql`. */
  readonly apiSdl: string;
  readonly subgraphs: ReadonlyMap<string, { name: string; url: string }>;
}

/** Security features are ours to enforce, so a supergraph may link them; `@context` is not executed and refused. */
const supportedFeatures = new Set(
  [...ROUTER_SUPPORTED_SUPERGRAPH_FEATURES].filter((url) => !/\/(context|connect)\//.test(url)),
);

/**
 * Reads a composed supergraph.
 * @throws when the text is no federation 2 supergraph, or needs a feature this gateway does not execute.
 */
export function loadSupergraph(sdl: string): LoadedSupergraph {
  const supergraph = Supergraph.build(sdl, { supportedFeatures, validateSupergraph: true });
  const planning = planningSupergraph(sdl);
  const planned = planning.sdl === sdl ? supergraph : Supergraph.build(planning.sdl, { supportedFeatures });
  const schema = supergraph.apiSchema().toGraphQLJSSchema();
  return {
    sdl,
    supergraph,
    planned,
    stands: planning.stands,
    requires: readRequires(planned),
    keys: readKeys(planned),
    fullSchema: planned.schema.toGraphQLJSSchema(),
    planningSchema: planned.apiSchema(),
    schema,
    apiSdl: printSchema(schema),
    subgraphs: new Map(supergraph.subgraphsMetadata().map((subgraph) => [subgraph.name, subgraph])),
  };
}

/** @throws with every composition error at once. */
export function composeLocal(subgraphs: readonly LocalSubgraph[]): string {
  const result = composeServices(
    subgraphs.map(({ name, sdl }) => ({ name, url: `local:${name}`, typeDefs: parse(sdl) })),
  );
  if (result.errors?.length) {
    throw new Error(`The subgraphs do not compose:\n${result.errors.map((error) => error.message).join('\n')}`);
  }
  return result.supergraphSdl as string;
}
