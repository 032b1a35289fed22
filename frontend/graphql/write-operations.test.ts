// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepFormer } from './write-operations.ts';

test('operations of earlier builds stay as long as they fit the schema, the last 500, and are none of the current ones', () => {
  const schema = 'type Query { a: Int b: Int }';
  const former = { f1: '{ a }', f2: '{ gone }', f3: '{ b }' };
  expect(keepFormer(former, { o1: '{ a b }', o2: '{ b a }' }, { o2: '{ b a }', f3: '{ b }' }, schema)).toEqual({
    f1: '{ a }',
    o1: '{ a b }',
  });
  const many = Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`m${at}`, '{ a }']));
  const kept = Object.keys(keepFormer(many, { last: '{ b }' }, {}, schema));
  expect(kept).toHaveLength(500);
  expect([kept[0], kept.at(-1)]).toEqual(['m101', 'last']);
});

test('the committed operations of earlier builds can all be answered', () => {
  const folder = join(import.meta.dirname, '../../schema');
  const readTexts = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const former = readTexts('operations.former.json');
  const schema = readFileSync(join(folder, 'api.graphql'), 'utf8');
  expect(keepFormer(former, {}, readTexts('operations.json'), schema)).toEqual(former);
});
