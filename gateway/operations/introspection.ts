import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  Kind,
  type OperationDefinitionNode,
  parse,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Obj } from '../execute/run.ts';
import { fragmentsOf } from '../execute/selection.ts';
import { RequestError } from '../report/errors.ts';

/** Answers about the schema that are kept: few programs ask, each with a text of its own, and an answer takes megabytes. */
const keptAnswers = 4;

/** What introspection may answer, as a multiple of the whole schema: some tools ask for parts of it twice. */
const wholesMax = 2;

/** What a value takes besides its characters: time, mostly. */
const valueWeight = 16;

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Fields at the root, each as often as it is asked for outside of fragments, and once for each fragment that holds it. */
function rootFields({ selectionSet }: OperationDefinitionNode, fragments: Fragments): FieldNode[] {
  const seen = new Set<string>();
  const fieldsOf = (set: SelectionSetNode): FieldNode[] =>
    set.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet);
      const name = selection.name.value;
      const fragment = fragments.get(name);
      if (!fragment || seen.has(name)) return [];
      seen.add(name);
      return fieldsOf(fragment.selectionSet);
    });
  return fieldsOf(selectionSet);
}

const metaFields: ReadonlyMap<string, GraphQLField<unknown, unknown>> = new Map(
  [SchemaMetaFieldDef, TypeMetaFieldDef].map((field) => [field.name, field]),
);

const asksSchema = (definition: OperationDefinitionNode, fragments: Fragments): boolean =>
  definition.operation === 'query' && rootFields(definition, fragments).some(({ name }) => metaFields.has(name.value));

/** Whether an operation asks about the schema only, so that no subgraph takes part. Fit for documents that are not validated. */
export function isIntrospection(definition: OperationDefinitionNode, fragments: Fragments): boolean {
  return (
    definition.operation === 'query' &&
    rootFields(definition, fragments).every(({ name }) => name.value.startsWith('__'))
  );
}

/**
 * Introspection is free, so what it answers is bounded instead: a few aliases on lists in lists stand for many times the
 * schema.
 * @param document a valid one.
 * @throws RequestError OPERATION_TOO_COMPLEX
 */
export function checkIntrospection(document: DocumentNode, schema: GraphQLSchema): void {
  const fragments = fragmentsOf(document);
  const asks = document.definitions.some((one) => one.kind === Kind.OPERATION_DEFINITION && asksSchema(one, fragments));
  if (asks) weigh(document, schema, wholesMax * wholeWeight(schema));
}

const wholes = new WeakMap<GraphQLSchema, number>();

/** Weight of everything that the usual tools ask for at once. */
function wholeWeight(schema: GraphQLSchema): number {
  let weight = wholes.get(schema);
  if (weight === undefined) {
    const everything = getIntrospectionQuery({
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    weight = weigh(parse(everything), schema, Number.POSITIVE_INFINITY);
    wholes.set(schema, weight);
  }
  return weight;
}

/**
 * Goes through what a document's operations would answer about the schema without building it, deprecated and skipped parts
 * included.
 * @throws RequestError as soon as it is more than allowed.
 */
function weigh(document: DocumentNode, schema: GraphQLSchema, allowed: number): number {
  const fragments = fragmentsOf(document);
  // Of what a resolver gets, those of introspection look at the schema alone.
  const info = { schema } as GraphQLResolveInfo;
  let weight = 0;
  const add = (characters: number): void => {
    weight += valueWeight + characters;
    if (weight > allowed) throw tooMuch();
  };
  const addValue = (field: GraphQLField<unknown, unknown>, value: unknown, set: SelectionSetNode | undefined): void => {
    if (Array.isArray(value)) for (const one of value) addValue(field, one, set);
    else if (value === null || value === undefined) add(0);
    else if (set) addSelection(getNamedType(field.type) as GraphQLObjectType, value, set);
    else add(String(value).length);
  };
  const addSelection = (type: GraphQLObjectType, source: unknown, set: SelectionSetNode): void => {
    add(0);
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const field = type.getFields()[selection.name.value];
        add((selection.alias ?? selection.name).value.length);
        if (field) addValue(field, field.resolve?.(source, everyMember, null, info), selection.selectionSet);
        continue;
      }
      // All types of introspection are object types: a valid fragment applies.
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (fragment) addSelection(type, source, fragment.selectionSet);
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const node of rootFields(definition, fragments)) {
      const field = metaFields.get(node.name.value);
      if (field) addValue(field, sourcesOf(node, schema), node.selectionSet);
    }
  }
  return weight;
}

const everyMember = { includeDeprecated: true };

/** What a field at the root may answer: a name that comes as a variable can be that of any type. */
function sourcesOf(node: FieldNode, schema: GraphQLSchema): unknown {
  if (node.name.value === SchemaMetaFieldDef.name) return schema;
  const name = node.arguments?.[0]?.value;
  return name?.kind === Kind.STRING ? schema.getType(name.value) : Object.values(schema.getTypeMap());
}

const tooMuch = (): RequestError =>
  new RequestError(
    'OPERATION_TOO_COMPLEX',
    `The operation asks for more than ${wholesMax} times the whole schema.`,
    400,
    { limit: { what: 'wholes of the schema', allowed: wholesMax } },
  );

/** Answers of `__schema` and `__type` as JSON texts, by response name. */
export type SchemaTexts = Readonly<Record<string, string>>;

/** Answers what one operation asks about the schema. */
export type Introspect = (variables: Obj, who: string) => SchemaTexts | Promise<SchemaTexts>;

/** Answers what a valid document asks about a schema: the schema answers itself, and no subgraph is asked. */
export function answerIntrospection(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  variableValues: Obj,
): SchemaTexts {
  const { data } = executeSync({ schema, document, operationName, variableValues, rootValue: {} });
  return Object.fromEntries(Object.entries(data ?? {}).map(([name, value]) => [name, JSON.stringify(value)]));
}

/**
 * Makes what answers questions about a schema; null for an operation that has none.
 * @param elsewhere answers them on another thread: what somebody asks about a large schema takes longer than others can wait.
 */
export function createIntrospection(
  schema: GraphQLSchema,
  elsewhere:
    | ((document: DocumentNode, operationName: string | undefined, variables: Obj, who: string) => Promise<SchemaTexts>)
    | undefined,
): (document: DocumentNode, definition: OperationDefinitionNode, fragments: Fragments) => Introspect | null {
  const kept = new LRUCache<OperationDefinitionNode, SchemaTexts | Promise<SchemaTexts>>({ max: keptAnswers });
  return (document, definition, fragments) => {
    if (!asksSchema(definition, fragments)) return null;
    const name = definition.name?.value;
    return (variables, who) => {
      const known = kept.get(definition);
      if (known) return known;
      const answer =
        elsewhere?.(document, name, variables, who) ?? answerIntrospection(schema, document, name, variables);
      if (definition.variableDefinitions?.length) return answer;
      kept.set(definition, answer);
      if (answer instanceof Promise) answer.catch(() => kept.delete(definition));
      return answer;
    };
  };
}
