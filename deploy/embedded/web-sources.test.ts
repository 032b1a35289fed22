import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './config.ts';
import { webSources } from './web-sources.ts';

const sources = webSources().map((file) => relative(root, file));

test('the web app is built again when something changes that its build reads', () => {
  expect(sources).toEqual(
    expect.arrayContaining([
      'frontend/graphql/server.ts',
      'frontend/i18n/server.ts',
      'frontend/server/finish-build.ts',
      'frontend/server/session.graphql',
      'schema/api.graphql',
      'pnpm-lock.yaml',
    ]),
  );
  const imported = sources
    .filter((file) => /^frontend\/.*\.tsx?$/.test(file))
    .flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/from '@valeo\/([^']+)'/g)])
    .map(([, file]) => `packages/${file}`);
  expect(imported.filter((file) => !sources.includes(file))).toEqual([]);
});

test('it is not built again for what runs as it is, and for tests', () => {
  const unread = sources.filter((file) =>
    /\.test\.tsx?$|\/testing\/|node_modules|^frontend\/server\/front\.ts$/.test(file),
  );
  expect(unread).toEqual([]);
});
