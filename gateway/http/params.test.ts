import { describe, expect, test, vi } from 'vitest';
import { isNestedTooDeeply, nestingMax } from './nesting.ts';
import { parseJson } from './params.ts';

const nested = (levels: number, inner = '', [open, close] = ['[', ']']): string =>
  open.repeat(levels) + inner + close.repeat(levels);

test.each([
  ['never closed', '['.repeat(100_000)],
  ['closed', nested(nestingMax + 1)],
  ['objects', nested(nestingMax + 1, '1', ['{"a":', '}'])],
  ['behind a text that ends in backslashes', `["\\\\",${nested(nestingMax)}]`],
  ['not as deep at first', `[${'[],'.repeat(100)}${nested(nestingMax)}]`],
])('what is nested too deeply is refused before it is parsed: %s', (_, text) => {
  const parse = vi.spyOn(JSON, 'parse');
  expect(() => parseJson(text, 'The body')).toThrow(`The body is nested more than ${nestingMax} levels deep.`);
  expect(parse).not.toHaveBeenCalled();
  parse.mockRestore();
});

describe('brackets count only where they nest', () => {
  test.each([
    ['as deep as is allowed', nested(nestingMax)],
    ['side by side', JSON.stringify(Array(1_000).fill([{}]))],
    ['in a text', JSON.stringify({ query: '{a'.repeat(1_000) })],
    ['in a text with quotes and backslashes', JSON.stringify(['\\"[[', '"', '\\', '['.repeat(100)])],
    ['in a name', JSON.stringify({ ['{'.repeat(100)]: 1 })],
  ])('%s', (_, text) => {
    expect(parseJson(text, 'The body')).toEqual(JSON.parse(text));
  });
});

test('a text without an end is looked through once', () => {
  expect(isNestedTooDeeply(`["${'\\"'.repeat(1_000)}`)).toBe(false);
});
