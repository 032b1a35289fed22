import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { example } from '@valeo/schema/reference.ts';
import { buildSchema, type GraphQLField, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';

/** Asks the graph and answers its data. */
export type Ask = (query: string, variables?: object) => Promise<any>;

/** An operation of the API reference, with variables that fit the data it is asked of. */
export interface ExampleOperation {
  readonly name: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const publicSchema = (): GraphQLSchema =>
  buildSchema(readFileSync(join(import.meta.dirname, '..', 'schema', 'api.graphql'), 'utf8'));

/** What is not the id of something: years, days, accounts and kinds that the demo companies have. */
const known: Readonly<Record<string, unknown>> = {
  fiscalYear: 2011,
  account: '1200',
  from: '2011-01-01',
  through: '2011-12-31',
  kind: 'RECEIVABLE',
  token: 'nobody-was-sent-this-token',
};

/** The example of every query in the API reference. */
export async function exampleQueries(ask: Ask): Promise<ExampleOperation[]> {
  const schema = publicSchema();
  const fields = schema.getQueryType()?.getFields() ?? {};
  const found: ExampleOperation[] = [];
  for (const field of Object.values(fields)) {
    const variables: Record<string, unknown> = {};
    for (const { name, type, defaultValue } of field.args) {
      if (!String(type).endsWith('!') || defaultValue !== undefined) continue;
      variables[name] = name === 'id' ? await idOf(field, schema, ask) : known[name];
    }
    found.push({ name: field.name, text: example('query', field), variables });
  }
  return found;
}

/** Id of the first record in the list of the field's type; one that nothing has where the list is empty. */
async function idOf(field: GraphQLField<unknown, unknown>, schema: GraphQLSchema, ask: Ask): Promise<string> {
  const type = getNamedType(field.type).name;
  const list = Object.values(schema.getQueryType()?.getFields() ?? {}).find((one) => {
    const connection = getNamedType(one.type);
    return isObjectType(connection) && connection.name === `${type}Connection`;
  });
  if (!list) throw new Error(`There is no list of ${type}`);
  const { [list.name]: connection } = await ask(`{ ${list.name}(first: 1) { edges { node { id } } } }`);
  return connection.edges[0]?.node.id ?? '00000000-0000-7000-8000-000000000000';
}
