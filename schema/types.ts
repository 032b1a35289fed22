import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as resolvers from '@graphql-codegen/typescript-resolvers';
import { GraphQLSchema, isObjectType, parse, printSchema, specifiedDirectives } from 'graphql';
import type { SubgraphSource } from './subgraphs.ts';

/** Writes the TypeScript types of a subgraph's schema and resolvers to its `_generated/schema.ts`. */
export async function writeTypes({ folder, sdl }: SubgraphSource): Promise<void> {
  const schema = withoutFederation(buildSubgraphSchema([{ typeDefs: parse(sdl) }]));
  const text = await codegen({
    filename: 'schema.ts',
    schema: parse(printSchema(schema)),
    schemaAst: schema,
    documents: [],
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript, resolvers },
    config: {
      contextType: '@valeo/kit/context.ts#Ctx',
      mappers: parentTypes(schema, folder),
      scalars: { ID: 'string', Decimal: 'string', Date: 'string', DateTime: 'string' },
      useTypeImports: true,
      enumsAsTypes: true,
      maybeValue: 'T | null',
      inputMaybeValue: 'T | null | undefined',
      avoidOptionals: { field: true, resolvers: false },
      defaultScalarType: 'unknown',
      makeResolverTypeCallable: true,
      skipTypename: true,
    },
  });
  mkdirSync(path.join(folder, '_generated'), { recursive: true });
  writeFileSync(path.join(folder, '_generated', 'schema.ts'), `${header}${text}`);
}

const header = '// Written by `pnpm schema` from the .graphql files of this domain.\n\n';

/** The types a resolver answers: what federation adds is answered by kit. */
function withoutFederation(schema: GraphQLSchema): GraphQLSchema {
  const config = schema.toConfig();
  const query = schema.getQueryType();
  for (const name of ['_entities', '_service']) delete query?.getFields()[name];
  // A domain that only extends other domains' types has no query of its own.
  const empty = query && Object.keys(query.getFields()).length === 0;
  return new GraphQLSchema({
    ...config,
    query: empty ? null : query,
    types: config.types.filter(({ name }) => !/^(_|link__|federation__)/.test(name) && !(empty && name === query.name)),
    directives: specifiedDirectives,
  });
}

/** A row type is the parent of the GraphQL type of the same name: `SalesInvoiceRow` of `SalesInvoice`. */
function parentTypes(schema: GraphQLSchema, folder: string): Record<string, string> {
  const parents: Record<string, string> = {};
  const files = globSync('**/*.ts', {
    cwd: folder,
    exclude: (name) => /^(node_modules|_generated)$/.test(path.basename(name)),
  });
  for (const file of files.sort()) {
    const source = readFileSync(path.join(folder, file), 'utf8');
    for (const [, name] of source.matchAll(/^export (?:type|interface) (\w+)Row\b/gm)) {
      if (name && isObjectType(schema.getType(name))) parents[name] = `../${file}#${name}Row`;
    }
  }
  return parents;
}
