import { expect, test } from 'vitest';
import { formats } from '#i18n/format.ts';
import { cellOf } from './cell.tsx';
import type { Column } from './definition.ts';

const words = { format: formats('de'), yes: 'Ja', no: 'Nein' };
const number: Column = { key: 'number', label: 'Nummer', kind: 'link', path: 'number', width: 100, empty: 'Entwurf' };

test('a draft, which has no number yet, opens by its number cell all the same', () => {
  expect(cellOf(number, { id: '1', number: null }, words, '/sales/invoices/1')).toMatchObject({
    text: 'Entwurf',
    href: '/sales/invoices/1',
  });
  expect(cellOf(number, { id: '1', number: 'RE-1' }, words, '/sales/invoices/1').text).toBe('RE-1');
});

test('a value that is not there is a dash, and leads nowhere', () => {
  const plain: Column = { ...number, kind: 'text', empty: undefined };
  expect(cellOf(plain, { id: '1', number: null }, words, '/x')).toMatchObject({ text: '–', href: null });
});
