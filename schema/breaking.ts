import { type BreakingChange, findBreakingChanges, type GraphQLSchema } from 'graphql';
import type { ChangelogEntry } from './changelog.ts';

/** Breaking changes that are wanted: each as `<type>: <description>`, with the reason clients are told. */
export type AcceptedChanges = Record<string, string>;

export const nameOf = (change: BreakingChange): string => `${change.type}: ${change.description}`;

/** What would break a client of the schema as it was, and is not recorded as wanted. */
export function unrecordedChanges(before: GraphQLSchema, after: GraphQLSchema, accepted: AcceptedChanges): string[] {
  return findBreakingChanges(before, after)
    .map(nameOf)
    .filter((name) => !(name in accepted));
}

/**
 * What broke clients at any time, by the changelog, and is not recorded as wanted. Once the committed supergraph is written anew, nothing
 * in it tells of what it was before.
 */
export function unrecordedBreaks(log: readonly ChangelogEntry[], accepted: AcceptedChanges): string[] {
  const recorded = new Set(Object.keys(accepted).map((name) => name.slice(name.indexOf(': ') + 2)));
  return log.flatMap(({ date, breaking }) =>
    breaking.filter((description) => !recorded.has(description)).map((description) => `${date}: ${description}`),
  );
}
