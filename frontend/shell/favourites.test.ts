import { beforeEach, expect, test } from 'vitest';
import { parseFavourites } from './favourites.ts';
import { forgetVisits, recentVisits, rememberVisit } from './recent.ts';

beforeEach(() => localStorage.clear());

test('favourites lead into this app only, and nonsense is none', () => {
  const invoices = { href: '/sales/invoices?f=status:in:DRAFT', title: 'Entwürfe' };
  const strange = [
    { href: '//evil.example', title: 'x' },
    { href: 'https://evil.example', title: 'x' },
    { href: 1 },
    null,
  ];
  expect(parseFavourites([invoices, ...strange])).toEqual([invoices]);
  expect(parseFavourites({ href: '/' })).toEqual([]);
});

test('records looked at come back newest first, once each, apart for every reader', () => {
  rememberVisit('one', '/sales/invoices/1', 'RE-1 · VALEO NeuroERP');
  rememberVisit('one', '/sales/invoices/2', 'RE-2 · VALEO NeuroERP');
  rememberVisit('one', '/sales/invoices/1', 'RE-1 · VALEO NeuroERP');
  rememberVisit('one', '/sales/invoices', 'Rechnungen · VALEO NeuroERP');
  rememberVisit('one', '/sales/invoices/new', 'Neu · VALEO NeuroERP');
  expect(recentVisits('one').map(({ title }) => title)).toEqual(['RE-1', 'RE-2']);
  expect(recentVisits('two')).toEqual([]);
  forgetVisits();
  expect(recentVisits('one')).toEqual([]);
});
