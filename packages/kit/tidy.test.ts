import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RULES, type Source } from './testing/house-rules.ts';

const root = join(import.meta.dirname, '..', '..');
const AREAS = ['packages', 'subgraphs', 'gateway', 'schema', 'frontend', 'deploy', 'e2e'];
const FOREIGN = new Set(['node_modules', '_generated', '.next', '.turbo', 'coverage']);
/** Made from the source, or samples of what is wrong. */
const LEFT_OUT = /^schema\/\w+\.graphql$|^frontend\/next-env\.d\.ts$|^packages\/kit\/testing\/house-rules\.ts$/;

const sources: Source[] = globSync(`{${AREAS.join(',')}}/**/*.{ts,tsx,mjs,graphql,sql}`, {
  cwd: root,
  exclude: (path) => FOREIGN.has(basename(path)),
})
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => !LEFT_OUT.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

test('the rules see the source', () => {
  for (const area of AREAS)
    expect(
      sources.some(({ path }) => path.startsWith(`${area}/`)),
      area,
    ).toBe(true);
});

describe.each(RULES)('$name', (rule) => {
  test('holds', () => {
    const found = sources.flatMap((source) => rule.check(source).map((what) => `${source.path}: ${what}`));
    expect(found).toEqual([]);
  });

  test.each(rule.bad)('is noticed when $path breaks it', (sample) => {
    expect(rule.check(sample)).not.toEqual([]);
  });
});
