import { composeServices } from '@apollo/composition';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, type Schema, Supergraph } from '@apollo/federation-internals';
import { type DocumentNode, type GraphQLSchema, parse, printSchema } from 'graphql';
import type { LocalSubgraph } from '../options.ts';
import { readKeys, readRequires } from './directives.ts';
import { planningSupergraph, type Stand } from './planning-supergraph.ts';

/** What operations are validated and planned with. */
export interface PlanningGraph {
  /** What plans are made from: the supergraph, in a form the planner does not misread. */
  readonly planned: Supergraph;
  /** What clients see, in the planner's form. */
  readonly planningSchema: Schema;
  /** What clients see: operations are validated and answers are shaped by it. */
  readonly schema: GraphQLSchema;
}

/** A supergraph taken apart into what each step of the gateway needs. */
export interface LoadedSupergraph extends PlanningGraph {
  /** The composed SDL, with every directive. */
  readonly sdl: string;
  readonly document: DocumentNode;
  readonly supergraph: Supergraph;
  readonly stands: ReadonlyMap<string, Stand>;
  /** What fields need through `@requires`, as `Type.field`, in the planner's form. */
  readonly requires: ReadonlyMap<string, readonly string[]>;
  /** Names of the fields that are part of a key, by subgraph. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every type that exists in any subgraph, inaccessible ones included: entity representations are read by it. */
  readonly fullSchema: GraphQLSchema;
  /** `schema` as text, served at `/schema.graphql`. */
  readonly apiSdl: string;
  readonly subgraphs: ReadonlyMap<string, { name: string; url: string }>;
}

/** Security features are ours to enforce, so a supergraph may link them; `@context` is not executed and refused. */
const supportedFeatures = new Set(
  [...ROUTER_SUPPORTED_SUPERGRAPH_FEATURES].filter((url) => !/\/(context|connect)\//.test(url)),
);

/**
 * Reads a composed supergraph. `isComposedHere` says that composition has just found it valid: looking again would take as long
 * as reading it.
 * @throws when the text is no federation 2 supergraph, or needs a feature this gateway does not execute.
 */
export function loadSupergraph(sdl: string, isComposedHere = false): LoadedSupergraph {
  const graph = read(sdl, !isComposedHere);
  const { supergraph } = graph;
  return {
    ...graph,
    sdl,
    requires: readRequires(graph.planned),
    keys: readKeys(graph.planned),
    fullSchema: graph.planned.schema.toGraphQLJSSchema(),
    apiSdl: printSchema(graph.schema),
    subgraphs: new Map(supergraph.subgraphsMetadata().map((subgraph) => [subgraph.name, subgraph])),
  };
}

/** What a planner needs of a supergraph that was loaded before, on another thread. */
export const loadForPlanning = (sdl: string): PlanningGraph & Pick<LoadedSupergraph, 'supergraph'> => read(sdl, false);

function read(sdl: string, validateSupergraph: boolean) {
  const document = parse(sdl, { noLocation: true });
  const supergraph = Supergraph.build(document, { supportedFeatures, validateSupergraph });
  const planning = planningSupergraph(document);
  // Made from one that is valid.
  const unseen = { supportedFeatures, validateSupergraph: false };
  const planned = planning.document === document ? supergraph : Supergraph.build(planning.document, unseen);
  return {
    document,
    supergraph,
    stands: planning.stands,
    planned,
    planningSchema: planned.apiSchema(),
    schema: supergraph.apiSchema().toGraphQLJSSchema(),
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
