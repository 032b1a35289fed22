import type { GraphQLCompositeType, GraphQLNamedType } from 'graphql';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql';

const scalars: Record<string, string> = { Int: 'number', Float: 'number', Boolean: 'boolean', JSON: 'unknown' };

interface Writer {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Enums and inputs that were mentioned and need a declaration. */
  readonly mentioned: Set<string>;
}

/** TypeScript types for the data and variables of every operation and fragment in a document. */
export function typesOf(schema: GraphQLSchema, document: DocumentNode): string {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const writer: Writer = { schema, fragments, mentioned: new Set() };
  const parts: string[] = [];

  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      const type = schema.getType(definition.typeCondition.name.value) as GraphQLCompositeType;
      parts.push(`export type ${definition.name.value} = ${selectionType(writer, type, definition.selectionSet)};\n`);
    }
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      const type = schema.getRootType(definition.operation) as GraphQLCompositeType;
      const name = definition.name?.value;
      const variables = (definition.variableDefinitions ?? []).map((variable) => {
        const variableType = typeFromAST(schema, variable.type as never) as GraphQLInputType;
        const optional = !isNonNullType(variableType) || variable.defaultValue;
        return `  ${variable.variable.name.value}${optional ? '?' : ''}: ${inputType(writer, variableType)};`;
      });
      parts.push(`export type ${name}Data = ${selectionType(writer, type, definition.selectionSet)};\n`);
      parts.push(
        variables.length > 0
          ? `export type ${name}Variables = {\n${variables.join('\n')}\n};\n`
          : `export type ${name}Variables = Record<string, never>;\n`,
      );
    }
  }
  return [...declarations(writer), ...parts].join('\n');
}

/** Declares what was mentioned; an input may mention further ones, so the set grows while it is walked. */
function declarations(writer: Writer): string[] {
  const written: string[] = [];
  for (const name of writer.mentioned) {
    const type = writer.schema.getType(name);
    if (isEnumType(type)) {
      const values = type.getValues().map((value) => `'${value.name}'`);
      written.push(`export type ${name} = ${values.join(' | ')};\n`);
    } else if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).map((field) => {
        const optional = !isNonNullType(field.type) || field.defaultValue !== undefined;
        return `  ${field.name}${optional ? '?' : ''}: ${inputType(writer, field.type)};`;
      });
      written.push(`export type ${name} = {\n${fields.join('\n')}\n};\n`);
    }
  }
  return written;
}

function inputType(writer: Writer, type: GraphQLInputType): string {
  if (isNonNullType(type)) return withoutNull(inputType(writer, type.ofType));
  if (isListType(type)) return `readonly (${inputType(writer, type.ofType)})[] | null`;
  return `${named(writer, type)} | null`;
}

function outputType(writer: Writer, type: GraphQLOutputType, selections: SelectionSetNode | undefined): string {
  if (isNonNullType(type)) return withoutNull(outputType(writer, type.ofType, selections));
  if (isListType(type)) return `readonly (${outputType(writer, type.ofType, selections)})[] | null`;
  const inner =
    selections && isCompositeType(type) ? selectionType(writer, type, selections) : named(writer, type as never);
  return `${inner} | null`;
}

function withoutNull(text: string): string {
  return text.replace(/ \| null$/, '');
}

function named(writer: Writer, type: GraphQLNamedType): string {
  if (isEnumType(type) || isInputObjectType(type)) {
    writer.mentioned.add(type.name);
    return type.name;
  }
  return scalars[type.name] ?? 'string';
}

function selectionType(writer: Writer, type: GraphQLCompositeType, selections: SelectionSetNode): string {
  if (isAbstractType(type)) {
    const possible = writer.schema.getPossibleTypes(type);
    return `(${possible.map((each) => objectType(writer, each, selections)).join(' | ')})`;
  }
  return objectType(writer, type, selections);
}

function objectType(writer: Writer, type: GraphQLCompositeType, selections: SelectionSetNode): string {
  const fields = new Map<string, string>();
  addFields(writer, type, selections, fields, false);
  return `{ ${[...fields].map(([name, text]) => `readonly ${name}${text};`).join(' ')} }`;
}

function addFields(
  writer: Writer,
  type: GraphQLCompositeType,
  selections: SelectionSetNode,
  fields: Map<string, string>,
  conditional: boolean,
): void {
  for (const selection of selections.selections) {
    const optional = conditional || (selection.directives ?? []).length > 0;
    if (selection.kind === Kind.FIELD) {
      const name = selection.alias?.value ?? selection.name.value;
      if (selection.name.value === '__typename') {
        fields.set(name, `: '${type.name}'`);
        continue;
      }
      const definition = 'getFields' in type ? type.getFields()[selection.name.value] : undefined;
      if (!definition) continue;
      fields.set(name, `${optional ? '?' : ''}: ${outputType(writer, definition.type, selection.selectionSet)}`);
      continue;
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? writer.fragments.get(selection.name.value) : selection;
    if (!fragment) continue;
    const condition = fragment.typeCondition && writer.schema.getType(fragment.typeCondition.name.value);
    if (condition && !applies(writer.schema, condition, type)) continue;
    addFields(writer, type, fragment.selectionSet, fields, optional);
  }
}

function applies(schema: GraphQLSchema, condition: GraphQLNamedType, type: GraphQLCompositeType): boolean {
  const target = getNamedType(type);
  return condition.name === target.name || (isAbstractType(condition) && schema.isSubType(condition, target as never));
}
