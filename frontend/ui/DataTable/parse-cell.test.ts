import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formats } from '#i18n/format.ts';
import type { Column } from './definition.ts';
import { parseCell, parseTsv, writeTsv } from './parse-cell.ts';

const column = (change: Partial<Column>): Column => ({
  key: 'x',
  label: 'X',
  kind: 'text',
  path: 'x',
  width: null,
  edit: 'x',
  ...change,
});
const status = { OPEN: { label: 'Offen' }, DONE: { label: 'Erledigt' } };

describe('what is typed into a cell', () => {
  test.each<[Partial<Column>, string, unknown]>([
    [{ kind: 'amount' }, '1.234,50', '1234.50'],
    [{ kind: 'amount' }, '', null],
    [{ kind: 'quantity', whole: true }, '14', 14],
    [{ kind: 'yesNo' }, 'Ja', true],
    [{ kind: 'yesNo' }, '', false],
    [{ kind: 'status', values: status }, 'erledigt', 'DONE'],
    [{ kind: 'status', values: status }, 'OPEN', 'OPEN'],
    [{ kind: 'date' }, '9.12.2011', '2011-12-09'],
    [{ kind: 'date' }, '2011-12-09', '2011-12-09'],
    [{ kind: 'country' }, ' de ', 'DE'],
    [{ kind: 'country' }, 'österreich', 'AT'],
    [{ kind: 'country' }, 'Öster', 'AT'],
    [{ kind: 'country' }, 'Niger', 'NE'],
    [{ kind: 'text' }, ' Elbe ', 'Elbe'],
    [{ kind: 'text', emptyText: true }, '', ''],
  ])('%j takes %j as %j', (change, text, value) => {
    expect(parseCell(column(change), text, formats('de'))).toEqual({ value });
  });

  test.each<[Partial<Column>, string, string]>([
    [{ kind: 'amount' }, 'viel', 'notNumber'],
    [{ kind: 'quantity', whole: true }, '1,5', 'notNumber'],
    [{ kind: 'yesNo' }, 'vielleicht', 'notYesNo'],
    [{ kind: 'status', values: status }, 'egal', 'notChoice'],
    [{ kind: 'date' }, '31.02.2011', 'notDay'],
    [{ kind: 'country' }, 'EL', 'notChoice'],
    [{ kind: 'country' }, 'B', 'notChoice'],
    [{ kind: 'text', required: true }, '  ', 'empty'],
    [{ kind: 'text', edit: undefined }, 'x', 'readOnly'],
  ])('%j refuses %j: %s', (change, text, fault) => {
    expect(parseCell(column(change), text, formats('de'))).toEqual({ fault });
  });
});

describe('cells on the clipboard', () => {
  test('come as spreadsheets write them', () => {
    expect(parseTsv('a\tb\r\nc\td\r\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(parseTsv('"zwei\nZeilen"\t"ein ""Wort"""')).toEqual([['zwei\nZeilen', 'ein "Wort"']]);
  });

  test('come back as they were copied', () => {
    const cells = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(cells, (rows) => {
        expect(parseTsv(writeTsv(rows))).toEqual(rows);
      }),
    );
  });
});
