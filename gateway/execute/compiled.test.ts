import { buildSchema, GraphQLError, type GraphQLObjectType, parse } from 'graphql';
import { expect, test } from 'vitest';
import { compiledExecution } from './compiled.ts';

function shop() {
  const schema = buildSchema(`
    type Item { id: ID! price: Int count: Int! bad: Int }
    type Query { items(first: Int): [Item!] }
    type Mutation { add(n: Int!): Int! }
  `);
  const added: number[] = [];
  const resolve = (type: GraphQLObjectType | null | undefined, field: string, how: (...args: any[]) => unknown) => {
    Object.assign(type?.getFields()[field] ?? {}, { resolve: how });
  };
  resolve(schema.getQueryType(), 'items', async (_, { first }) =>
    Array.from({ length: first }, (_, at) => ({ id: `${at}`, price: () => at * 2, count: at === 2 ? null : 1 })),
  );
  resolve(schema.getType('Item') as GraphQLObjectType, 'bad', () => {
    throw new GraphQLError('not today', { extensions: { code: 'CLOSED' } });
  });
  resolve(schema.getMutationType(), 'add', async (_, { n }) => {
    await new Promise((done) => setTimeout(done, n === 1 ? 5 : 0));
    return added.push(n);
  });
  return { execution: compiledExecution(schema, 2), added };
}

/** The same operation until it is compiled, with the answers of all times. */
async function often(query: string, variableValues = {}) {
  const { execution, added } = shop();
  const document = parse(query);
  const answers = [];
  for (let time = 1; time <= 4; time += 1) {
    const { data, errors } = await execution(document, undefined)({ variableValues, contextValue: {} });
    answers.push(
      JSON.stringify({
        data,
        errors: errors?.map(({ message, path, extensions }) => [message, path, (extensions ?? {}).code]),
      }),
    );
  }
  return { answers, isSettled: execution(document, undefined) === execution(document, undefined), added };
}

test.each([
  ['values that are functions', 'query ($n: Int) { items(first: $n) { id price } }', { n: 2 }],
  ['nulls where none may be', '{ items(first: 3) { id count } }', {}],
  ['errors of resolvers with their code', '{ items(first: 2) { bad id } }', {}],
  ['names that objects have of their own', '{ items(first: 1) { __proto__: id constructor: price } }', {}],
  [
    'parts that are left out',
    'query ($n: Int, $no: Boolean = false) { items(first: $n) { id price @include(if: $no) } }',
    { n: 1 },
  ],
])('compiled, an operation is answered as before: %s', async (_, query, variables) => {
  const { answers, isSettled } = await often(query, variables);
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).not.toContain('function');
  expect(isSettled).toBe(true);
});

test('the code of an error survives', async () => {
  const { answers } = await often('{ items(first: 1) { bad } }');
  expect(JSON.parse(answers[3] ?? '').errors).toEqual([['not today', ['items', 0, 'bad'], 'CLOSED']]);
});

test('several mutations of one operation run one after the other', async () => {
  const { added } = await often('mutation { a: add(n: 1) b: add(n: 2) }');
  expect(added).toEqual([1, 2, 1, 2, 1, 2, 1, 2]);
});
