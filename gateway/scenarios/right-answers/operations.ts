import fc from 'fast-check';
import { ownedFields } from './world.ts';

/** Random valid operations over the fixed outer shape of a world. */
export interface RandomOperation {
  readonly query: string;
  readonly variables: { yes: boolean; no: boolean };
}

const leaf: Partial<Record<(typeof ownedFields)[number], readonly string[]>> = {
  title: ['title', 'title(upper: true)', 't: title'],
  size: ['size'],
  label: ['label'],
  broken: ['broken'],
  tags: ['tags'],
  grid: ['grid'],
  scaled: ['s2: scaled(by: 2)', 's3: scaled(by: 3)', 'scaled(by: 5)'],
  doubled: ['doubled', 'd: doubled'],
  tripled: ['tripled'],
};

const directive = fc.constantFrom(
  '',
  '',
  '',
  '',
  ' @include(if: $yes)',
  ' @include(if: $no)',
  ' @skip(if: $no)',
  ' @skip(if: $yes)',
  ' @include(if: true)',
);

const leaves = fc.constantFrom(
  ...Object.values(leaf).flat(),
  'id',
  '__typename',
  'rank',
  'shape { width }',
  'shape { width __typename }',
);

/** Selections with one meaning for each response name, so that any two of them merge. */
function unique(selections: readonly string[]): string {
  const seen = new Map<string, string>();
  for (const one of selections) {
    const name = /^(?:\.\.\.|\w+)(?:: \w+)?/.exec(one)?.[0] ?? one;
    const key = name.split(':')[0] as string;
    if (one.startsWith('...')) seen.set(one, one);
    else if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()].join(' ');
}

const entity = (depth: number): fc.Arbitrary<string> => {
  const plain = fc.tuple(leaves, directive).map(([field, condition]) => withDirective(field, condition));
  const options: fc.Arbitrary<string>[] = [plain, plain, plain];
  if (depth > 0) {
    options.push(
      fc
        .tuple(fc.constantFrom('friend', 'others'), entity(depth - 1), directive)
        .map(([field, inner, condition]) => `${field}${condition} { ${inner} }`),
      fc.tuple(work(depth - 1), directive).map(([inner, condition]) => `works${condition} { ${inner} }`),
    );
  }
  return fc.array(fc.oneof(...options), { minLength: 1, maxLength: 5 }).map(unique);
};

function withDirective(field: string, condition: string): string {
  const open = field.indexOf(' {');
  return open === -1 ? field + condition : field.slice(0, open) + condition + field.slice(open);
}

const work = (depth: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom('', '__typename'), entity(depth), entity(depth), directive)
    // Aliases keep what the two types answer apart, as validation wants it.
    .map(
      ([typename, book, film, condition]) =>
        `${typename} ... on Book${condition} { b: friend { id } ${book} } ... on Film { ${film} }`,
    );

/** Fields of an interface, and of some of the types behind it. */
const thing = (depth: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('id', 'rank', 'id rank', '__typename', 'r: rank __typename'),
      entity(depth),
      entity(depth),
      directive,
    )
    // Aliases keep what the types answer apart, as validation wants it.
    .map(
      ([own, book, film, condition]) =>
        `${own} ... on Book${condition} { b: friend { ${book} } } ... on Film { f: friend { ${film} } } ... on Author { a: id }`,
    );

export const operations: fc.Arbitrary<RandomOperation> = fc.record({
  query: fc
    .record({
      books: fc.option(entity(2), { nil: null }),
      film: fc.option(fc.tuple(fc.nat(5), entity(2)), { nil: null }),
      works: fc.option(work(2), { nil: null }),
      author: entity(3),
      best: fc.option(entity(1), { nil: null }),
      things: fc.option(thing(1), { nil: null }),
      ranked: fc.option(thing(1), { nil: null }),
    })
    .map(({ books, film, works, author, best, things, ranked }) =>
      [
        'query ($yes: Boolean!, $no: Boolean!) { __typename',
        books === null ? '' : `books { ...B } more: books { id ...B }`,
        film === null ? '' : `film(at: ${film[0]}) { ${film[1]} }`,
        works === null ? '' : `works { ${works} }`,
        best === null ? '' : `best { ${best} }`,
        things === null ? '' : `things { ${things} }`,
        ranked === null ? '' : `ranked { ${ranked} }`,
        `author { ${author} } n: __typename @include(if: $yes) m: __typename @skip(if: $yes) k: __typename @include(if: $no) }`,
        books === null ? '' : `fragment B on Book { ${books} }`,
      ].join(' '),
    ),
  variables: fc.constant({ yes: true, no: false }),
});
