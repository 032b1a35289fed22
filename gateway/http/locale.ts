import type { IncomingMessage } from 'node:http';
import type { Caller, Locale } from '../options.ts';

/** The language that a request asks for, such as that of the page that sends it; else the caller's own. */
export function localeOf({ headers }: IncomingMessage, caller: Caller | null): Locale {
  for (const part of headers['accept-language']?.toLowerCase().split(',') ?? []) {
    const language = part.trim().slice(0, 2);
    if (language === 'de' || language === 'en') return language;
  }
  return caller?.locale ?? 'en';
}
