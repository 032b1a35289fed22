import { expect, test } from 'vitest';
import { taxNote } from './tax-notes.ts';

test('an English document says in both languages why it charges no VAT, a German one in German', () => {
  const note = 'Steuerschuldnerschaft des Leistungsempfängers';
  expect(taxNote('S21', note, 'en')).toBe(`Reverse charge (${note})`);
  expect(taxNote('S21', note, 'de')).toBe(note);
  expect(taxNote('U19', null, 'en')).toBeNull();
  expect(taxNote('NEW', note, 'en')).toBe(note);
});
