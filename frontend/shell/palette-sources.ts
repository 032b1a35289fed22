import type { Formats } from '#i18n/format.ts';
import type { Translate } from '#i18n/translate.ts';
import type { IconName } from '#ui/Icon.tsx';
import type { PaletteEntry } from './CommandPalette.tsx';

/** The pages of the app, read from the navigation on screen: whoever sees an entry there may go there. */
export function navigationEntries(group: string, go: (href: string) => void): PaletteEntry[] {
  return [...document.querySelectorAll<HTMLAnchorElement>('.nav a.nav-item')].map((link) => {
    const href = link.getAttribute('href') as string;
    const icon = link.querySelector('use')?.getAttribute('href')?.split('#')[1] ?? 'right';
    return { id: href, group, icon: icon as IconName, label: link.title, run: () => go(href) };
  });
}

export interface SourceTools {
  readonly t: Translate;
  readonly format: Formats;
  go(href: string): void;
}

export async function searchRecords(
  _text: string,
  _tools: SourceTools,
  _signal: AbortSignal,
): Promise<readonly PaletteEntry[]> {
  return [];
}
