import { type BreakingChange, findBreakingChanges, type GraphQLSchema } from 'graphql';

/** Breaking changes that are wanted: each as `<type>: <description>`, with the reason clients are told. */
export type AcceptedChanges = Record<string, string>;

export const nameOf = (change: BreakingChange): string => `${change.type}: ${change.description}`;

/** What would break a client of the schema as it was, and is not recorded as wanted. */
export function unrecordedChanges(before: GraphQLSchema, after: GraphQLSchema, accepted: AcceptedChanges): string[] {
  return findBreakingChanges(before, after)
    .map(nameOf)
    .filter((name) => !(name in accepted));
}
