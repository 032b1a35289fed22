// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { de } from '#i18n/messages.de.ts';
import { translator } from '#i18n/translate.ts';
import { deviceText, permissionText } from './words.ts';

const t = translator('de', de);

test('every permission that the graph asks for has words of its own', () => {
  const graph = readFileSync(join(import.meta.dirname, '../../../../schema/supergraph.graphql'), 'utf8');
  const scopes = [...new Set([...graph.matchAll(/scopes: \[\["([\w:]+)"\]\]/g)].map(([, scope]) => scope as string))];
  expect(scopes.length).toBeGreaterThan(15);
  const texts = scopes.map((scope) => permissionText(t, scope));
  expect(new Set(texts).size).toBe(scopes.length);
  expect(texts.filter((text) => text.includes(':'))).toEqual([]);
  expect(permissionText(t, 'later:invented')).toBe('later:invented');
});

test.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
    'Chrome 142 auf Linux',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
    'Safari 18 auf iOS',
  ],
  ['curl/8.5.0', 'curl/8.5.0'],
  ['', '–'],
])('a device is named by its browser and system: %s', (userAgent, text) => {
  expect(deviceText(t, userAgent)).toBe(text);
});
