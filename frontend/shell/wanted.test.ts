import { expect, test } from 'vitest';
import { wanted } from './wanted.ts';

test.each([
  ['übers', 'Übersicht'],
  ['ubersicht', 'Übersicht'],
  ['uebersicht', 'Übersicht'],
  ['geschaeft', 'Geschäftspartner'],
  ['geschaftsp', 'Geschäftspartner'],
  ['RECH', 'Eingangsrechnungen'],
  ['cafe', 'Café Müller'],
  ['strasse', 'Straße'],
])('%s finds %s', (text, label) => expect(wanted(text).fits(label)).toBe(true));

test.each([
  ['rechnugn', 'Rechnungen'],
  ['rehcnung', 'Rechnungen'],
  ['jounal', 'Journal'],
  ['dunkel', 'Dunkle Darstellung'],
  ['englisch', 'English'],
  ['lagrort', 'Neuer Lagerort'],
])('%s, mistyped, is near to %s', (text, label) => expect(wanted(text).isNear(label)).toBe(true));

test('a short text, and one of other letters, is near to nothing', () => {
  expect(wanted('ban').isNear('Bank')).toBe(false);
  expect(wanted('zxqv').isNear('Zahlungen')).toBe(false);
  expect(wanted('partner').isNear('Perioden')).toBe(false);
});

test('a number is named by exactly itself', () => {
  expect(wanted('8400').isNamed('8400 Erlöse 19 % USt')).toBe(true);
  expect(wanted('8400').isNamed('RE-2011-018400')).toBe(false);
  expect(wanted('').isNamed('8400 Erlöse')).toBe(false);
});
