// @vitest-environment node
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { de } from '#i18n/messages.de.ts';
import { translator } from '#i18n/translate.ts';
import { leastWidth } from '#ui/DataTable/columns-in-view.ts';
import type { ListDefinition } from '#ui/DataTable/definition.ts';

const app = join(import.meta.dirname, '../app/(app)');
/** What a window of 1,280 px leaves to a list. */
const roomPx = 1046;

test.each(globSync('**/list.ts', { cwd: app }))(
  '%s shows what names a row and its main figure in a window of 1,280 px',
  async (file) => {
    const module = (await import(join(app, file))) as Record<string, unknown>;
    const define = Object.entries(module).find(([name]) => name.endsWith('List'))?.[1] as (
      ...given: unknown[]
    ) => ListDefinition;
    const shown = define(translator('de', de), true).columns.filter(({ spare }) => !spare);
    const last = shown.findLastIndex(({ card }) => card === 'end' || card === 'title' || card === 'state');
    expect(last).toBeGreaterThanOrEqual(0);
    expect(leastWidth(shown.slice(0, last + 1))).toBeLessThanOrEqual(roomPx);
  },
);
