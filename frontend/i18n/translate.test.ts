import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { de } from './messages.de.ts';
import { en } from './messages.en.ts';
import { browserMessages, translator } from './translate.ts';

const root = join(import.meta.dirname, '..');
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe('catalogues', () => {
  test('every message names the same parameters in both languages', () => {
    for (const key of Object.keys(de) as (keyof typeof de)[]) {
      expect(placeholders(en[key]), key).toEqual(placeholders(de[key]));
    }
  });

  test('a message with a plural has both forms in both languages', () => {
    for (const key of Object.keys(de) as (keyof typeof de)[]) {
      expect(en[key].split('|').length, key).toBe(de[key].split('|').length);
    }
  });

  test('no message is left over that nothing asks for', () => {
    const sources = globSync('{app,ui,shell,lists,offline,i18n,settings}/**/*.{ts,tsx}', { cwd: root })
      .filter((file) => !file.includes('messages.'))
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n');
    const prefixes = [...sources.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] as string);
    const unused = Object.keys(de).filter(
      (key) => !sources.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });
});

describe('translator', () => {
  const t = translator('de', de);

  test('writes numbers in parameters the way the language does', () => {
    expect(t('ui.list.of', { total: 23799 })).toBe('von 23.799');
    expect(translator('en', en)('ui.list.of', { total: 23799 })).toBe('of 23,799');
  });

  test('chooses the plural by count', () => {
    expect(t('ui.list.filtersSet', { count: 1 })).toBe('1 Filter ist gesetzt.');
    expect(t('ui.list.filtersSet', { count: 2 })).toBe('2 Filter sind gesetzt.');
  });

  test('the browser is sent its own messages only', () => {
    const sent = Object.keys(browserMessages(de));
    expect(sent.length).toBeGreaterThan(10);
    expect(sent.every((key) => key.startsWith('ui.'))).toBe(true);
  });
});
