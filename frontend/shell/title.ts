import type { Metadata } from 'next';
import { language } from '#i18n/server.ts';
import type { PlainKey } from '#i18n/translate.ts';

/** The title of a page in the reader's language, for its `generateMetadata`. */
export function pageTitle(key: PlainKey): () => Promise<Metadata> {
  return async () => ({ title: (await language()).t(key) });
}
