import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
  parse,
  printSchema,
  type TypeNode,
  visit,
} from 'graphql';
import { apiSchemaOf } from './compose.ts';

/** What carries this tag is for our own web app, may change on any day, and is no part of the public variant. */
export const internalTag = 'internal';

/**
 * The public variant of a supergraph, as an Apollo contract that excludes a tag would give it: without everything that carries the
 * tag, without fields whose types or required arguments are hidden by that, and without types that nothing leads to any more.
 */
export function publicVariant(supergraph: string): GraphQLSchema {
  const hidden = taggedCoordinates(parse(supergraph, { noLocation: true }));
  let document = parse(printSchema(apiSchemaOf(supergraph)), { noLocation: true });
  for (let before = -1; before !== hidden.size; ) {
    before = hidden.size;
    document = without(document, hidden);
  }
  return reachable(buildASTSchema(document, { assumeValidSDL: true }));
}

type Named = { readonly name: { readonly value: string } };
type Tagged = Named & {
  readonly directives?: readonly {
    readonly name: { readonly value: string };
    readonly arguments?: readonly { readonly value: { readonly kind: string; readonly value?: unknown } }[];
  }[];
};

const isTagged = ({ directives = [] }: Tagged): boolean =>
  directives.some(
    ({ name, arguments: given }) => name.value === 'tag' && given?.some(({ value }) => value.value === internalTag),
  );

function taggedCoordinates(document: DocumentNode): Set<string> {
  const found = new Set<string>();
  for (const definition of document.definitions) {
    if (!('name' in definition) || !definition.name) continue;
    const type = definition as Tagged;
    if (isTagged(type)) found.add(type.name.value);
    const members = 'fields' in definition ? definition.fields : 'values' in definition ? definition.values : [];
    for (const member of (members ?? []) as readonly (Tagged & { arguments?: readonly Tagged[] })[]) {
      const coordinate = `${type.name.value}.${member.name.value}`;
      if (isTagged(member)) found.add(coordinate);
      for (const argument of member.arguments ?? []) {
        if (isTagged(argument)) found.add(`${coordinate}(${argument.name.value}:)`);
      }
    }
  }
  return found;
}

const typeName = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : typeName(type.type));

/** One round: what is hidden goes, and what cannot be without it is hidden for the next round. */
function without(document: DocumentNode, hidden: Set<string>): DocumentNode {
  let type = '';
  const goes = (coordinate: string): null | undefined => (hidden.has(coordinate) ? null : undefined);
  const enter = (node: Named & { readonly fields?: readonly unknown[] }): null | undefined => {
    type = node.name.value;
    if (node.fields?.length === 0) hidden.add(type);
    return goes(type);
  };
  return visit(document, {
    ObjectTypeDefinition: enter,
    InterfaceTypeDefinition: enter,
    InputObjectTypeDefinition: enter,
    EnumTypeDefinition: enter,
    UnionTypeDefinition(node) {
      return goes(node.name.value) ?? { ...node, types: node.types?.filter(({ name }) => !hidden.has(name.value)) };
    },
    ScalarTypeDefinition: enter,
    FieldDefinition(node) {
      const coordinate = `${type}.${node.name.value}`;
      const isNeeded = (argument: NonNullable<typeof node.arguments>[number]): boolean =>
        argument.type.kind === Kind.NON_NULL_TYPE && hidden.has(typeName(argument.type));
      if (hidden.has(typeName(node.type)) || node.arguments?.some(isNeeded)) hidden.add(coordinate);
      if (hidden.has(coordinate)) return null;
      const kept = node.arguments?.filter(
        (argument) => !hidden.has(`${coordinate}(${argument.name.value}:)`) && !hidden.has(typeName(argument.type)),
      );
      return { ...node, arguments: kept };
    },
    InputValueDefinition(node, _key, _parent, path) {
      if (path.includes('arguments')) return undefined;
      return hidden.has(typeName(node.type)) ? null : goes(`${type}.${node.name.value}`);
    },
    EnumValueDefinition: (node) => goes(`${type}.${node.name.value}`),
  });
}

function reachable(schema: GraphQLSchema): GraphQLSchema {
  const seen = new Set<GraphQLNamedType>();
  const see = (type: GraphQLNamedType | null | undefined): void => {
    if (!type || seen.has(type)) return;
    seen.add(type);
    if (isUnionType(type)) type.getTypes().forEach(see);
    if (isInterfaceType(type)) schema.getPossibleTypes(type).forEach(see);
    if (isObjectType(type) || isInterfaceType(type)) {
      type.getInterfaces().forEach(see);
      for (const field of Object.values(type.getFields())) {
        see(getNamedType(field.type));
        for (const argument of field.args) see(getNamedType(argument.type));
      }
    }
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) see(getNamedType(field.type));
  };
  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) see(root);
  const config = schema.toConfig();
  const types = config.types.filter((type) => seen.has(type));
  return new (schema.constructor as typeof GraphQLSchema)({ ...config, types });
}
