import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getTableName } from 'drizzle-orm';
import { type DefinitionNode, type EnumTypeDefinitionNode, Kind, parse, visit } from 'graphql';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { COMMON_CODES } from './mutation.ts';
import { type SubgraphDefinition, sdlOf } from './subgraph.ts';
import { testDatabase } from './testing/database.ts';
import { commonTexts, type Texts } from './texts.ts';
import { FIELD_CODES } from './validate.ts';

/** Rules of the house about the graph as it is offered: what is written by hand and what kit derives. */

const root = join(import.meta.dirname, '..', '..');

const definitions: SubgraphDefinition[] = await Promise.all(
  globSync('subgraphs/*/*.subgraph.ts', { cwd: root }).map(async (file) => {
    const module = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>;
    const found = Object.values(module).find(
      (value) => typeof value === 'object' && value !== null && 'lists' in value,
    );
    if (!found) throw new Error(`${file} exports no subgraph`);
    return found as SubgraphDefinition;
  }),
);

/** Types, fields, arguments, input fields and enum values that nobody described. */
function undescribed(sdl: string): string[] {
  const found: string[] = [];
  const path: string[] = [];
  const isStub = (node: DefinitionNode) =>
    'directives' in node &&
    node.directives?.some(
      ({ name, arguments: given }) =>
        name.value === 'key' && given?.some((argument) => argument.name.value === 'resolvable'),
    );
  const named = new Set<string>([
    Kind.OBJECT_TYPE_DEFINITION,
    Kind.INTERFACE_TYPE_DEFINITION,
    Kind.UNION_TYPE_DEFINITION,
    Kind.SCALAR_TYPE_DEFINITION,
    Kind.ENUM_TYPE_DEFINITION,
    Kind.INPUT_OBJECT_TYPE_DEFINITION,
    Kind.FIELD_DEFINITION,
    Kind.INPUT_VALUE_DEFINITION,
    Kind.ENUM_VALUE_DEFINITION,
  ]);
  visit(parse(sdl), {
    enter(node) {
      // A stub and what another domain adds to a type are described where the type is at home.
      if ('kind' in node && node.kind === Kind.OBJECT_TYPE_DEFINITION && isStub(node)) return false;
      if (node.kind === Kind.DIRECTIVE_DEFINITION) return false;
      if (!('name' in node) || !node.name) return undefined;
      path.push(node.name.value);
      const isKeyOfExtension = path.length === 2 && path[1] === 'id';
      if (named.has(node.kind) && !isKeyOfExtension && !('description' in node && node.description?.value.trim())) {
        found.push(path.join('.'));
      }
      return undefined;
    },
    leave(node) {
      if ('name' in node && node.name && path.at(-1) === node.name.value) path.pop();
    },
  });
  return found;
}

/** Codes without a sentence in both languages. */
const speechless = (codes: readonly string[], texts: Texts): string[] =>
  codes.filter((code) => {
    const text = texts[code] ?? commonTexts[code];
    return !text?.de?.trim() || !text.en?.trim();
  });

const pageOf = (code: string) => join(root, 'docs', 'errors', `${code}.md`);

/** Codes without a page that says what happened and how to fix it. */
const pageless = (codes: readonly string[]): string[] =>
  codes.filter(
    (code) =>
      !existsSync(pageOf(code)) ||
      !/\*\*What happened\.\*\*[\s\S]+\*\*How to fix it\.\*\*[\s\S]+\*\*Deutsch\.\*\*/.test(
        readFileSync(pageOf(code), 'utf8'),
      ),
  );

function enumCodes(sdl: string): string[] {
  return parse(sdl)
    .definitions.filter(
      (node): node is EnumTypeDefinitionNode =>
        node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value.endsWith('ErrorCode'),
    )
    .flatMap((node) => (node.values ?? []).map((value) => value.name.value));
}

