import { expect, test } from 'vitest';
import { de } from '#i18n/messages.de.ts';
import { translator } from '#i18n/translate.ts';
import { bulkQuestion } from './bulk-question.ts';

test('one row is asked about in the singular, many with their number left open', () => {
  expect(bulkQuestion(translator('de', de), 'bulk.post.question')).toEqual([
    '1 Entwurf buchen?',
    '{count} Entwürfe buchen?',
  ]);
});
