import type { IncomingMessage } from 'node:http';
import type { Caller, Locale } from '../options.ts';

/** The language of a tag such as `de-AT`; null where it is none of ours. */
export function localeOfTag(tag: string): Locale | null {
  const language = tag.trim().slice(0, 2).toLowerCase();
  return language === 'de' || language === 'en' ? language : null;
}

/** The one of our languages that a request prefers; null when it names none. */
export function preferredLocale(acceptLanguage: string | undefined): Locale | null {
  let preferred: Locale | null = null;
  let most = 0;
  for (const part of acceptLanguage?.split(',') ?? []) {
    const [tag = '', weight = '1'] = part.split(/;\s*q=/);
    const locale = localeOfTag(tag);
    if (!locale || !(Number(weight) > most)) continue;
    preferred = locale;
    most = Number(weight);
    // Nothing is preferred to the first that is wanted most.
    if (most === 1) break;
  }
  return preferred;
}

/** The language that a request asks for, such as that of the page that sends it; else the caller's own. */
export const localeOf = ({ headers }: IncomingMessage, caller: Caller | null): Locale =>
  preferredLocale(headers['accept-language']) ?? caller?.locale ?? 'en';