/** Codes that the gateway and the front answer with, by the places in their source that make errors. */
function gatewayCodes(): string[] {
  const files = ['gateway/**/*.ts', 'frontend/server/*.ts', 'subgraphs/platform/file/*.ts'];
  return globSync(files, { cwd: root, exclude: (path) => /node_modules|scenarios|_generated/.test(path) }).flatMap(
    (file) =>
      file.endsWith('.test.ts')
        ? []
        : [
            ...readFileSync(join(root, file), 'utf8').matchAll(
              /(?:RequestError\(\s*|\bcode: |\brefuse\(\d+, )'([A-Z][A-Z_]{3,})'/g,
            ),
          ].map((match) => match[1] ?? ''),
  );
}

describe.each(definitions)('$name', (definition) => {
  const sdl = sdlOf(definition);

  test('describes every element of its schema', () => expect(undescribed(sdl)).toEqual([]));

  test('has a sentence in both languages for every error code', () => {
    const codes = [...new Set([...enumCodes(sdl), ...Object.keys(definition.texts)])];
    expect(speechless(codes, definition.texts)).toEqual([]);
  });

  test('has a page for every error code', () => {
    // `CODE.case` is another sentence of a code.
    const own = Object.keys(definition.texts).filter((key) => !key.includes('.'));
    expect(pageless([...new Set([...enumCodes(sdl), ...own])])).toEqual([]);
    const codes = new Set([...enumCodes(sdl), ...own]);
    expect(Object.keys(definition.texts).filter((key) => !codes.has(key.split('.')[0] ?? ''))).toEqual([]);
  });
});

test('codes of every mutation, of input fields, of the gateway and of the front have a page', () => {
  const codes = new Set([...COMMON_CODES, ...FIELD_CODES, ...Object.keys(commonTexts), ...gatewayCodes()]);
  expect(codes.size).toBeGreaterThan(40);
  expect(pageless([...codes])).toEqual([]);
});

test('every order of a list has an index that begins with the company and its columns', async () => {
  const { ownerUrl } = await testDatabase();
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  afterAll(() => pool.end());
  const { rows } = await pool.query<{ table: string; unique: boolean; columns: string[] }>(`
    SELECT i.indisunique AS "unique", n.nspname || '.' || t.relname AS "table",
           array_agg(a.attname::text ORDER BY key.position) AS columns
    FROM pg_index i
    JOIN pg_class t ON t.oid = i.indrelid
    JOIN pg_namespace n ON n.oid = t.relnamespace
    CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS key(number, position)
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = key.number
    WHERE i.indpred IS NULL
    GROUP BY i.indexrelid, i.indisunique, n.nspname, t.relname`);
  const indexes = new Set(
    rows.flatMap(({ table, unique, columns }) => [
      ...columns.map((_, last) => `${table} ${columns.slice(0, last + 1)}`),
      // Where no two rows of a company are equal, the id decides nothing.
      ...(unique && columns.length === 2 ? [`${table} ${columns},id`] : []),
    ]),
  );
  const wanted = definitions.flatMap(({ name, lists }) =>
    lists
      .filter((list) => !list.unlisted)
      .flatMap((list) =>
        [null, ...[...list.sortNames.keys()].map((field) => [{ field, direction: 'ASC' as const }])].map((order) => {
          const columns = list.keysetOf(order).keys.map(({ column }) => column.name);
          return `${name}.${getTableName(list.table)} tenant_id,${columns}`;
        }),
      ),
  );
  expect(wanted.length).toBeGreaterThan(20);
  expect(wanted.filter((index) => !indexes.has(index))).toEqual([]);
  expect(indexes.has('crm.business_partner tenant_id,nothing,id')).toBe(false);
});

describe('the rules notice', () => {
  test('elements without a description', () => {
    const sdl = `
      type Query { a(b: Int): C }
      "Colours." enum C { RED }
      "Input." input I { x: Int }
      type Stub @key(fields: "id", resolvable: false) { id: ID! }
      extend type Other @key(fields: "id") { id: ID! "Said." said: Int }`;
    expect(undescribed(sdl)).toEqual(['Query', 'Query.a', 'Query.a.b', 'C.RED', 'I.x']);
  });

  test('codes without sentences and pages', () => {
    expect(speechless(['NOT_FOUND', 'NEVER_HEARD_OF', 'HALF'], { HALF: { de: 'Halb.', en: ' ' } })).toEqual([
      'NEVER_HEARD_OF',
      'HALF',
    ]);
    expect(pageless(['CONFLICT', 'NEVER_HEARD_OF'])).toEqual(['NEVER_HEARD_OF']);
  });
});
