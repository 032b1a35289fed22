import fc from 'fast-check';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { type Toy, toy } from '../toys.ts';

/**
 * A random graph: entity types whose fields are spread over subgraphs at random, the data behind them, and the same graph as
 * one plain schema. The shape is fixed enough to compose always, and free enough to need hops in any direction.
 */
export interface World {
  readonly toys: Toy[];
  readonly monolith: GraphQLSchema;
  readonly rootValue: object;
}

export const subgraphNames = ['north', 'south', 'east'] as const;

/** What is generated: which subgraph owns which field, and the data. */
export interface Spec {
  /** Owner of each field of each entity. */
  readonly owners: Record<EntityName, Record<string, number>>;
  readonly data: Record<EntityName, Entity[]>;
}

export const entityNames = ['Book', 'Film', 'Author'] as const;
export type EntityName = (typeof entityNames)[number];

export interface Entity {
  readonly id: string;
  readonly title: string | null;
  readonly size: number | null;
  readonly broken: boolean;
  readonly tags: (string | null)[] | null;
  readonly grid: (number[] | null)[];
  readonly friend: number | null;
  readonly others: (number | null)[];
  readonly works: number[];
  readonly shape: { width: number | null } | null;
}

/** Every entity has these; each lives in one subgraph, chosen at random. */
export const ownedFields = [
  'title',
  'size',
  'label',
  'broken',
  'tags',
  'grid',
  'friend',
  'others',
  'works',
  'shape',
  'scaled',
  'doubled',
  'tripled',
] as const;

const count = 4;

const entity = (id: string): fc.Arbitrary<Entity> =>
  fc.record({
    id: fc.constant(id),
    title: fc.option(fc.constantFrom('Ä', 'b"c', 'd\\e', 'long '.repeat(12)), { nil: null }),
    size: fc.option(fc.integer({ min: -5, max: 5 }), { nil: null }),
    broken: fc.boolean(),
    tags: fc.option(fc.array(fc.option(fc.constantFrom('x', 'y'), { nil: null }), { maxLength: 3 }), { nil: null }),
    grid: fc.array(fc.option(fc.array(fc.integer(), { maxLength: 2 }), { nil: null }), { maxLength: 2 }),
    friend: fc.option(fc.nat(count - 1), { nil: null }),
    others: fc.array(fc.option(fc.nat(count - 1), { nil: null }), { maxLength: 3 }),
    works: fc.array(fc.nat(2 * count - 1), { maxLength: 3 }),
    shape: fc.option(fc.record({ width: fc.option(fc.nat(9), { nil: null }) }), { nil: null }),
  });

const owner = fc.nat(subgraphNames.length - 1);
const owners = fc.record(Object.fromEntries(ownedFields.map((field) => [field, owner])));
const entities = (name: string) => fc.tuple(...Array.from({ length: count }, (_, i) => entity(`${name}${i}`)));

export const specs: fc.Arbitrary<Spec> = fc.record({
  owners: fc.record({ Book: owners, Film: owners, Author: owners }),
  data: fc.record({ Book: entities('b'), Film: entities('f'), Author: entities('a') }),
}) as fc.Arbitrary<Spec>;

const fieldSdl: Record<(typeof ownedFields)[number], string> = {
  title: 'title(upper: Boolean = false): String',
  size: 'size: Int',
  label: 'label: String',
  broken: 'broken: Int!',
  tags: 'tags: [String]',
  grid: 'grid: [[Int!]]!',
  friend: 'friend: Author',
  others: 'others: [Book]!',
  works: 'works: [Work!]!',
  shape: 'shape: Shape',
  scaled: 'scaled(by: Int!): Int',
  doubled: 'doubled: String',
  tripled: 'tripled: String',
};

/** What a field requires where another subgraph owns it, with and without arguments. */
const required: Partial<Record<string, { field: 'size' | 'scaled'; fields: string }>> = {
  label: { field: 'size', fields: 'size' },
  doubled: { field: 'scaled', fields: 'scaled(by: 2)' },
  tripled: { field: 'scaled', fields: 'scaled(by: 3)' },
};

const rankOf = (id: string): number | null => (id.endsWith('1') ? null : 10 * Number(id.slice(1)));
const typeOf = (id: string): EntityName => ({ b: 'Book', f: 'Film', a: 'Author' })[id.charAt(0) as 'b'] as EntityName;

const monolithSdl = (): string => `
  type Query { books: [Book!]! film(at: Int!): Film works: [Work]! author: Author best: Book things: [Thing]! ranked: [Thing!]! }
  interface Thing { id: ID! rank: Int }
  union Work = Book | Film
  type Shape { width: Int }
  ${entityNames.map((name) => `type ${name} implements Thing { id: ID! rank: Int ${Object.values(fieldSdl).join(' ')} }`).join('\n')}`;

