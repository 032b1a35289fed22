// @vitest-environment node
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { de } from '#i18n/messages.de.ts';
import { translator } from '#i18n/translate.ts';
import type { ListDefinition } from '#ui/DataTable/definition.ts';

const root = join(import.meta.dirname, '../..');
const graph = readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8');
const operations = JSON.parse(readFileSync(join(root, 'schema/operations.json'), 'utf8')) as Record<string, string>;

/** The mutation that an operation runs, and the permission that the graph asks for it. */
function mutationOf({ id }: { readonly id: string }): { name: string; permission: string | undefined } {
  const name = /\{\s*(\w+)\(/.exec(operations[id] ?? '')?.[1] ?? '';
  const declared = graph.slice(graph.indexOf(`\n  ${name}(\n`));
  return { name, permission: /@requiresScopes\(scopes: \[\["([^"]+)"\]\]\)/.exec(declared)?.[1] };
}

test('lists offer what changes rows to those who may do it, by the permission that the graph asks for', async () => {
  const t = translator('de', de);
  const checked: string[] = [];
  for (const file of globSync('**/list.ts', { cwd: join(root, 'frontend/app/(app)') })) {
    const module = (await import(join(root, 'frontend/app/(app)', file))) as Record<string, unknown>;
    const define = Object.entries(module).find(([name]) => name.endsWith('List'))?.[1];
    if (typeof define !== 'function') continue;
    const { edit, bulk = [] } = define(t, true) as ListDefinition;
    for (const { operation, permission } of [...bulk, ...(edit ? [edit] : [])]) {
      const wanted = mutationOf(operation as { readonly id: string });
      expect(`${wanted.name} ${permission}`, file).toBe(`${wanted.name} ${wanted.permission}`);
      checked.push(wanted.name);
    }
  }
  expect(checked).toEqual(expect.arrayContaining(['postSalesInvoice', 'cancelSalesInvoice', 'updateArticle']));
}, 30_000);
