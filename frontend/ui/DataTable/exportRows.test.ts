import { describe, expect, test, vi } from 'vitest';
import { formats } from '#i18n/format.ts';
import { de } from '#i18n/messages.de.ts';
import { translator } from '#i18n/translate.ts';
import { answering } from '#testing/render.tsx';
import { sampleDefinition, sampleRow, sampleSource } from '#testing/sample-list.ts';
import { csvText } from './export-csv.ts';
import { xlsxFile } from './export-xlsx.ts';
import { type ExportLine, type ExportSource, exportLines } from './exportRows.ts';
import { groupWays } from './group-ways.ts';

const definition = {
  ...sampleDefinition,
  groups: { operation: { id: 'g', name: 'Groups' }, columns: ['status'], sums: ['gross'] },
};
const source = (rows: number): ExportSource => ({
  definition,
  columns: definition.columns,
  variables: { filter: null, orderBy: null },
  windowsOf: () => sampleSource(rows).fetch,
  t: translator('de', de),
  format: formats('de'),
});
const linesOf = async (source: ExportSource) => {
  const lines: ExportLine[] = [];
  for await (const line of exportLines(source)) lines.push(line);
  return lines;
};

describe('an export', () => {
  test('holds every row that matches, safe for spreadsheets', async () => {
    const lines = await linesOf(source(1200));
    const texts = csvText(lines, source(0)).trim().split('\r\n');
    expect(texts).toHaveLength(1201);
    expect(texts[0]).toBe('"Nummer";"Datum";"Kunde";"Status";"Brutto €";"Notiz"');
    expect(texts[2]).toBe('"RE-000002";"2011-12-09";"Kunde 1";"Gebucht";1,25;');
    const evil = csvText([{ row: { ...sampleRow(1), note: '=HYPERLINK("http://x")' } }], source(0));
    expect(evil).toContain(`"'=HYPERLINK(""http://x"")"`);
  });

  test('writes states of yes and no, and shares, as the list shows them', () => {
    const columns = [
      { key: 'active', label: 'Aktiv', kind: 'yesNo', path: 'active', width: null },
      { key: 'rate', label: 'Satz', kind: 'percent', path: 'rate', width: null },
    ] as const;
    const lines = [{ row: { id: 'a', active: true, rate: '-3.5' } }, { row: { id: 'b', active: false, rate: null } }];
    const texts = csvText(lines, { ...source(0), columns })
      .trim()
      .split('\r\n');
    expect(texts.slice(1)).toEqual(['"Ja";-3,5', '"Nein";']);
  });

  test('of chosen rows holds those, and of all but some the others', async () => {
    const rows = new Map([['id-3', sampleRow(3)]]);
    expect(await linesOf({ ...source(9), selection: { all: false, rows } })).toEqual([{ row: sampleRow(3) }]);
    expect(await linesOf({ ...source(9), selection: { all: true, rows } })).toHaveLength(8);
  });

  test('of a list in groups holds each group with its sums, then its rows', async () => {
    const groups = [{ key: 'POSTED', count: 2, sums: { gross: { amount: '12.50' } } }];
    vi.stubGlobal('fetch', answering({ Groups: { groups: { total: 1, groups } } }).fetch);
    const lines = await linesOf({ ...source(2), ways: groupWays(definition).slice(0, 1) });
    expect(csvText(lines, source(0)).trim().split('\r\n').slice(1)).toEqual([
      '"Gebucht (2)";;;;12,50;',
      expect.stringContaining('RE-000001'),
      expect.stringContaining('RE-000002'),
    ]);
  });

  test('as a workbook is a file that spreadsheets know', async () => {
    const file = await xlsxFile(await linesOf(source(3)), source(0));
    const head = new Uint8Array(await file.arrayBuffer()).slice(0, 2);
    expect(String.fromCharCode(...head)).toBe('PK');
    expect(file.size).toBeGreaterThan(1000);
  });
});
