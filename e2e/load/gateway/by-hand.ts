import http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * No gateway: answers the deep operation alone, from a plan written by hand in plain Node. It shows how much room JavaScript
 * leaves on this machine.
 */

const ports = JSON.parse(process.argv[2] ?? '{}') as Record<string, number>;
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

type Row = Record<string, any>;

function ask(subgraph: string, query: string, variables: object): Promise<Row> {
  const text = JSON.stringify({ query, variables });
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const options = { agent, host: '127.0.0.1', port: ports[subgraph], path: `/${subgraph}`, method: 'POST', headers };
    const request = http.request(options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString()).data));
    });
    request.on('error', reject).end(text);
  });
}

async function entities(subgraph: string, selection: string, representations: Row[]): Promise<Row[]> {
  if (representations.length === 0) return [];
  const query = `query($r:[_Any!]!){_entities(representations:$r){${selection}}}`;
  return (await ask(subgraph, query, { r: representations }))._entities;
}

const inner = 'reviews{id body product{upc}}';
const below = `reviews{id body author{id ${inner}}}`;
const user = (id: string): Row => ({ __typename: 'User', id });
const product = (upc: string): Row => ({ __typename: 'Product', upc });

async function deep({ u, p }: { u: number; p: number }): Promise<Row> {
  const [{ users }, { topProducts }] = (await Promise.all([
    ask('accounts', 'query($u:Int){users(offset:$u,limit:6){id username name}}', { u }),
    ask('products', 'query($p:Int){topProducts(offset:$p,limit:5){upc name price weight}}', { p }),
  ])) as [{ users: Row[] }, { topProducts: Row[] }];
  const [ofUsers, ofProducts] = await Promise.all([
    entities(
      'reviews',
      `...on User{reviews{id body product{upc ${below}}}}`,
      users.map(({ id }) => user(id)),
    ),
    entities(
      'reviews',
      `...on Product{${below}}`,
      topProducts.map(({ upc }) => product(upc)),
    ),
  ]);
  const known = new Map(topProducts.map((one) => [one.upc, one]));
  const people = new Map(users.map((one) => [one.id, one]));
  const upcs = new Set<string>();
  const ids = new Set<string>();
  const note = (list: Row[]): void => {
    for (const { author } of list) {
      if (!people.has(author.id)) ids.add(author.id);
      for (const { product } of author.reviews) if (!known.has(product.upc)) upcs.add(product.upc);
    }
  };
  for (const { reviews } of ofUsers) {
    for (const { product } of reviews) {
      if (!known.has(product.upc)) upcs.add(product.upc);
      note(product.reviews);
    }
  }
  for (const { reviews } of ofProducts) note(reviews);
  const [moreProducts, morePeople] = await Promise.all([
    entities('products', '...on Product{name price weight}', [...upcs].map(product)),
    entities('accounts', '...on User{username name}', [...ids].map(user)),
  ]);
  [...upcs].forEach((upc, i) => void known.set(upc, { upc, ...moreProducts[i] }));
  [...ids].forEach((id, i) => void people.set(id, { id, ...morePeople[i] }));
  const all = [...known.values()];
  const stock = await entities(
    'inventory',
    '...on Product{inStock shippingEstimate}',
    all.map(({ upc, price, weight }) => ({ ...product(upc), price, weight })),
  );
  all.forEach((one, i) => void Object.assign(one, stock[i]));
  const P = (upc: string, more?: Row): Row => {
    const one = known.get(upc) as Row;
    const { name, price, weight, inStock, shippingEstimate } = one;
    return { upc, name, price, weight, inStock, shippingEstimate, ...more };
  };
  const U = (id: string, more?: Row): Row => {
    const { username, name } = people.get(id) as Row;
    return { id, username, name, ...more };
  };
  const reviewed = (list: Row[]): Row[] =>
    list.map(({ id, body, author }) => {
      const reviews = author.reviews.map((one: Row) => ({ id: one.id, body: one.body, product: P(one.product.upc) }));
      return { id, body, author: U(author.id, { reviews }) };
    });
  return {
    users: users.map(({ id }, i) => {
      const reviews = ofUsers[i]?.reviews.map((one: Row) => {
        const { upc, reviews } = one.product;
        return { id: one.id, body: one.body, product: P(upc, { reviews: reviewed(reviews) }) };
      });
      return U(id, { reviews });
    }),
    topProducts: topProducts.map(({ upc }, i) => P(upc, { reviews: reviewed(ofProducts[i]?.reviews) })),
  };
}

const server = http.createServer(async (req, res) => {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part as Buffer);
  const { variables } = JSON.parse(Buffer.concat(parts).toString());
  const text = JSON.stringify({ data: await deep(variables) });
  res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
console.log(`ready ${JSON.stringify(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)}`);
process.on('disconnect', () => process.exit());
