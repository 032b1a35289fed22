import { expect, test, vi } from 'vitest';
import { formats } from '#i18n/format.ts';
import { sampleDefinition, sampleRow } from '#testing/sample-list.ts';
import { copyCells } from './clipboard.ts';
import { RowWindows } from './windows.ts';

test('a copied negative amount is a number to a spreadsheet', async () => {
  const writeText = vi.fn();
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  const rows = new RowWindows(async () => ({ rows: [], total: 2 }), { rows: [sampleRow(0), sampleRow(1)], total: 2 });
  const marked = { row: 1, column: 5, fromRow: 0, toRow: 1, fromColumn: 4, toColumn: 5, isRange: true };
  await copyCells(marked, rows, sampleDefinition.columns, { format: formats('de'), yes: 'Ja', no: 'Nein' });
  expect(writeText).toHaveBeenCalledWith('Entwurf\t-12,50\nGebucht\t1,25');
});
