import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { de } from './messages.de.ts';
import { en } from './messages.en.ts';
import { pseudoText } from './pseudo.ts';
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
    const sources = globSync('{app,attachments,ui,shell,lists,offline,i18n,settings}/**/*.{ts,tsx}', { cwd: root })
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

describe('texts in components', () => {
  /** Names of the house and of formats, and signs that are the same in every language. */
  const sameEverywhere =
    /^(VALEO|NeuroERP|VALEO NeuroERP|Deutsch|English|PDF|XML|CSV|XLSX|Excel|API|ms|Esc|Enter|Tab|Ctrl|Strg|Alt|Shift|Home|End|F2|Ctrl\+K|K|€|%)$/;
  const components = globSync('{app,attachments,ui,shell,lists,offline}/**/*.tsx', { cwd: root }).filter(
    (file) => !/\.test\.tsx$|styleguide|%5F/.test(file),
  );

  test('none is written into a component instead of a catalogue', () => {
    const found = components.flatMap((file) => {
      const source = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
      const inElements = [
        ...source.matchAll(
          /(?:<\/?[\w.]+(?:\s[^<>{}]*(?:\{[^{}]*\}[^<>{}]*)*)?\/?>)\s*([^<>{}()=;]*\p{L}{2,}[^<>{}()=;]*?)\s*(?=<\/?[\w.]+|\{)/gu,
        ),
      ];
      const inAttributes = [
        ...source.matchAll(/\b(?:title|label|aria-label|placeholder|alt|hint)="([^"]*\p{L}[^"]*)"/gu),
      ];
      return [...inElements, ...inAttributes]
        .map((match) => (match[1] as string).trim())
        .filter((text) => !sameEverywhere.test(text) && !/&&|\|\||^[:?]/.test(text))
        .map((text) => `${file}: ${text}`);
    });
    expect(found).toEqual([]);
  });

  test('every message that is asked for by name is in the catalogue', () => {
    const asked = globSync('{app,attachments,ui,shell,lists,offline}/**/*.{ts,tsx}', { cwd: root })
      .filter((file) => !/\.test\.tsx?$/.test(file))
      .flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/\bt\(\s*'([\w.]+)'/g)])
      .map((match) => match[1] as string);
    expect(asked.length).toBeGreaterThan(500);
    expect([...new Set(asked)].filter((key) => !(key in de))).toEqual([]);
  });
});

test('the pseudo-language is 40 % longer and keeps parameters and plurals', () => {
  expect(pseudoText('{count} Filter is set.|{count} filters are set.')).toBe(
    '{count} Fíłtéř íš šét.ëïõüâë|{count} fíłtéřš ářé šét.ëïõüâëï',
  );
  for (const text of Object.values(de)) {
    expect(placeholders(pseudoText(text))).toEqual(placeholders(text));
    const words = text.replaceAll(/\{\w+\}/g, '').length;
    expect(pseudoText(text).length - text.length).toBeGreaterThanOrEqual(Math.floor(words * 0.4));
  }
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
