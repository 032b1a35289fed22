import type { Supergraph } from '@apollo/federation-internals';
import { type GraphQLNamedType, getNamedType, isCompositeType } from 'graphql';
import { readDirective } from '../plan/directives.ts';

export interface ListSize {
  assumedSize?: number | null;
  slicingArguments?: readonly string[] | null;
  sizedFields?: readonly string[] | null;
  requireOneSlicingArgument?: boolean | null;
}

/** What `@cost` and `@listSize` say in a supergraph. */
export interface Weights {
  /** Weight of one value of a field: `@cost` on the field, else on its type, else 1 for objects and 0 for leaves. */
  ofField(parent: string, field: string, type: GraphQLNamedType): number;
  /** Whether a weight was given; a list of leaves without one is free. */
  isWeighted(parent: string, field: string, type: GraphQLNamedType): boolean;
  /** `Type.field(argument:)` or `Input.field`. */
  declared(coordinate: string): number | undefined;
  listSize(parent: string, field: string): ListSize | undefined;
}

export function readWeights(supergraph: Supergraph): Weights {
  const costs = readDirective<{ weight: number }>(supergraph, 'cost', 'cost');
  const sizes = readDirective<ListSize>(supergraph, 'cost', 'listSize');
  const declared = (coordinate: string): number | undefined => costs.get(coordinate)?.weight;
  const given = (parent: string, field: string, type: GraphQLNamedType): number | undefined =>
    declared(`${parent}.${field}`) ?? declared(type.name);
  return {
    declared,
    isWeighted: (parent, field, type) => given(parent, field, type) !== undefined,
    ofField: (parent, field, type) => given(parent, field, type) ?? (isCompositeType(getNamedType(type)) ? 1 : 0),
    listSize: (parent, field) => sizes.get(`${parent}.${field}`),
  };
}
