import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { german, inGerman } from './german.ts';

const gateway = path.join(import.meta.dirname, '..');
/** They speak to operators, or are this table. */
const others = /\.test\.ts$|^(node_modules|scenarios|command-line)\/|^report\/german\.ts$/;
/** A sentence of its own, and no error that stays within the process. */
const sentence = /(new Error\(\s*)?(['`])((?:\$\{|["A-Z])(?:(?!\2).)*\.)\2/g;
/** What only others say, or what begins a name. */
const notOurs = new Set(['{}.', 'Mutation.']);

const ours = new Set(
  globSync('**/*.ts', { cwd: gateway, exclude: (name) => name === 'node_modules' })
    .filter((file) => !others.test(file))
    .flatMap((file) => [...readFileSync(path.join(gateway, file), 'utf8').matchAll(sentence)])
    .flatMap(([, internal, , text = '']) => (internal ? [] : [text.replace(/\$\{[^}]*\}/g, '{}')]))
    .filter((text) => !notOurs.has(text)),
);

test('every text of ours is there in German, with the same gaps, and no text that nobody says', () => {
  expect(ours.size).toBeGreaterThan(80);
  expect([...ours].filter((text) => !Object.hasOwn(german, text))).toEqual([]);
  const sentences = Object.keys(german).filter((text) => text.endsWith('.'));
  expect(sentences.filter((text) => !ours.has(text))).toEqual([]);
  const gaps = (text: string): number => text.split('{}').length;
  expect(Object.entries(german).filter(([english, text]) => gaps(english) !== gaps(text))).toEqual([]);
});

test.each([
  ['The batch is empty.', 'Der Stapel ist leer.'],
  ['The operation has more than 50 root fields.', 'Die Operation hat mehr als 50 oberste Felder.'],
  [
    'The operation costs 12 in sales; at most 10 is allowed.',
    'Die Operation kostet 12 in sales; erlaubt ist höchstens 10.',
  ],
  ['The operation costs 12; at most 10 is allowed.', 'Die Operation kostet 12; erlaubt ist höchstens 10.'],
  ['Cannot return null for non-nullable field A.b.', 'Das Feld A.b darf nicht null sein.'],
  ['What a subgraph says', 'What a subgraph says'],
  ['constructor', 'constructor'],
])('%s', (english, text) => {
  expect(inGerman(english)).toBe(text);
});
