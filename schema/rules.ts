import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  print,
  type TypeNode,
  visit,
} from 'graphql';

export interface NamedSdl {
  readonly name: string;
  readonly sdl: string;
}

type ObjectNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode;

interface Source {
  readonly name: string;
  readonly document: DocumentNode;
}

/** Breaches of the house's rules for a federated graph, each as a sentence; an empty list is a good graph. */
export function breaches(subgraphs: readonly NamedSdl[]): string[] {
  const sources = subgraphs.map(({ name, sdl }) => ({ name, document: parse(sdl) }));
  const leaves = leafTypes(sources);
  return [
    ...sources.flatMap((source) => listsWithoutSize(source, leaves)),
    ...sharedObjects(sources, leaves),
    ...fieldsInTwoSubgraphs(sources),
    ...sources.flatMap(requiresWithArguments),
    ...sources.flatMap(neededFromOthers),
    ...addedToOthers(sources),
    ...sources.flatMap(undatedDeprecations),
    ...sources.flatMap(mutationsOfAnotherForm),
  ];
}

const objectsOf = ({ document }: Source): ObjectNode[] =>
  document.definitions.filter(
    (one): one is ObjectNode => one.kind === Kind.OBJECT_TYPE_DEFINITION || one.kind === Kind.OBJECT_TYPE_EXTENSION,
  );

const has = (node: { directives?: readonly ConstDirectiveNode[] }, name: string): boolean =>
  node.directives?.some((one) => one.name.value === name) ?? false;

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

const isList = (type: TypeNode): boolean =>
  type.kind === Kind.NON_NULL_TYPE ? isList(type.type) : type.kind === Kind.LIST_TYPE;

/** Scalars and enums: everything that is no object, interface or union anywhere. */
function leafTypes(sources: readonly Source[]): (name: string) => boolean {
  const composite = new Set(
    sources.flatMap(({ document }) =>
      document.definitions.flatMap((one) =>
        one.kind === Kind.OBJECT_TYPE_DEFINITION ||
        one.kind === Kind.OBJECT_TYPE_EXTENSION ||
        one.kind === Kind.INTERFACE_TYPE_DEFINITION ||
        one.kind === Kind.UNION_TYPE_DEFINITION
          ? [one.name.value]
          : [],
      ),
    ),
  );
  return (name) => !composite.has(name);
}

/** Without a size a list counts as a hundred entries, which prices honest operations out. */
function listsWithoutSize(source: Source, isLeaf: (name: string) => boolean): string[] {
  const sizedByParent = new Set(['edges']);
  return objectsOf(source).flatMap((type) =>
    (type.fields ?? []).flatMap((field) => {
      if (!isList(field.type) || isLeaf(namedType(field.type)) || has(field, 'listSize')) return [];
      const isPartOfAnswer = sizedByParent.has(field.name.value) || /(Payload|Error)$/.test(type.name.value);
      return isPartOfAnswer ? [] : [`${source.name}: the list ${type.name.value}.${field.name.value} has no @listSize`];
    }),
  );
}

/** Objects that several subgraphs answer make the planner compare ways without end. */
function sharedObjects(sources: readonly Source[], isLeaf: (name: string) => boolean): string[] {
  return sources.flatMap((source) =>
    objectsOf(source).flatMap((type) => {
      if (!has(type, 'shareable') && !type.fields?.some((field) => has(field, 'shareable'))) return [];
      const isValue = !has(type, 'key') && type.fields?.every((field) => isLeaf(namedType(field.type)));
      return isValue
        ? []
        : [`${source.name}: ${type.name.value} is shared, but is no value whose fields are all leaves`];
    }),
  );
}

function fieldsInTwoSubgraphs(sources: readonly Source[]): string[] {
  const owner = new Map<string, string>();
  const out: string[] = [];
  for (const source of sources) {
    for (const type of objectsOf(source)) {
      if (has(type, 'shareable')) continue;
      const keys = keyFields(source, type.name.value);
      for (const field of type.fields ?? []) {
        if (keys.has(field.name.value) || has(field, 'external') || has(field, 'shareable')) continue;
        const coordinate = `${type.name.value}.${field.name.value}`;
        const other = owner.get(coordinate);
        if (other && other !== source.name) out.push(`${coordinate} is answered by ${other} and by ${source.name}`);
        owner.set(coordinate, source.name);
      }
    }
  }
  return out;
}

