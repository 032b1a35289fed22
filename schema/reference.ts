import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql';
import type { Scopes } from './scopes.ts';

/** One page of the API reference: a Markdown file. */
export interface Page {
  readonly file: string;
  readonly text: string;
}

/** Depth of the example operations: enough to be useful, small enough to read. */
const exampleDepth = 2;
const exampleFields = 6;

/**
 * The API reference for integrators, made from the schema alone: every sentence in it is a description in the graph, and every example
 * is an operation that is valid against it. Types lead to their place, and what needs a scope names it.
 */
export function reference(schema: GraphQLSchema, scopes: Scopes): Page[] {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const objects = types.filter((type) => isObjectType(type) && !roots.includes(type));
  return [
    { file: 'queries.md', text: rootPage('Queries', 'query', schema.getQueryType(), scopes) },
    { file: 'mutations.md', text: rootPage('Mutations', 'mutation', schema.getMutationType(), scopes) },
    { file: 'subscriptions.md', text: rootPage('Subscriptions', 'subscription', schema.getSubscriptionType(), scopes) },
    { file: 'objects.md', text: typesPage('Objects', objects, scopes) },
    { file: 'inputs.md', text: typesPage('Inputs', types.filter(isInputObjectType), scopes) },
    {
      file: 'enums-and-scalars.md',
      text: typesPage(
        'Enums and scalars',
        types.filter((type) => isEnumType(type) || isScalarType(type)),
        scopes,
      ),
    },
  ];
}

type Field = GraphQLField<unknown, unknown>;

/** `[Article!]!` with the article leading to its table. */
function linked(type: GraphQLInputType | GraphQLOutputType): string {
  const named = getNamedType(type);
  const text = String(type);
  if (isSpecifiedScalarType(named)) return `\`${text}\``;
  const page = isInputObjectType(named) ? 'inputs' : isObjectType(named) ? 'objects' : 'enums-and-scalars';
  return `[\`${text}\`](${page}.md#${named.name.toLowerCase()})`;
}

/** Alternatives are rare, and so are several scopes at once: both stand in one sentence. */
function neededScopes(scopes: Scopes, type: string, field: string): string {
  const groups = scopes.get(`${type}.${field}`)?.map((group) => group.map((scope) => `\`${scope}\``).join(' and '));
  return groups ? `Needs the scope ${groups.join(' or ')}.` : '';
}

const made = 'Made from the schema by `pnpm schema`.';
const sentence = (text: string | null | undefined): string => (text ?? '').trim();
const cells = (...sentences: string[]): string => sentences.filter(Boolean).join(' ');
const inCell = (text: string | null | undefined): string => sentence(text).replaceAll('\n', ' ').replaceAll('|', '\\|');

function rootPage(
  title: string,
  keyword: 'query' | 'mutation' | 'subscription',
  root: GraphQLObjectType | null | undefined,
  scopes: Scopes,
): string {
  const sections = Object.values(root?.getFields() ?? {})
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((field) =>
      [
        `## ${field.name}`,
        sentence(field.description),
        deprecation(field),
        neededScopes(scopes, root?.name ?? '', field.name),
        field.args.length > 0 ? argumentTable(field.args) : '',
        `Answers ${linked(field.type)}.`,
        ['```graphql', example(keyword, field), '```'].join('\n'),
      ]
        .filter(Boolean)
        .join('\n\n'),
    );
  return `${[`# ${title}`, made, ...sections].join('\n\n')}\n`;
}

const deprecation = ({ deprecationReason }: { deprecationReason?: string | null | undefined }): string =>
  deprecationReason ? `**Deprecated.** ${deprecationReason}` : '';

function argumentTable(args: readonly GraphQLArgument[]): string {
  const rows = args.map(({ name, type, description }) => `| \`${name}\` | ${linked(type)} | ${inCell(description)} |`);
  return ['| argument | type | |', '|---|---|---|', ...rows].join('\n');
}

function typesPage(title: string, types: readonly GraphQLNamedType[], scopes: Scopes): string {
  const sections = types
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((type) =>
      [`## ${type.name}`, sentence(type.description), memberTable(type, scopes)].filter(Boolean).join('\n\n'),
    );
  return `${[`# ${title}`, made, ...sections].join('\n\n')}\n`;
}

function memberTable(type: GraphQLNamedType, scopes: Scopes): string {
  if (isEnumType(type)) {
    const rows = type
      .getValues()
      .map((value) => `| \`${value.name}\` | ${cells(inCell(value.description), deprecation(value))} |`);
    return ['| value | |', '|---|---|', ...rows].join('\n');
  }
  if (!isObjectType(type) && !isInputObjectType(type)) return '';
  const rows = Object.values(type.getFields()).map(
    (field) =>
      `| \`${field.name}\` | ${linked(field.type)} | ${cells(inCell(field.description), neededScopes(scopes, type.name, field.name), deprecation(field))} |`,
  );
  return ['| field | type | |', '|---|---|---|', ...rows].join('\n');
}

/** A valid operation that asks for the field with what it needs as variables. */
export function example(keyword: 'query' | 'mutation' | 'subscription', field: Field): string {
  const needed = field.args.filter(
    ({ type, defaultValue }) => String(type).endsWith('!') && defaultValue === undefined,
  );
  const first = field.args.find(({ name }) => name === 'first');
  const variables = needed.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const given = [
    ...needed.map(({ name }) => `${name}: $${name}`),
    ...(first && !needed.includes(first) ? ['first: 10'] : []),
  ];
  const name = field.name.charAt(0).toUpperCase() + field.name.slice(1);
  const selection = selectionOf(getNamedType(field.type), exampleDepth, '    ');
  return [
    `${keyword} ${name}${variables ? `(${variables})` : ''} {`,
    `  ${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${selection}`,
    '}',
  ].join('\n');
}

function selectionOf(type: GraphQLNamedType, depth: number, indent: string): string {
  if (!isObjectType(type)) return '';
  const lines = Object.values(type.getFields()).flatMap((field) => {
    const inner = getNamedType(field.type);
    const isOpen = field.args.every(({ type: needed }) => !String(needed).endsWith('!'));
    if (!isOpen || field.deprecationReason) return [];
    if (isScalarType(inner) || isEnumType(inner)) return [`${indent}${field.name}`];
    const isWay = /^(edges|node|error|errors)$/.test(field.name);
    if (depth === 0 && !isWay) return [];
    const selection = selectionOf(inner, isWay ? depth : depth - 1, `${indent}  `);
    return selection ? [`${indent}${field.name}${selection}`] : [];
  });
  return lines.length === 0 ? '' : ` {\n${lines.slice(0, exampleFields).join('\n')}\n${indent.slice(2)}}`;
}
