// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** CSS cannot name one set of tokens for a choice of the reader and one of his system. */
test('more contrast is the same whether a reader or his system asks for it', () => {
  const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');
  const tokensOf = (start: RegExp): string[] => {
    const [, block = ''] = new RegExp(`${start.source} \\{([^}]+)\\}`).exec(css) ?? [];
    return [...block.matchAll(/--[\w-]+: [^;]+;/g)].map(([token]) => token);
  };
  const chosen = tokensOf(/\[data-contrast="more"\]/);
  expect(chosen.length).toBeGreaterThan(20);
  expect(tokensOf(/:root:not\(\[data-contrast\]\)/)).toEqual(chosen);
});
