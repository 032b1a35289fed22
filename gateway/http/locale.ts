import type { Locale } from '../options.ts';

/** The language of a tag such as `de-AT`; null where it is none of ours. */
export function localeOfTag(tag: string): Locale | null {
  const language = tag.trim().slice(0, 2).toLowerCase();
  return language === 'de' || language === 'en' ? language : null;
}

/** The first of the languages a request names that is one of ours; English when it names none. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  for (const tag of acceptLanguage?.split(',') ?? []) {
    const locale = localeOfTag(tag);
    if (locale) return locale;
  }
  return 'en';
}
