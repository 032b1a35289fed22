import type { Locale } from '../options.ts';

/** The language of a tag such as `de-AT`; null where it is none of ours. */
export function localeOfTag(tag: string): Locale | null {
  const language = tag.trim().slice(0, 2).toLowerCase();
  return language === 'de' || language === 'en' ? language : null;
}

/** The one of our languages that a request prefers; English when it names none. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  let preferred: Locale = 'en';
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
