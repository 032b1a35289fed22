import { expect, test } from 'vitest';
import { de } from '#i18n/messages.de.ts';
import { translator } from '#i18n/translate.ts';
import { unitName, unitOptions } from './units.ts';

const t = translator('de', de);

test('units have the names that people use, and a rare code stays a code', () => {
  expect(['C62', 'H87', 'KGM', 'MTK', 'ZZ'].map((code) => unitName(t, code))).toEqual([
    'Stück',
    'Stück',
    'kg',
    'm²',
    'ZZ',
  ]);
});

test('each unit is offered once, and the present one stays possible', () => {
  const labels = unitOptions(t).map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
  expect(unitOptions(t, 'ZZ')[0]).toEqual({ value: 'ZZ', label: 'ZZ' });
});