function keyFields(source: Source, type: string): Set<string> {
  return new Set(
    objectsOf(source)
      .filter((one) => one.name.value === type)
      .flatMap((one) => one.directives ?? [])
      .filter((one) => one.name.value === 'key')
      .flatMap((one) => stringArgument(one, 'fields').match(/\w+/g) ?? []),
  );
}

function stringArgument(directive: ConstDirectiveNode, name: string): string {
  const value = directive.arguments?.find((one) => one.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : '';
}

/** Our gateway answers these rightly; others that may read our graph mix the values up. */
function requiresWithArguments(source: Source): string[] {
  const breaks = (field: FieldDefinitionNode): boolean =>
    field.directives?.some((one) => one.name.value === 'requires' && stringArgument(one, 'fields').includes('(')) ??
    false;
  return objectsOf(source).flatMap((type) =>
    (type.fields ?? [])
      .filter(breaks)
      .map((field) => `${source.name}: ${type.name.value}.${field.name.value} requires a field with arguments`),
  );
}

/** When another domain is away its fields are missing; where they may not be null, more than that would be. */
function neededFromOthers(source: Source): string[] {
  const stubs = new Set(
    objectsOf(source)
      .filter(({ directives }) => directives?.some(isStub))
      .map(({ name }) => name.value),
  );
  return objectsOf(source).flatMap((type) =>
    (type.fields ?? [])
      .filter((field) => field.type.kind === Kind.NON_NULL_TYPE && stubs.has(namedType(field.type)))
      .map(
        (field) => `${source.name}: ${type.name.value}.${field.name.value} is another domain's and must be nullable`,
      ),
  );
}

/** The same for what a domain adds to a type that another one answers by id. */
function addedToOthers(sources: readonly Source[]): string[] {
  const home = new Map(
    sources.flatMap((source) =>
      objectsOf(source)
        .filter(({ name }) => name.value === 'Query')
        .flatMap(({ fields }) => (fields ?? []).map((field) => [namedType(field.type), source.name] as const)),
    ),
  );
  return sources.flatMap((source) =>
    objectsOf(source)
      .filter(
        ({ name }) => keyFields(source, name.value).size > 0 && (home.get(name.value) ?? source.name) !== source.name,
      )
      .flatMap((type) =>
        (type.fields ?? [])
          .filter(
            ({ name, type: { kind } }) =>
              kind === Kind.NON_NULL_TYPE && !keyFields(source, type.name.value).has(name.value),
          )
          .map(
            ({ name }) =>
              `${source.name}: ${type.name.value}.${name.value} is added to another domain's type and must be nullable`,
          ),
      ),
  );
}

const isStub = (directive: ConstDirectiveNode): boolean =>
  directive.name.value === 'key' &&
  (directive.arguments?.some(
    ({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value,
  ) ??
    false);

/** Who reads that something will go wants to know since when it has been said. */
function undatedDeprecations(source: Source): string[] {
  const out: string[] = [];
  visit(source.document, {
    Directive(node) {
      if (node.name.value !== 'deprecated') return;
      const reason = stringArgument(node as ConstDirectiveNode, 'reason');
      if (!/\b\d{4}-\d{2}/.test(reason)) out.push(`${source.name}: a deprecation without a date: "${reason}"`);
    },
  });
  return out;
}

/** `foo(input: FooInput!): FooPayload!`, so that whoever knows one knows them all. */
function mutationsOfAnotherForm(source: Source): string[] {
  const mutations = objectsOf(source).filter(({ name }) => name.value === 'Mutation');
  return mutations.flatMap(({ fields = [] }) =>
    fields.flatMap((field) => {
      const title = field.name.value.charAt(0).toUpperCase() + field.name.value.slice(1);
      const inputs = (field.arguments ?? []).map(({ name, type }) => `${name.value}: ${namedType(type)}`);
      const isGood = inputs.every((one) => one === `input: ${title}Input`) && print(field.type) === `${title}Payload!`;
      return isGood ? [] : [`${source.name}: the mutation ${field.name.value} is not of the common form`];
    }),
  );
}
