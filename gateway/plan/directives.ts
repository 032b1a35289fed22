import type { Directive, SchemaElement, Supergraph } from '@apollo/federation-internals';

type Element = SchemaElement<never, never>;

/**
 * Reads what a federation feature says in a supergraph, under whatever name the directive was imported.
 * The result maps coordinates (`Type`, `Type.field`, `Type.field(argument:)`, `Input.field`) to the arguments given.
 */
export function readDirective<Arguments extends object>(
  supergraph: Supergraph,
  feature: string,
  directive: string,
): Map<string, Arguments> {
  const out = new Map<string, Arguments>();
  const name = supergraph.schema.coreFeatures
    ?.getByIdentity(`https://specs.apollo.dev/${feature}`)
    ?.directiveNameInSchema(directive);
  if (!name) return out;
  const read = (coordinate: string, element: unknown): void => {
    const [applied] = (element as Element).appliedDirectivesOf(name) as Directive[];
    if (applied) out.set(coordinate, applied.arguments(true) as Arguments);
  };
  for (const type of supergraph.schema.types()) {
    read(type.name, type);
    if (type.kind === 'ObjectType' || type.kind === 'InterfaceType') {
      for (const field of type.fields()) {
        read(`${type.name}.${field.name}`, field);
        for (const argument of field.arguments()) read(`${type.name}.${field.name}(${argument.name}:)`, argument);
      }
    } else if (type.kind === 'InputObjectType') {
      for (const field of type.fields()) read(`${type.name}.${field.name}`, field);
    }
  }
  return out;
}

/** Fields named in `@requires`, as `Type.field` to the selections of each subgraph that needs them. */
export function readRequires(supergraph: Supergraph): Map<string, string[]> {
  const out = new Map<string, string[]>();
  for (const type of supergraph.schema.types()) {
    if (type.kind !== 'ObjectType' && type.kind !== 'InterfaceType') continue;
    for (const field of type.fields()) {
      const requires = field
        .appliedDirectivesOf('join__field')
        .flatMap((applied) => (applied.arguments() as { requires?: string }).requires ?? []);
      if (requires.length > 0) out.set(`${type.name}.${field.name}`, requires);
    }
  }
  return out;
}

/** Names of the fields that are part of some key, by subgraph. */
export function readKeys(supergraph: Supergraph): Map<string, Set<string>> {
  const nameOf = new Map([...supergraph.subgraphNameToGraphEnumValue()].map(([name, value]) => [value, name]));
  const out = new Map<string, Set<string>>();
  for (const type of supergraph.schema.types()) {
    for (const applied of type.appliedDirectivesOf('join__type')) {
      const { graph, key } = applied.arguments() as { graph: string; key?: string };
      const names = out.get(nameOf.get(graph) ?? '') ?? new Set();
      for (const name of key?.match(/\w+/g) ?? []) names.add(name);
      out.set(nameOf.get(graph) ?? '', names);
    }
  }
  return out;
}
