import { composeServices } from '@apollo/composition';
import { parse, printSchema } from 'graphql';
import { expect, test } from 'vitest';
import { publicVariant } from './public.ts';

const shop = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@tag"])
  type Query { item(id: ID!, trace: Boolean @tag(name: "internal")): Item look: Look @tag(name: "internal") }
  type Mutation { keep(input: KeepInput!): KeepPayload sell(id: ID!, hint: Hint): Item }
  type Item { id: ID! name: String cost: Int @tag(name: "internal") kind: Kind }
  enum Kind { BIG SMALL OLD @tag(name: "internal") }
  type Look { colour: Colour } enum Colour { RED }
  input KeepInput @tag(name: "internal") { id: ID! } type KeepPayload { item: Item }
  input Hint { text: String secret: String @tag(name: "internal") }`;

test('the public variant has nothing that is tagged as internal, needs it, or is reached by it alone', () => {
  const { supergraphSdl } = composeServices([{ name: 'shop', url: 'http://shop/', typeDefs: parse(shop) }]);
  expect(printSchema(publicVariant(supergraphSdl as string))).toBe(
    [
      'input Hint {\n  text: String\n}',
      'type Item {\n  id: ID!\n  name: String\n  kind: Kind\n}',
      'enum Kind {\n  BIG\n  SMALL\n}',
      'type Mutation {\n  sell(id: ID!, hint: Hint): Item\n}',
      'type Query {\n  item(id: ID!): Item\n}',
    ].join('\n\n'),
  );
});
