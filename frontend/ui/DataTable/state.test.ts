import { describe, expect, test } from 'vitest';
import { sampleDefinition } from '#testing/sample-list.ts';
import { clampWidth, nextSort, parseState, plainState, shownColumns, toVariables, writeState } from './state.ts';

const parse = (query: string) => parseState(new URLSearchParams(query), sampleDefinition);

describe('the URL', () => {
  test('carries search, conditions, order and columns there and back', () => {
    const query =
      'q=erika&f=status:in:POSTED,DRAFT&f=issuedOn:gte:2011-11-01&sort=-gross,number&cols=number~140,gross&pin=2';
    expect(writeState(parse(query))).toBe(query);
  });

  test('carries two levels of groups, and leaves out what is no way to group or one too many', () => {
    const definition = {
      ...sampleDefinition,
      groups: { operation: { id: 'g', name: 'Groups' }, columns: ['status', 'issuedOn'], sums: [] },
    };
    const groupOf = (query: string) => parseState(new URLSearchParams(query), definition).group;
    expect(groupOf('group=status,issuedOn.month')).toBe('status,issuedOn.month');
    expect(groupOf('group=status,nothing')).toBe('status');
    expect(groupOf('group=status,status,issuedOn.year,issuedOn.month')).toBe('status,issuedOn.year');
    expect(groupOf('group=nothing')).toBeNull();
    expect(writeState({ ...plainState, group: 'status,issuedOn.month' })).toBe('group=status,issuedOn.month');
  });

  test('keeps a colon inside a value', () => {
    expect(parse('f=number:eq:a:b').conditions).toEqual([{ column: 'number', operator: 'eq', value: 'a:b' }]);
  });

  test('leaves out what the list does not know', () => {
    const state = parse('f=secret:eq:1&f=number:like:1&f=note:eq:1&sort=customer,nothing&cols=gone');
    expect(state).toEqual(plainState);
  });
});

describe('variables', () => {
  test('without a wish there is no filter and the default order', () => {
    expect(toVariables(parse(''), sampleDefinition)).toEqual({ filter: null, orderBy: null });
  });

  test('one condition stands alone, several are joined', () => {
    expect(toVariables(parse('f=status:in:POSTED,DRAFT'), sampleDefinition).filter).toEqual({
      status: { in: ['POSTED', 'DRAFT'] },
    });
    expect(toVariables(parse('f=status:ne:DRAFT&f=issuedOn:gte:2011-11-01'), sampleDefinition).filter).toEqual({
      and: [{ status: { ne: 'DRAFT' } }, { issuedOn: { gte: '2011-11-01' } }],
    });
  });

  test('a search looks in every field that the list names', () => {
    expect(toVariables(parse('q=erika'), sampleDefinition).filter).toEqual({
      or: [{ number: { contains: 'erika' } }, { customerName: { contains: 'erika' } }],
    });
  });

  test('what a list always shows is part of every filter', () => {
    const sheet = { ...sampleDefinition, base: { accountNumber: { eq: '8400' } } };
    expect(toVariables(parse('f=number:isNull:true'), sheet).filter).toEqual({
      and: [{ accountNumber: { eq: '8400' } }, { number: { isNull: true } }],
    });
  });

  test('several columns order one after the other', () => {
    expect(toVariables(parse('sort=-gross,number'), sampleDefinition).orderBy).toEqual([
      { field: 'GROSS', direction: 'DESC' },
      { field: 'NUMBER', direction: 'ASC' },
    ]);
  });

  test('an empty value filters nothing', () => {
    expect(toVariables(parse('f=status:in:&f=number:eq:'), sampleDefinition).filter).toBeNull();
  });
});

describe('order', () => {
  test('a head turns from ascending to descending to none', () => {
    const once = nextSort([], 'gross', false);
    const twice = nextSort(once, 'gross', false);
    expect([once, twice, nextSort(twice, 'gross', false)]).toEqual([
      [{ column: 'gross', descending: false }],
      [{ column: 'gross', descending: true }],
      [],
    ]);
  });

  test('with Shift the other columns stay', () => {
    const start = [{ column: 'number', descending: true }];
    const added = nextSort(start, 'gross', true);
    expect(added.map((sort) => sort.column)).toEqual(['number', 'gross']);
    expect(nextSort(added, 'gross', true)[1]).toEqual({ column: 'gross', descending: true });
    expect(nextSort(start, 'gross', false).map((sort) => sort.column)).toEqual(['gross']);
  });
});

describe('columns', () => {
  test('spare columns wait until they are chosen', () => {
    expect(shownColumns(parse(''), sampleDefinition).map((column) => column.key)).not.toContain('note');
    expect(shownColumns(parse('cols=note,number~200'), sampleDefinition)).toMatchObject([
      { key: 'note', width: 120 },
      { key: 'number', width: 200 },
    ]);
  });

  test('a width stays usable', () => {
    expect([clampWidth(3), clampWidth(5000), clampWidth(Number.NaN)]).toEqual([48, 800, 120]);
  });
});
