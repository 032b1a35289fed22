import { hostileRequest, random } from '/work/main/gateway/scenarios/hostile/requests.ts';
import { startToys, toy } from '/work/main/gateway/scenarios/toys.ts';

const items = toy(
  'items',
  `type Query { text(n: Int): String item: Item items(first: Int): [Item!] echo(value: Free): Free } scalar Free type Item @key(fields: "id") { id: ID! friend: Item text(n: Int): String }`,
  {
    Query: {
      text: () => 'text',
      item: () => ({ id: '1', friend: { id: '2' } }),
      items: () => Array.from({ length: 20 }, (_, i) => ({ id: String(i % 7) })),
      echo: (_: unknown, { value }: { value: unknown }) => value,
    },
  },
);
const names = toy('names', 'type Item @key(fields: "id") { id: ID! name: String }', {
  Item: { __resolveReference: (r: any) => ({ ...r, name: 'n' + r.id }) },
});
const g = await startToys([items, names], { planningTimeoutMs: 2000, redactErrors: true });
const end = Date.now() + Number(process.argv[2]) * 1000;
let n = 0,
  bad = 0,
  seed = Date.now() % 1e6;
const send = async (body: any, headers: any = {}) => {
  const r = await fetch(g.url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  await r.text();
  n++;
  if (r.status >= 500) bad++;
};
// throughput of known two-hop queries in memory, without HTTP
const q = '{ items(first: 5) { id name } }';
const call = { caller: null, requestId: 'r', locale: 'en' } as const;
const ex = () =>
  g.execute({
    params: { query: q, variables: {}, id: undefined, operationName: undefined, extensions: {} },
    call,
    mayMutate: true,
  });
for (let i = 0; i < 3000; i++) await ex();
let t = performance.now(),
  c = process.cpuUsage();
for (let i = 0; i < 10000; i++) await ex();
const cu = process.cpuUsage(c);
console.log(
  'in memory two-hop queries (20 entities):',
  (10000 / ((performance.now() - t) / 1000)).toFixed(0),
  '/s,',
  ((cu.user + cu.system) / 10000 / 1000).toFixed(3),
  'ms CPU each',
);
(globalThis as any).gc?.();
console.log(
  'start',
  Math.round(process.memoryUsage().heapUsed / 1e6),
  'MB heap',
  Math.round(process.memoryUsage().rss / 1e6),
);
const loop = async (k: number) => {
  while (Date.now() < end) {
    if (k === 0) {
      const r = hostileRequest(random(seed++));
      await send(r.body, r.headers);
    } else await send(JSON.stringify({ query: `query Q${n % 5000} { items(first: 5) { id name friend { name } } }` }));
    for (const toy of [items, names]) toy.calls.length = 0;
  }
};
const report = setInterval(() => {
  (globalThis as any).gc?.();
  console.log(
    new Date().toISOString(),
    n,
    'requests',
    bad,
    '5xx',
    Math.round(process.memoryUsage().heapUsed / 1e6),
    'MB heap',
    Math.round(process.memoryUsage().rss / 1e6),
    'MB rss',
  );
}, 30000);
await Promise.all([loop(0), loop(1), loop(2)]);
clearInterval(report);
(globalThis as any).gc?.();
console.log(
  'end',
  n,
  bad,
  Math.round(process.memoryUsage().heapUsed / 1e6),
  'MB heap',
  Math.round(process.memoryUsage().rss / 1e6),
);
process.exit(0);
