import type { Metadata } from 'next';
import { language } from '#i18n/server.ts';
import type { PlainKey } from '#i18n/translate.ts';

/** What tabs and search results show of a page: its own words first, then the product. */
export const titled = (...words: readonly string[]): Metadata => ({
  title: { absolute: [...words, 'VALEO NeuroERP'].join(' · ') },
});

/** The title of a page in the reader's language, for its `generateMetadata`. */
export function pageTitle(key: PlainKey): () => Promise<Metadata> {
  return async () => titled((await language()).t(key));
}
