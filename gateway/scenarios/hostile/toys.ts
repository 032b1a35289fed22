import { type Toy, toy } from '../toys.ts';

/** The graph that hostile requests are sent to: something of each kind they need. */
export const hostileToys = (): Toy[] => [
  toy(
    'items',
    `type Query { text(n: Int): String item: Item items(first: Int): [Item!] echo(value: Free): Free } scalar Free
     type Item @key(fields: "id") { id: ID! friend: Item text(n: Int): String }`,
    {
      Query: {
        text: () => 'text',
        item: () => ({ id: '1' }),
        items: () => [],
        echo: (_: unknown, { value }: { value: unknown }) => value,
      },
    },
  ),
  toy('names', 'type Item @key(fields: "id") { id: ID! name: String }', {}),
];
