import type { Supergraph } from '@apollo/federation-internals';
import {
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { Caller } from '../options.ts';
import { readDirective, readRequires } from '../plan/directives.ts';

/** One thing a caller must have. Equal requirements are one object, so that each is checked once a request. */
export interface Requirement {
  readonly id: number;
  readonly kind: 'authenticated' | 'scopes' | 'policies';
  /** One of these groups must be held whole; empty for `authenticated`. */
  readonly anyOf: readonly (readonly string[])[];
}

export interface Rules {
  readonly empty: boolean;
  /** What a field needs: its own rules, those of its type, and those of what it would fetch through `@requires`. */
  ofField(parent: string, field: string): readonly Requirement[];
  ofType(name: string): readonly Requirement[];
}

const none: readonly Requirement[] = [];

/** Reads `@authenticated`, `@requiresScopes` and `@policy` from a supergraph, under the names it gives them. */
export function readRules(supergraph: Supergraph, schema: GraphQLSchema): Rules {
  const known = new Map<string, Requirement>();
  const declared = new Map<string, Requirement[]>();
  const add = (coordinate: string, kind: Requirement['kind'], anyOf: string[][] = []): void => {
    const key = kind + JSON.stringify(anyOf);
    let requirement = known.get(key);
    if (!requirement) {
      requirement = { id: known.size, kind, anyOf };
      known.set(key, requirement);
    }
    declared.set(coordinate, [...(declared.get(coordinate) ?? []), requirement]);
  };
  for (const at of readDirective(supergraph, 'authenticated', 'authenticated').keys()) add(at, 'authenticated');
  for (const [at, { scopes }] of readDirective<{ scopes: string[][] }>(
    supergraph,
    'requiresScopes',
    'requiresScopes',
  )) {
    add(at, 'scopes', scopes);
  }
  for (const [at, { policies }] of readDirective<{ policies: string[][] }>(supergraph, 'policy', 'policy')) {
    add(at, 'policies', policies);
  }

  const requires = readRequires(supergraph);
  const ofType = (name: string): readonly Requirement[] => declared.get(name) ?? none;
  const cache = new Map<string, readonly Requirement[]>();

  function ofField(parent: string, field: string): readonly Requirement[] {
    const coordinate = `${parent}.${field}`;
    const cached = cache.get(coordinate);
    if (cached) return cached;
    // Stands in while the field is being looked at: fields may require each other's objects.
    cache.set(coordinate, none);
    const found = new Set<Requirement>();
    const type = schema.getType(parent);
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field] : undefined;
    if (definition) for (const one of ofType(getNamedType(definition.type).name)) found.add(one);
    // What only some implementations protect, or need something protected for, is protected when asked for through the interface.
    const askedOf = isInterfaceType(type)
      ? [type, ...schema.getPossibleTypes(type)]
      : isCompositeType(type)
        ? [type]
        : [];
    for (const one of askedOf) {
      const at = `${one.name}.${field}`;
      for (const requirement of declared.get(at) ?? []) found.add(requirement);
      for (const selection of requires.get(at) ?? []) {
        const definition = parse(`{${selection}}`).definitions[0];
        if (definition?.kind === Kind.OPERATION_DEFINITION) fromSelection(definition.selectionSet, one, found);
      }
    }
    const out = found.size === 0 ? none : [...found];
    cache.set(coordinate, out);
    return out;
  }

  function fromSelection(set: SelectionSetNode, parent: GraphQLCompositeType, found: Set<Requirement>): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        for (const one of ofField(parent.name, selection.name.value)) found.add(one);
        const field = 'getFields' in parent ? parent.getFields()[selection.name.value] : undefined;
        const type = field && getNamedType(field.type);
        if (selection.selectionSet && isCompositeType(type)) fromSelection(selection.selectionSet, type, found);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const type = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : parent;
        if (isCompositeType(type)) fromSelection(selection.selectionSet, type, found);
      }
    }
  }

  return { empty: declared.size === 0, ofField, ofType };
}

/** Decides the policies of `@policy`; by default a policy is one of the caller's permissions or roles. */
export type HasPolicy = (policy: string, caller: Caller | null) => boolean;

export const permissionAsPolicy: HasPolicy = (policy, caller) =>
  caller !== null && (caller.permissions.includes(policy) || (caller.roles?.includes(policy) ?? false));

export function meets(requirement: Requirement, caller: Caller | null, hasPolicy: HasPolicy): boolean {
  switch (requirement.kind) {
    case 'authenticated':
      return caller !== null;
    case 'scopes':
      return (
        caller !== null && requirement.anyOf.some((all) => all.every((scope) => caller.permissions.includes(scope)))
      );
    case 'policies':
      return requirement.anyOf.some((all) => all.every((policy) => hasPolicy(policy, caller)));
  }
}

/** Object types behind an abstract type that need more than it does: known only when the data is there. */
export function protectedMembers(rules: Rules, schema: GraphQLSchema, typename: string): Requirement[] {
  const type = schema.getType(typename);
  return isAbstractType(type) ? schema.getPossibleTypes(type).flatMap(({ name }) => [...rules.ofType(name)]) : [];
}
