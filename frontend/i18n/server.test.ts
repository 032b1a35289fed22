// @vitest-environment node
import '#testing/next.ts';
import { beforeEach, expect, test } from 'vitest';
import { framework } from '#testing/next.ts';
import { languageOfReader } from './server.ts';

beforeEach(() => framework.headers.set('accept-language', 'de-DE'));

test('a document speaks the language of whom it goes to, with his dates and numbers', async () => {
  const { locale, t, format } = await languageOfReader('en');
  expect([locale, t('print.kind.INVOICE'), format.amount('1234.50')]).toEqual(['en', 'Invoice', '1,234.50']);
});

test('it speaks that of the request where nobody knows the reader', async () => {
  const { t, format } = await languageOfReader(null);
  expect([t('print.kind.INVOICE'), format.amount('1234.50')]).toEqual(['Rechnung', '1.234,50']);
});
