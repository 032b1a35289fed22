import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  valueFromASTUntyped,
} from 'graphql';

/** What the schema says about keeping a field, or any field of a type. */
export interface Hint {
  /** Seconds it may be kept; null when nothing is said. */
  readonly maxAge: number | null;
  /** `PUBLIC`: the same for everybody of a company who has the same rights. */
  readonly scope: 'PUBLIC' | 'PRIVATE' | null;
  /** Formats of its cache tags, by subgraph. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
}

/** By `Type` and `Type.field`. */
export type Hints = ReadonlyMap<string, Hint>;

/**
 * Reads `@cacheControl(maxAge, scope)` and Apollo's `@cacheTag(format)` from a supergraph. The first reaches it by
 * `@composeDirective`, the second by composition itself, as `@join__directive`.
 */
export function readHints(document: DocumentNode): Hints {
  const graphs = new Map<string, string>();
  const hints = new Map<string, Hint>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph') {
      for (const { name, directives } of definition.values ?? []) {
        const graph = directives?.find((one) => one.name.value === 'join__graph');
        graphs.set(name.value, String(graph ? argumentsOf(graph).name : name.value));
      }
    }
  }
  const read = (place: string, directives: readonly ConstDirectiveNode[] | undefined): void => {
    const hint = hintOf(directives ?? [], graphs);
    if (hint) hints.set(place, hint);
  };
  for (const definition of document.definitions) {
    if (!('name' in definition) || !definition.name) continue;
    const type = definition.name.value;
    if ('directives' in definition) read(type, definition.directives as readonly ConstDirectiveNode[]);
    if (!('fields' in definition)) continue;
    for (const field of (definition.fields ?? []) as readonly FieldDefinitionNode[]) {
      if (field.kind === Kind.FIELD_DEFINITION) read(`${type}.${field.name.value}`, field.directives);
    }
  }
  return hints;
}

function hintOf(directives: readonly ConstDirectiveNode[], graphs: ReadonlyMap<string, string>): Hint | null {
  let maxAge: number | null = null;
  let scope: Hint['scope'] = null;
  const tags = new Map<string, string[]>();
  for (const directive of directives) {
    const given = argumentsOf(directive);
    if (directive.name.value === 'cacheControl') {
      // Each subgraph may have said its own: the strictest holds.
      if (typeof given.maxAge === 'number') maxAge = Math.min(maxAge ?? given.maxAge, given.maxAge);
      if (given.scope === 'PRIVATE') scope = 'PRIVATE';
      else if (given.scope === 'PUBLIC') scope ??= 'PUBLIC';
    }
    const format = (given.args as { format?: unknown } | undefined)?.format;
    if (directive.name.value === 'join__directive' && /cacheTag$/.test(String(given.name)) && format !== undefined) {
      for (const graph of given.graphs as string[]) {
        const name = graphs.get(graph) ?? graph;
        tags.set(name, [...(tags.get(name) ?? []), String(format)]);
      }
    }
  }
  return maxAge === null && scope === null && tags.size === 0 ? null : { maxAge, scope, tags };
}

function argumentsOf({ arguments: given = [] }: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value as ConstValueNode)]));
}
