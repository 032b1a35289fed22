import { composeServices } from '@apollo/composition';
import { type ConstDirectiveNode, type DefinitionNode, Kind, parse, print, visit } from 'graphql';

/** The graph that gateways are compared on: four subgraphs, entities that lead to each other, one field that requires others. */
export interface DemoSubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: object;
}

export const USERS = 60;
export const PRODUCTS = 60;

interface User {
  readonly id: string;
  readonly username: string;
  readonly name: string;
}
interface Product {
  readonly upc: string;
  readonly name: string;
  readonly price: number;
  readonly weight: number;
}
interface Review {
  readonly id: string;
  readonly body: string;
  readonly author: string;
  readonly product: string;
}

const users: User[] = Array.from({ length: USERS }, (_, i) => ({
  id: String(i + 1),
  username: `user${i + 1}`,
  name: `Name of user ${i + 1}`,
}));
const products: Product[] = Array.from({ length: PRODUCTS }, (_, i) => ({
  upc: String(i + 1),
  name: `Product ${i + 1}`,
  price: 10 + ((i * 37) % 900),
  weight: 50 + ((i * 53) % 950),
}));
const reviews: Review[] = Array.from({ length: 2 * PRODUCTS }, (_, i) => ({
  id: String(i + 1),
  body: `What was said as number ${i + 1}, in a sentence of common length.`,
  author: String(((i * 7) % USERS) + 1),
  product: String((i % PRODUCTS) + 1),
}));

const part = <T>(list: readonly T[], { offset, limit }: { offset: number; limit: number }): T[] =>
  list.slice(offset, offset + limit);
const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])';
const reference = (review: Review) => ({
  ...review,
  author: { __typename: 'User', id: review.author },
  product: { __typename: 'Product', upc: review.product },
});
const reviewsBy = (field: 'author' | 'product', id: string) =>
  reviews.filter((review) => review[field] === id).map(reference);

export const demoSubgraphs: readonly DemoSubgraph[] = [
  {
    name: 'accounts',
    sdl: `${link} type Query { users(offset: Int = 0, limit: Int = 6): [User!]! user(id: ID!): User }
      type User @key(fields: "id") { id: ID! username: String! name: String! }`,
    resolvers: {
      Query: {
        users: (_: unknown, args: { offset: number; limit: number }) => part(users, args),
        user: (_: unknown, { id }: { id: string }) => users[Number(id) - 1] ?? null,
      },
      User: { __resolveReference: ({ id }: User) => users[Number(id) - 1] ?? null },
    },
  },
  {
    name: 'products',
    sdl: `${link} type Query { topProducts(offset: Int = 0, limit: Int = 5): [Product!]! }
      type Product @key(fields: "upc") { upc: ID! name: String! price: Int! weight: Int! }`,
    resolvers: {
      Query: { topProducts: (_: unknown, args: { offset: number; limit: number }) => part(products, args) },
      Product: { __resolveReference: ({ upc }: Product) => products[Number(upc) - 1] ?? null },
    },
  },
  {
    name: 'inventory',
    sdl: `${link} type Product @key(fields: "upc") { upc: ID! price: Int! @external weight: Int! @external
      inStock: Boolean! shippingEstimate: Int! @requires(fields: "price weight") }`,
    resolvers: {
      Product: {
        inStock: ({ upc }: Product) => Number(upc) % 3 !== 0,
        shippingEstimate: ({ price, weight }: Product) => (price > 500 ? 0 : Math.ceil(weight / 2)),
      },
    },
  },
  {
    name: 'reviews',
    sdl: `${link} type Review @key(fields: "id") { id: ID! body: String! author: User! product: Product! }
      type User @key(fields: "id") { id: ID! reviews: [Review!]! } type Product @key(fields: "upc") { upc: ID! reviews: [Review!]! }`,
    resolvers: {
      User: { reviews: ({ id }: User) => reviewsBy('author', id) },
      Product: { reviews: ({ upc }: Product) => reviewsBy('product', upc) },
      Review: { __resolveReference: ({ id }: Review) => reference(reviews[Number(id) - 1] as Review) },
    },
  },
];

export function demoSupergraph(portOf: (name: string) => number): string {
  const { supergraphSdl, errors } = composeServices(
    demoSubgraphs.map(({ name, sdl }) => ({
      name,
      url: `http://127.0.0.1:${portOf(name)}/${name}`,
      typeDefs: parse(sdl),
    })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

/**
 * The same subgraphs in the language of federation 1: what the first of them defines, the others extend, and name as external what they
 * know it by.
 */
export function demoServices(): { name: string; sdl: string }[] {
  const known = new Set(['Query']);
  const external = parse('type T { f: Int @external }', { noLocation: true }).definitions[0];
  const mark = (external?.kind === Kind.OBJECT_TYPE_DEFINITION && external.fields?.[0]?.directives) || [];
  return demoSubgraphs.map(({ name, sdl }) => {
    const document = visit(parse(sdl, { noLocation: true }), {
      SchemaExtension: () => null,
      ObjectTypeDefinition(type): DefinitionNode {
        const key = type.directives?.find((one) => one.name.value === 'key');
        if (!known.has(type.name.value)) {
          known.add(type.name.value);
          return type;
        }
        const fields = type.fields?.map((field) =>
          field.name.value === keyField(key) ? { ...field, directives: mark } : field,
        );
        return { ...type, kind: Kind.OBJECT_TYPE_EXTENSION, ...(fields && { fields }) };
      },
    });
    return { name, sdl: print(document) };
  });
}

function keyField(key: ConstDirectiveNode | undefined): string | undefined {
  const fields = key?.arguments?.[0]?.value;
  return fields?.kind === Kind.STRING ? fields.value : undefined;
}

/** One kind of request, with other variables each time: equal requests would measure how well they are merged. */
export interface Workload {
  readonly name: string;
  readonly about: string;
  readonly query: string;
  variables(run: number): Record<string, unknown>;
}

const fragments =
  'fragment U on User { id username name } fragment R on Review { id body } fragment P on Product { upc name price weight inStock shippingEstimate }';

export const workloads: readonly Workload[] = [
  {
    name: 'deep',
    about: 'six levels over four subgraphs',
    query: `query Deep($u: Int, $p: Int) {
      users(offset: $u, limit: 6) { ...U reviews { ...R product { ...P reviews { ...R author { ...U reviews { ...R product { ...P } } } } } } }
      topProducts(offset: $p, limit: 5) { ...P reviews { ...R author { ...U reviews { ...R product { ...P } } } } } } ${fragments}`,
    variables: (run) => ({ u: (run * 7) % (USERS - 6), p: (run * 11) % (PRODUCTS - 5) }),
  },
  {
    name: 'hop',
    about: 'a list and one entity hop',
    query: 'query Hop($p: Int) { topProducts(offset: $p, limit: 5) { upc name inStock } }',
    variables: (run) => ({ p: (run * 13) % (PRODUCTS - 5) }),
  },
  {
    name: 'small',
    about: 'one object from one subgraph',
    query: 'query Small($id: ID!) { user(id: $id) { id name username } }',
    variables: (run) => ({ id: String((run % USERS) + 1) }),
  },
];
