import type { MessageKey, Translate } from '#i18n/translate.ts';

/** The question of a bulk action for one row and for many; how many, only the browser knows. */
export const bulkQuestion = (
  t: Translate,
  key: Extract<MessageKey, `bulk.${string}.question`>,
): readonly [one: string, other: string] => [t(key, { count: 1 }), t(key, { count: '{count}' })];
