import type { Locale } from '#i18n/translate.ts';
import { de } from './guide.de.ts';
import { en } from './guide.en.ts';
import type { Guide } from './topics.ts';

/** The guide in one language; both have every chapter, which the types make sure of. */
export const guideIn = (locale: Locale): Guide => ({ de, en })[locale];
