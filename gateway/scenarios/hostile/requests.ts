import { deflateSync, gzipSync } from 'node:zlib';

/** Requests that try to hurt, drawn from a seed so that a failure can be repeated. */
export interface HostileRequest {
  readonly kind: string;
  readonly body: string | Uint8Array;
  readonly headers?: Record<string, string>;
  /** Sent half, and then nothing for a while. */
  readonly isSlow?: boolean;
}

/** A small generator of random numbers (mulberry32): the same seed gives the same requests, neighbours differ. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const maxBytes = 100_000;
const json = (value: unknown): string => JSON.stringify(value);
const query = (text: string, rest: object = {}): string => json({ query: text, ...rest });

/** Some kilobytes that unpack to some ten megabytes. */
const bombs: readonly Uint8Array[] = [
  gzipSync(Buffer.alloc(32 << 20)),
  deflateSync(Buffer.alloc(16 << 20, '{"query":"')),
];

type Maker = (pick: (max: number) => number) => Omit<HostileRequest, 'kind'>;

const makers: Record<string, Maker> = {
  deep: (pick) => {
    const depth = 10 + pick(9_000);
    return { body: query(`${'{item{friend'.repeat(1)}${'{friend'.repeat(depth)}{id}${'}'.repeat(depth + 2)}`) };
  },
  wide: (pick) => ({ body: query(`{ ${'item { id } '.repeat(pick(8_000))} }`) }),
  aliases: (pick) => ({ body: query(`{ ${Array.from({ length: pick(6_000) }, (_, i) => `a${i}: text`).join(' ')} }`) }),
  typenames: (pick) => ({
    body: query(`{ ${Array.from({ length: pick(6_000) }, (_, i) => `a${i}: __typename`).join(' ')} }`),
  }),
  directives: (pick) => ({ body: query(`{ text ${'@include(if: true) '.repeat(pick(5_000))} }`) }),
  unknownDirectives: (pick) => ({
    body: query(`{ text ${Array.from({ length: pick(5_000) }, (_, i) => `@x${i}`).join(' ')} }`),
  }),
  fragmentBomb: (pick) => {
    const levels = 2 + pick(60);
    const fragments = Array.from(
      { length: levels },
      (_, i) => `fragment F${i} on Item { friend { ...F${i + 1} } other: friend { ...F${i + 1} } }`,
    );
    return { body: query(`{ item { ...F0 } } ${fragments.join(' ')} fragment F${levels} on Item { id }`) };
  },
  fragmentCycle: (pick) => {
    const length = 1 + pick(300);
    const fragments = Array.from({ length }, (_, i) => `fragment C${i} on Item { ...C${(i + 1) % length} }`);
    return { body: query(`{ item { ...C0 } } ${fragments.join(' ')}`) };
  },
  manyFragments: (pick) => {
    const count = pick(800);
    return {
      body: query(
        `{ item { ${Array.from({ length: count }, (_, i) => `...M${i}`).join(' ')} } } ${Array.from({ length: count }, (_, i) => `fragment M${i} on Item { id }`).join(' ')}`,
      ),
    };
  },
  overlapping: (pick) => ({
    body: query(
      `{ ${Array.from({ length: pick(1_500) }, (_, i) => `item { friend { id x: text(n: ${i}) } }`).join(' ')} }`,
    ),
  }),
  prototypes: (pick) => {
    const name = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'][pick(5)];
    return {
      body: `{"query":"{ ${name}: text item { ${name}: id ${name}2: friend { ${name}: id } } }","variables":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}`,
    };
  },
  pollutedVariables: () => ({
    body: '{"query":"query($i:Free){echo(value:$i)}","variables":{"i":{"__proto__":{"polluted":1},"a":{"constructor":{"prototype":{"polluted":1}}}}}}',
  }),
  nestedVariables: (pick) => {
    const depth = pick(40_000);
    return {
      body: `{"query":"query($i:Free){echo(value:$i)}","variables":{"i":${'['.repeat(depth)}${']'.repeat(depth)}}}`,
    };
  },
  nestedLiterals: (pick) => {
    const depth = pick(40_000);
    return { body: query(`{ echo(value: ${'['.repeat(depth)}${']'.repeat(depth)}) }`) };
  },
  wrongTypes: (pick) => {
    const values = [null, 1, true, 'x', [], {}, [[]], 1e400, -0, '\u0000'];
    const member = ['query', 'variables', 'operationName', 'extensions', 'id'][pick(5)] as string;
    return { body: json({ query: '{ text }', [member]: values[pick(values.length)] }) };
  },
  wrongArguments: (pick) => {
    const values = ['999999999999', '-1', '"x"', 'null', '1.5', '{}', '[1]', 'ENUM', '$v', '1e999'];
    return { body: query(`{ items(first: ${values[pick(values.length)]}) { id } }`) };
  },
  brokenJson: (pick) => ({ body: json({ query: '{ text }' }).slice(0, pick(18)) }),
  nestedJson: (pick) => ({ body: '['.repeat(pick(maxBytes)) }),
  brokenUtf8: (pick) => ({ body: Uint8Array.from({ length: pick(500) }, () => pick(256)) }),
  batchFlood: (pick) => ({ body: json(Array(pick(2_000)).fill({ query: '{ text }' })) }),
  batchOfBatches: (pick) => ({ body: json(Array(1 + pick(10)).fill(Array(pick(10)).fill({ query: '{ text }' }))) }),
  dearBatch: () => ({ body: json(Array(10).fill({ query: `{ ${'item { id } '.repeat(700)} }` })) }),
  compressed: (pick) => ({
    body: bombs[pick(bombs.length)] as Uint8Array,
    headers: { 'content-encoding': ['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip'][pick(5)] as string },
  }),
  slow: (pick) => ({ body: query(`{ text } ${'#'.repeat(pick(5_000))}`), isSlow: true }),
  contentType: (pick) => ({
    body: query('{ text }'),
    headers: {
      'content-type': ['text/plain', 'application/xml', 'multipart/form-data', 'application/json; charset=latin1', ''][
        pick(5)
      ] as string,
    },
  }),
  accept: (pick) => ({
    body: query('{ text }'),
    headers: { accept: ['text/html', '*/*;q=0', ','.repeat(pick(5_000)), 'application/json;q=x'][pick(4)] as string },
  }),
  hugeNumber: (pick) => ({ body: query(`{ text(n: ${'9'.repeat(pick(50_000))}) }`) }),
  hugeString: (pick) => ({ body: query(`{ echo(value: "${'\\u0000'.repeat(pick(5_000))}") }`) }),
  comments: (pick) => ({ body: query(`${'#\n'.repeat(pick(30_000))}{ text }`) }),
  unicode: (pick) => ({ body: query(`{ text(n: 1) ${String.fromCodePoint(pick(0xd800))} }`) }),
  manyOperations: (pick) => ({
    body: query(Array.from({ length: pick(1_000) }, (_, i) => `query Q${i} { text }`).join(' '), {
      operationName: `Q${pick(2_000)}`,
    }),
  }),
  manyVariables: (pick) => ({
    body: query(`query (${Array.from({ length: 1 + pick(1_500) }, (_, i) => `$v${i}: Int`).join(' ')}) { text }`),
  }),
  introspection: (pick) => ({
    body: query(`{ __schema { types { ${'fields { type { ofType { fields { name '.repeat(pick(40))} } } }`),
  }),
  introspectionDeep: (pick) => {
    const depth = 1 + pick(400);
    return {
      body: query(`{ __schema { types ${'{ fields { type '.repeat(depth)} { name } ${'} }'.repeat(depth)} } }`),
    };
  },
  introspectionAliases: (pick) => ({
    body: query(
      `{ __schema { ${Array.from({ length: 1 + pick(200) }, (_, i) => `a${i}: types { ...T }`).join(' ')} } } fragment T on __Type { name description fields { name description type { name } args { name defaultValue } } }`,
    ),
  }),
  persisted: (pick) => ({
    body: json({ extensions: { persistedQuery: { version: pick(3), sha256Hash: 'x'.repeat(pick(300)) } } }),
  }),
  subscription: () => ({ body: query('subscription { a: __typename }') }),
};

export const kinds: readonly string[] = Object.keys(makers);

export function hostileRequest(next: () => number): HostileRequest {
  const pick = (max: number): number => Math.floor(next() * max);
  const kind = kinds[pick(kinds.length)] as string;
  const made = (makers[kind] as Maker)(pick);
  return { kind, ...made, body: made.body.slice(0, maxBytes) };
}
