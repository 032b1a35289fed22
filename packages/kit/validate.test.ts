import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { commonTexts, textOf } from './texts.ts';
import * as v from './validate.ts';

const faults = (schema: z.ZodType, input: unknown) => {
  const result = v.validate(schema, input);
  return 'faults' in result ? result.faults.map(({ path, code }) => `${path}: ${code}`) : [];
};

test('what a database cannot keep is refused before it gets there', () => {
  for (const text of ['a\0b', 'a\ud800b']) {
    expect(faults(v.zText(9), text)).toEqual([': INVALID_FORMAT']);
    expect(faults(v.zCode(9), text)).toEqual([': INVALID_FORMAT']);
    expect(faults(v.zJson(99), { deep: [text] })).toEqual([': INVALID_FORMAT']);
  }
  expect(faults(v.zJson(99), { deep: ['\\u0000', '😀', 'a\nb'] })).toEqual([]);
  expect(faults(v.zJson(9), { deep: 'longer' })).toEqual([': TOO_LONG']);
});

test('all faults of an input are told at once, each with its place', () => {
  const schema = z.object({
    name: v.zText(5),
    email: v.zEmail(),
    lines: v.zList(z.object({ quantity: v.zQuantity(), on: v.zDate(), price: v.zPrice() }), 2),
    country: v.zCountry(),
    rank: z.number().min(1).max(3),
    kind: z.enum(['A']),
  });
  const lines = [
    { quantity: '0', on: '2026-02-30', price: '-0.0001' },
    { quantity: '1.00001', on: '2024-02-29', price: '1e3' },
  ];
  expect(faults(schema, { name: '  ', email: 'nobody', lines, country: 'de', rank: 4, kind: 'B' }).toSorted()).toEqual(
    [
      'name: TOO_SHORT',
      'email: INVALID_EMAIL',
      'lines.0.quantity: MUST_BE_POSITIVE',
      'lines.0.on: INVALID_DATE',
      'lines.0.price: MUST_NOT_BE_NEGATIVE',
      'lines.1.quantity: INVALID_DECIMAL',
      'lines.1.price: INVALID_DECIMAL',
      'country: INVALID_FORMAT',
      'rank: TOO_BIG',
      'kind: INVALID_VALUE',
    ].toSorted(),
  );
  expect(faults(schema, {})).toContain('name: REQUIRED');
  expect(faults(v.zList(z.string(), 2), ['a', 'b', 'c'])).toEqual([': TOO_LONG']);
  expect(faults(z.strictObject({ a: z.number().min(3) }), { a: 1, b: 1 }).toSorted()).toEqual([
    'a: TOO_SMALL',
    'b: UNKNOWN_FIELD',
  ]);
});

describe('text', () => {
  test('is kept without blanks around it', () => {
    expect(v.zText(5).parse('  abc\t')).toBe('abc');
    expect(v.zEmail().parse(' Some@Body.Example ')).toBe('some@body.example');
  });
  test.each(['a\u0000b', 'a\u0007b', 'a\u007fb'])('has no control characters', (text) => {
    expect(faults(v.zText(5), text)).toEqual([': INVALID_FORMAT']);
  });
  test('may have several lines', () => expect(v.zText(5).parse('a\nb')).toBe('a\nb'));
});

describe('decimals', () => {
  test.each(['1', '0.5', '-1.25', '999999999999999.99'])('%s is one', (text) =>
    expect(faults(v.zMoney(), text)).toEqual([]),
  );
  test.each(['', ' 1', '1,5', '1.', '.5', '1e3', '0x1', 'NaN', 'Infinity', '1.234', '--1', '١'])(
    '"%s" is none',
    (text) => expect(faults(v.zMoney(), text)).toEqual([': INVALID_DECIMAL']),
  );
  test('have no more digits than their columns', () => {
    expect(faults(v.zMoney(), '-1000000000000000')).toEqual([': TOO_BIG']);
    expect(faults(v.zQuantity(), '99999999999.9999')).toEqual([]);
    expect(faults(v.zPrice(), '100000000000')).toEqual([': TOO_BIG']);
  });
  test('zero is neither positive nor negative', () => {
    expect(faults(v.zMoney('positive'), '0.00')).toEqual([': MUST_BE_POSITIVE']);
    expect(faults(v.zMoney('notNegative'), '-0.00')).toEqual([]);
  });
});

test('a malformed id is like an unknown one, and ids are compared in small letters', () => {
  expect(faults(v.zId(), 'x')).toEqual([': NOT_FOUND']);
  expect(v.zId().parse('01A20132-82A8-7208-89F3-FE5D9F5B2893')).toBe('01a20132-82a8-7208-89f3-fe5d9f5b2893');
});

test('an absent part of an address is stored as null', () => {
  expect(v.zAddress().parse({ country: 'DE', city: 'Ulm' })).toEqual({
    name: null,
    street: null,
    postalCode: null,
    city: 'Ulm',
    country: 'DE',
  });
});

describe('sentences', () => {
  test('have their parameters filled in, in the language of the caller', () => {
    expect(textOf({}, 'FORBIDDEN', 'de', { permission: 'x:y' })).toBe('Dafür fehlt Ihnen das Recht x:y.');
    expect(textOf({ FORBIDDEN: { de: 'Nein', en: 'No' } }, 'FORBIDDEN', 'en')).toBe('No');
    expect(textOf({}, 'NEVER_HEARD_OF', 'en')).toBe('NEVER_HEARD_OF');
  });
  test('write money as the reader does', () => {
    const texts = { OPEN: { de: 'Offen: {open:money}', en: 'Open: {open:money}' } };
    expect(textOf(texts, 'OPEN', 'de', { open: '1043.79' })).toBe('Offen: 1.043,79\u00a0€');
    expect(textOf(texts, 'OPEN', 'en', { open: '1043.79' })).toBe('Open: €1,043.79');
  });
  test('have the same parameters in both languages', () => {
    const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).toSorted();
    for (const [code, { de, en }] of Object.entries(commonTexts)) expect(parameters(de), code).toEqual(parameters(en));
  });
});
