import { expect, test } from 'vitest';
import { textOf } from './texts.ts';
import { validate, zDateWithin } from './validate.ts';

const texts = {
  CLOSED: { de: 'Zu ist {period:month}.', en: '{period:month} is closed.' },
  LEFT: { de: 'Offen: {open:number} Stück, {sum:money}.', en: 'Left: {open:number} pieces, {sum:money}.' },
  OFTEN: { de: '{name} am {on:day}', en: '{name} on {on:day}' },
};
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test('days, months, quantities and amounts are read as people of the language write them', () => {
  expect(textOf(texts, 'CLOSED', 'de', { period: '2024-03' })).toBe('Zu ist März 2024.');
  expect(textOf(texts, 'CLOSED', 'en', { period: '2024-03' })).toBe('March 2024 is closed.');
  const left = { open: '1234.5', sum: '1234.50' };
  expect(plain(textOf(texts, 'LEFT', 'de', left))).toBe('Offen: 1.234,5 Stück, 1.234,50 €.');
  expect(textOf(texts, 'LEFT', 'en', left)).toBe('Left: 1,234.5 pieces, €1,234.50.');
  expect(textOf(texts, 'OFTEN', 'de', { name: '2024-01-02', on: '2024-01-02' })).toBe('2024-01-02 am 02.01.2024');
  expect(textOf(texts, 'OFTEN', 'en', { name: 'X', on: 'soon' })).toBe('X on soon');
});

test('a day outside of its range is told with the range, whatever code the input has for it', () => {
  for (const code of ['DATE_OUT_OF_RANGE', 'INVALID_DATE'] as const) {
    const checked = validate(zDateWithin('1993-01-01', '2100-12-31', code), '1985-01-01');
    const [fault] = 'faults' in checked ? checked.faults : [];
    expect(fault?.code).toBe(code);
    expect(textOf({}, code, 'de', fault?.params)).toBe('Das Datum muss zwischen 01.01.1993 und 31.12.2100 liegen.');
  }
  const checked = validate(zDateWithin('1993-01-01', '2100-12-31', 'INVALID_DATE'), '2023-02-29');
  const [fault] = 'faults' in checked ? checked.faults : [];
  expect(textOf({}, fault?.code ?? '', 'de', fault?.params)).toBe('Bitte ein Datum der Form JJJJ-MM-TT angeben.');
});
