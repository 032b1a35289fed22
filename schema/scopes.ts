import { type ConstDirectiveNode, Kind, parse, valueFromASTUntyped } from 'graphql';

/** Scopes by field (`Query.articles`): one of the groups must be held whole. */
export type Scopes = ReadonlyMap<string, readonly (readonly string[])[]>;

/** What `@requiresScopes` of a supergraph asks for, which no API schema shows. */
export function scopesOf(supergraph: string): Scopes {
  const found = new Map<string, string[][]>();
  for (const definition of parse(supergraph).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of definition.fields ?? []) {
      const directive = field.directives?.find(({ name }) => name.value === 'requiresScopes');
      if (directive) found.set(`${definition.name.value}.${field.name.value}`, argument(directive));
    }
  }
  return found;
}

const argument = ({ arguments: given }: ConstDirectiveNode): string[][] => {
  const scopes = given?.find(({ name }) => name.value === 'scopes');
  return scopes ? (valueFromASTUntyped(scopes.value) as string[][]) : [];
};
