import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { changelogPage, recordChanges } from './changelog.ts';

const first = buildSchema('type Query { a: Int b: Int kind: Kind } enum Kind { BIG }');
const second = buildSchema(
  'type Query { a: Int @deprecated(reason: "2026-11: use c.") c: New kind: Kind } enum Kind { BIG SMALL } type New { x: Int }',
);

test('a changelog says what came, what will go, what needs care and what breaks', () => {
  const log = recordChanges([], first, second, '2026-11-22');
  expect(log).toEqual([
    {
      date: '2026-11-22',
      added: ['Kind.SMALL', 'New', 'Query.c'],
      deprecated: ['Query.a: 2026-11: use c.'],
      careful: ['SMALL was added to enum type Kind.'],
      breaking: ['Query.b was removed.'],
    },
  ]);
  const page = changelogPage(log);
  expect(page).toContain('## 2026-11-22\n\n### Breaks clients\n\n- Query.b was removed.');
  expect(page).toContain('### Added\n\n- `');
});

test('nothing new is no entry; what came and went on one day was never there', () => {
  expect(recordChanges([], first, first, '2026-11-22')).toEqual([]);
  const came = recordChanges([], first, second, '2026-11-22');
  const [entry] = recordChanges(came, second, first, '2026-11-22');
  expect(entry?.added).toEqual(['Query.b']);
  expect(entry?.breaking.join()).not.toContain('Query.c');
});