/** Behaviour of each field, the same in one schema and in many. */
function resolversOf(spec: Spec, name: EntityName) {
  const found = (parent: { id: string }): Entity => spec.data[name].find(({ id }) => id === parent.id) as Entity;
  const ref = (type: EntityName, index: number | null) =>
    index === null ? null : { __typename: type, id: (spec.data[type][index] as Entity).id };
  const work = (index: number) => (index < count ? ref('Book', index) : ref('Film', index - count));
  return {
    title: (parent: Entity, { upper }: { upper: boolean }) =>
      upper ? found(parent).title?.toUpperCase() : found(parent).title,
    size: (parent: Entity) => found(parent).size,
    // What it requires is taken from the representation where there is one.
    label: (parent: Entity & { size?: number | null }) =>
      `${'size' in parent ? parent.size : found(parent).size}/${name}`,
    broken: (parent: Entity) => {
      if (found(parent).broken) throw new Error(`broken ${parent.id}`);
      return 1;
    },
    tags: (parent: Entity) => found(parent).tags,
    grid: (parent: Entity) => found(parent).grid,
    friend: (parent: Entity) => ref('Author', found(parent).friend),
    others: (parent: Entity) => found(parent).others.map((index) => ref('Book', index)),
    works: (parent: Entity) => found(parent).works.map(work),
    shape: (parent: Entity) => found(parent).shape,
    scaled: (parent: Entity, { by }: { by: number }) => (found(parent).size ?? 0) * by,
    // Only what was required is in a representation; with the wrong arguments it would be another number.
    doubled: (parent: Entity & { scaled?: number }) => `${parent.scaled ?? (found(parent).size ?? 0) * 2} for two`,
    tripled: (parent: Entity & { scaled?: number }) => `${parent.scaled ?? (found(parent).size ?? 0) * 3} for three`,
  };
}

function rootsOf(spec: Spec) {
  const refs = (type: EntityName) => spec.data[type].map(({ id }) => ({ __typename: type, id }));
  return {
    books: () => refs('Book'),
    film: (_: unknown, { at }: { at: number }) => refs('Film')[at] ?? null,
    works: () => [...refs('Book').slice(0, 2), null, ...refs('Film').slice(0, 2)],
    author: () => refs('Author')[0],
    // With what the subgraph provides here and nowhere else.
    best: () => ({ ...refs('Book')[2], tags: spec.data.Book[2]?.tags }),
    things: () => [...refs('Author').slice(0, 1), null, ...refs('Film').slice(0, 2)],
    ranked: () => [...refs('Film').slice(2), ...refs('Book').slice(0, 2)],
  };
}

export function build(spec: Spec): World {
  const monolith = buildSchema(monolithSdl());
  const attach = (type: string, fields: Record<string, unknown>): void => {
    const target = monolith.getType(type) as unknown as { getFields(): Record<string, { resolve?: unknown }> };
    for (const [field, resolve] of Object.entries(fields))
      (target.getFields()[field] as { resolve?: unknown }).resolve = resolve;
  };
  for (const name of entityNames) {
    attach(name, { ...resolversOf(spec, name), rank: ({ id }: Entity) => rankOf(id) });
  }
  attach('Query', rootsOf(spec));
  return {
    monolith,
    rootValue: {},
    toys: [...subgraphNames.map((name, index) => subgraph(spec, name, index)), rankingSubgraph(spec)],
  };
}

function subgraph(spec: Spec, name: string, index: number): Toy {
  const owned = (type: EntityName): string[] => ownedFields.filter((field) => spec.owners[type][field] === index);
  const isRoot = index === 0;
  const types = entityNames.map((type) => {
    const own = owned(type);
    const external = new Set<string>();
    const fields = own.map((field) => {
      const needs = required[field];
      const isProvided = type === 'Book' && field === 'tags' && !isRoot;
      const sdl = fieldSdl[field as keyof typeof fieldSdl] + (isProvided ? ' @shareable' : '');
      if (!needs || own.includes(needs.field)) return sdl;
      external.add(`${fieldSdl[needs.field]} @external`);
      return `${sdl} @requires(fields: "${needs.fields}")`;
    });
    if (isRoot && type === 'Book' && !own.includes('tags')) external.add(`${fieldSdl.tags} @external`);
    return `type ${type} ${isRoot ? 'implements Thing ' : ''}@key(fields: "id") { id: ID! ${[...external, ...fields].join(' ')} }`;
  });
  const usesShape = entityNames.some((type) => owned(type).includes('shape'));
  const usesWork = isRoot || entityNames.some((type) => owned(type).includes('works'));
  const provides = owned('Book').includes('tags') ? '' : '@provides(fields: "tags")';
  const { ranked: _, ...roots } = rootsOf(spec);
  return toy(
    name,
    `${isRoot ? `type Query { books: [Book!]! film(at: Int!): Film works: [Work]! author: Author best: Book ${provides} things: [Thing]! }` : ''}
     ${isRoot ? 'interface Thing @key(fields: "id") { id: ID! }' : ''}
     ${usesWork ? 'union Work = Book | Film' : ''}
     ${usesShape ? 'type Shape @shareable { width: Int }' : ''}
     ${types.join('\n')}`,
    {
      ...(isRoot
        ? {
            Query: roots,
            Thing: {
              __resolveType: ({ id }: Entity) => typeOf(id),
              __resolveReference: ({ id }: Entity) => ({ __typename: typeOf(id), id }),
            },
          }
        : {}),
      ...Object.fromEntries(
        entityNames.map((type) => {
          const all = resolversOf(spec, type) as Record<string, unknown>;
          const own = Object.fromEntries(owned(type).map((field) => [field, all[field]]));
          return [type, { __resolveReference: (reference: object) => reference, ...own }];
        }),
      ),
    },
  );
}

/** Knows every thing as one kind of object, and adds a field to all of them. */
function rankingSubgraph(spec: Spec): Toy {
  return toy(
    'west',
    'type Query { ranked: [Thing!]! } type Thing @key(fields: "id") @interfaceObject { id: ID! rank: Int }',
    {
      Query: {
        ranked: () =>
          rootsOf(spec)
            .ranked()
            .map(({ id }) => ({ id })),
      },
      Thing: { __resolveReference: ({ id }: Entity) => ({ id }), rank: ({ id }: Entity) => rankOf(id) },
    },
  );
}
