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
  const real = await messagesOf(locale);
  const messages = jar.has(pseudoCookie) ? pseudoMessages(real) : real;
  return { locale, display, messages, t: translator(locale, messages), format: formats(locale) };
});

const messagesOf = async (locale: Locale): Promise<Messages> =>
  locale === 'de' ? (await import('./messages.de.ts')).de : (await import('./messages.en.ts')).en;

/** The language of whom a document goes to; that of the request where nobody knows it. */
export async function languageOfReader(
  locale: Locale | null | undefined,
): Promise<Pick<Language, 'locale' | 't' | 'format'>> {
  const own = await language();
  if (!locale || locale === own.locale) return own;
  return { locale, t: translator(locale, await messagesOf(locale)), format: formats(locale) };
}
