import {
  type ArgumentNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type StringValueNode,
  type TypeNode,
} from 'graphql';

import { withoutCosts } from './without-costs.ts';

/**
 * A field with arguments that some `@requires` names: planned under a name of its own, so that it cannot be mistaken for
 * the same field with other arguments in the client's operation or in another `@requires`.
 */
export interface Stand {
  readonly name: string;
  readonly field: string;
  readonly arguments: readonly ArgumentNode[];
}

export interface PlanningSupergraph {
  /** The very document that was given, where it needs no other form. */
  readonly document: DocumentNode;
  /** By the name they are planned under. */
  readonly stands: ReadonlyMap<string, Stand>;
}

type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * The supergraph as the planner should see it: without costs, and with two things in another form that it would plan
 * wrongly, arguments inside of `@requires` and keys that lead nowhere beside keys that do.
 */
export function planningSupergraph(original: DocumentNode): PlanningSupergraph {
  const document = withoutCosts(original);
  const types = new Map(
    document.definitions.flatMap((one) => (isComposite(one) ? [[one.name.value, one] as const] : [])),
  );
  const stands = new Stands(types);
  let changed = document !== original;
  const definitions: DocumentNode['definitions'] = document.definitions.map((definition) => {
    if (!isComposite(definition)) return definition;
    const directives = withoutUselessKeys(definition.directives ?? []);
    const fields = definition.fields?.map((field) => stands.replaceIn(field, definition));
    changed ||= directives.length !== definition.directives?.length;
    return { ...definition, directives, fields };
  });
  if (!changed && stands.byName.size === 0) return { document: original, stands: new Map() };
  const withStands = definitions.map((definition) =>
    isComposite(definition)
      ? { ...definition, fields: [...(definition.fields ?? []), ...stands.fieldsFor(definition.name.value)] }
      : definition,
  );
  const used = new UsedFields(withStands);
  const cleaned = withStands.map((definition) =>
    isComposite(definition)
      ? { ...definition, fields: definition.fields?.map((field) => used.clean(field, definition)) }
      : definition,
  );
  return { document: { kind: Kind.DOCUMENT, definitions: cleaned }, stands: stands.byName };
}

function isComposite(definition: DefinitionNode): definition is Composite {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

/** An `@external` field that only a replaced selection used is external to nothing, which a subgraph may not be. */
class UsedFields {
  /** As `GRAPH Type.field`. */
  readonly #used = new Set<string>();
  readonly #types: ReadonlyMap<string, Composite>;

  constructor(definitions: readonly DefinitionNode[]) {
    const composites = definitions.filter(isComposite);
    this.#types = new Map(composites.map((one) => [one.name.value, one]));
    for (const type of composites) {
      for (const directive of type.directives ?? []) this.#read(directive, 'key', type);
      for (const field of type.fields ?? []) {
        const answered = this.#types.get(namedType(field.type));
        for (const directive of field.directives ?? []) {
          this.#read(directive, 'requires', type);
          if (answered) this.#read(directive, 'provides', answered);
          else if (argument(directive, 'provides')) this.#readForAll(directive);
        }
      }
    }
  }

  #read(directive: ConstDirectiveNode, name: string, type: Composite): void {
    const value = argument(directive, name);
    if (value?.kind === Kind.STRING) this.#walk(graphOf(directive), fieldSet(value.value), type);
  }

  /** What a union provides stands in fragments that name their types. */
  #readForAll(directive: ConstDirectiveNode): void {
    const value = argument(directive, 'provides');
    if (value?.kind !== Kind.STRING) return;
    for (const one of fieldSet(value.value)) {
      const type = one.kind === Kind.INLINE_FRAGMENT && this.#types.get(one.typeCondition?.name.value ?? '');
      if (type) this.#walk(graphOf(directive), one.selectionSet.selections, type);
    }
  }

  #walk(graph: string, selections: readonly SelectionNode[], type: Composite): void {
    for (const one of selections) {
      if (one.kind === Kind.FRAGMENT_SPREAD) continue;
      if (one.kind === Kind.INLINE_FRAGMENT) {
        const narrowed = one.typeCondition ? this.#types.get(one.typeCondition.name.value) : type;
        if (narrowed) this.#walk(graph, one.selectionSet.selections, narrowed);
        continue;
      }
      for (const member of [type, ...this.#implementing(type)]) {
        this.#used.add(`${graph} ${member.name.value}.${one.name.value}`);
      }
      const field = type.fields?.find(({ name }) => name.value === one.name.value);
      const inner = field && this.#types.get(namedType(field.type));
      if (one.selectionSet && inner) this.#walk(graph, one.selectionSet.selections, inner);
    }
  }

  #implementing(type: Composite): Composite[] {
    if (type.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [];
    return [...this.#types.values()].filter(({ interfaces }) =>
      interfaces?.some((one) => one.name.value === type.name.value),
    );
  }

  clean(field: FieldDefinitionNode, parent: Composite): FieldDefinitionNode {
    const name = field.name.value;
    const promised = parent.interfaces?.some((one) =>
      this.#types.get(one.name.value)?.fields?.some((other) => other.name.value === name),
    );
    const directives = field.directives?.filter((directive) => {
      const external = directive.name.value === 'join__field' && argument(directive, 'external');
      return !external || promised || this.#used.has(`${graphOf(directive)} ${parent.name.value}.${name}`);
    });
    return { ...field, directives };
  }
}

function fieldSet(text: string): readonly SelectionNode[] {
  const [definition] = parse(`{${text}}`, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
}

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));

