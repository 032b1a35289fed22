import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { acceptedLocale, type Display, displayCookie, parseDisplay } from './display.ts';
import { type Formats, formats } from './format.ts';
import { pseudoCookie, pseudoMessages } from './pseudo.ts';
import { type Locale, type Messages, type Translate, translator } from './translate.ts';

export interface Language {
  readonly locale: Locale;
  readonly display: Display;
  readonly messages: Messages;
  readonly t: Translate;
  readonly format: Formats;
}

/** The language and display of this request: the reader's choice, else the browser's wish, else German. */
export const language = cache(async (): Promise<Language> => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const display = parseDisplay(jar.get(displayCookie)?.value);
  const locale = display.locale ?? acceptedLocale(head.get('accept-language'));
  const real: Messages =
    locale === 'de' ? (await import('./messages.de.ts')).de : (await import('./messages.en.ts')).en;
  const messages = jar.has(pseudoCookie) ? pseudoMessages(real) : real;
  return { locale, display, messages, t: translator(locale, messages), format: formats(locale) };
});
