import type { Locale } from './translate.ts';

/** What a reader chose for the screen; kept in one cookie so that the first paint is already right. */
export interface Display {
  readonly locale: Locale | null;
  readonly theme: 'light' | 'dark' | null;
  readonly contrast: 'more' | null;
  readonly density: 'compact' | 'comfortable' | null;
  readonly nav: 'min' | null;
}

export const displayCookie = 'valeo-display';

const allowed = {
  locale: ['de', 'en'],
  theme: ['light', 'dark'],
  contrast: ['more'],
  density: ['compact', 'comfortable'],
  nav: ['min'],
} as const;

/** Reads the cookie; anything unknown counts as not chosen. */
export function parseDisplay(cookie: string | undefined): Display {
  const found = new URLSearchParams(cookie ?? '');
  const pick = <Name extends keyof typeof allowed>(name: Name) =>
    (allowed[name] as readonly string[]).includes(found.get(name) ?? '') ? found.get(name) : null;
  return Object.fromEntries(Object.keys(allowed).map((name) => [name, pick(name as never)])) as unknown as Display;
}

export function writeDisplay(display: Display): string {
  return new URLSearchParams(
    Object.entries(display).filter((entry): entry is [string, string] => entry[1] !== null),
  ).toString();
}

/** The best language for an `Accept-Language` header; German when it names neither. */
export function acceptedLocale(header: string | null): Locale {
  for (const part of (header ?? '').split(',')) {
    const language = part.trim().slice(0, 2).toLowerCase();
    if (language === 'de' || language === 'en') return language;
  }
  return 'de';
}