/**
 * The planner takes the first key it can read, even one a subgraph does not resolve. Where a subgraph has keys that it
 * resolves, the others only mislead.
 */
function withoutUselessKeys(directives: readonly ConstDirectiveNode[]): ConstDirectiveNode[] {
  const resolving = new Set(
    directives.flatMap((one) =>
      one.name.value === 'join__type' && argument(one, 'key') && isResolvable(one) ? [graphOf(one)] : [],
    ),
  );
  return directives.filter(
    (one) => one.name.value !== 'join__type' || isResolvable(one) || !resolving.has(graphOf(one)),
  );
}

const argument = (directive: ConstDirectiveNode, name: string) =>
  directive.arguments?.find((one) => one.name.value === name)?.value;

function graphOf(directive: ConstDirectiveNode): string {
  const value = argument(directive, 'graph');
  return value?.kind === Kind.ENUM ? value.value : '';
}

function isResolvable(directive: ConstDirectiveNode): boolean {
  const value = argument(directive, 'resolvable');
  return value?.kind !== Kind.BOOLEAN || value.value;
}

class Stands {
  readonly byName = new Map<string, Stand>();
  readonly #types: ReadonlyMap<string, Composite>;
  readonly #byMeaning = new Map<string, string>();
  readonly #fields = new Map<string, Map<string, FieldDefinitionNode>>();

  constructor(types: ReadonlyMap<string, Composite>) {
    this.#types = types;
  }

  fieldsFor(type: string): FieldDefinitionNode[] {
    return [...(this.#fields.get(type)?.values() ?? [])];
  }

  replaceIn(field: FieldDefinitionNode, parent: Composite): FieldDefinitionNode {
    const directives = field.directives?.map((directive) => {
      const requires = directive.name.value === 'join__field' ? argument(directive, 'requires') : undefined;
      if (requires?.kind !== Kind.STRING || !requires.value.includes('(')) return directive;
      const value: StringValueNode = { kind: Kind.STRING, value: this.#replace(requires.value, parent) };
      return {
        ...directive,
        arguments: directive.arguments?.map((one) => (one.name.value === 'requires' ? { ...one, value } : one)),
      };
    });
    return { ...field, directives };
  }

  #replace(text: string, parent: Composite): string {
    return fieldSet(text)
      .map((one) => print(this.#replaceSelection(one, parent)))
      .join(' ');
  }

  #replaceSelection(selection: SelectionNode, parent: Composite): SelectionNode {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
    const type =
      selection.kind === Kind.FIELD
        ? this.#typeOf(parent, selection.name.value)
        : selection.typeCondition
          ? this.#types.get(selection.typeCondition.name.value)
          : parent;
    const selectionSet = selection.selectionSet && {
      ...selection.selectionSet,
      selections: selection.selectionSet.selections.map((one) => (type ? this.#replaceSelection(one, type) : one)),
    };
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return { ...selection, selectionSet: selectionSet as NonNullable<typeof selectionSet> };
    if (!selection.arguments?.length) return { ...selection, selectionSet };
    return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: this.#standFor(selection, parent) }, selectionSet };
  }

  #typeOf(parent: Composite, field: string): Composite | undefined {
    const type = parent.fields?.find((one) => one.name.value === field)?.type;
    return type && this.#types.get(namedType(type));
  }

  #standFor(field: FieldNode, parent: Composite): string {
    const meaning = print({ ...field, alias: undefined, selectionSet: undefined });
    let name = this.#byMeaning.get(meaning);
    if (!name) {
      name = `${field.name.value}__stand${this.#byMeaning.size}`;
      this.#byMeaning.set(meaning, name);
      this.byName.set(name, { name, field: field.name.value, arguments: field.arguments ?? [] });
    }
    this.#define(name, field.name.value, parent);
    return name;
  }

  /** The stand is a field of the same subgraphs, without arguments, on the type and all that implement it. */
  #define(name: string, original: string, parent: Composite): void {
    const types = [
      parent,
      ...[...this.#types.values()].filter(({ interfaces }) =>
        interfaces?.some((one) => one.name.value === parent.name.value),
      ),
    ];
    for (const type of types) {
      const field = type.fields?.find((one) => one.name.value === original);
      if (!field) continue;
      const fields = this.#fields.get(type.name.value) ?? new Map<string, FieldDefinitionNode>();
      fields.set(name, {
        kind: Kind.FIELD_DEFINITION,
        name: { kind: Kind.NAME, value: name },
        type: field.type,
        directives: field.directives?.filter((one) => one.name.value === 'join__field'),
      });
      this.#fields.set(type.name.value, fields);
    }
  }
}

/** A selection as the subgraph understands it: stands become the fields they stand for, under the stand's name. */
export function withoutStands(selection: SelectionNode, stands: ReadonlyMap<string, Stand>): SelectionNode {
  if (stands.size === 0 || selection.kind === Kind.FRAGMENT_SPREAD) return selection;
  const selectionSet = selection.selectionSet && {
    ...selection.selectionSet,
    selections: selection.selectionSet.selections.map((one) => withoutStands(one, stands)),
  };
  if (selection.kind === Kind.INLINE_FRAGMENT)
    return { ...selection, selectionSet: selectionSet as NonNullable<typeof selectionSet> };
  const stand = stands.get(selection.name.value);
  if (!stand) return { ...selection, selectionSet };
  return {
    ...selection,
    alias: selection.alias ?? { kind: Kind.NAME, value: stand.name },
    name: { kind: Kind.NAME, value: stand.field },
    arguments: stand.arguments,
    selectionSet,
  };
}
