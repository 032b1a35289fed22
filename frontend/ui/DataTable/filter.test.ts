import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleDefinition } from '#testing/sample-list.ts';
import { depthMax, type FilterPart, joinValues, operators, splitValues } from './filter.ts';
import { parseState, plainState, toVariables, writeState } from './state.ts';

const parse = (query: string) => parseState(new URLSearchParams(query), sampleDefinition);
const filterOf = (query: string) => toVariables(parse(query), sampleDefinition, '2026-02-11').filter;

describe('a filter in the URL', () => {
  const condition = fc.record({
    column: fc.constantFrom('number', 'issuedOn', 'customer', 'status', 'gross'),
    operator: fc.constantFrom(...operators),
    value: fc.oneof(
      fc.string(),
      fc.constantFrom('a;b', 'x)', '(y', 'any(', 'Müller & Söhne, "1"', '%28', '100 %', ':'),
    ),
  });
  const partOf = (depth: number): fc.Arbitrary<FilterPart> =>
    depth === 0
      ? condition
      : fc.oneof(
          condition,
          fc.record({
            match: fc.constantFrom('all' as const, 'any' as const, 'none' as const),
            parts: fc.array(partOf(depth - 1), { minLength: 1, maxLength: 3 }),
          }),
        );

  test('comes back as it was, however deep and whatever its values hold', () => {
    fc.assert(
      fc.property(fc.array(partOf(depthMax), { maxLength: 4 }), (conditions) => {
        const query = writeState({ ...plainState, conditions });
        expect(parse(query).conditions).toEqual(conditions);
        expect(writeState(parse(query))).toBe(query);
      }),
    );
  });

  test('is readable where it is simple', () => {
    const conditions: FilterPart[] = [
      {
        match: 'any',
        parts: [
          { column: 'status', operator: 'in', value: 'DRAFT' },
          { column: 'gross', operator: 'gte', value: '100' },
        ],
      },
    ];
    expect(writeState({ ...plainState, conditions })).toBe('f=any(status:in:DRAFT;gross:gte:100)');
  });

  test.each([
    'f=any(',
    'f=any()',
    'f=any(secret:eq:1)',
    'f=none(number:drop:1)',
    `f=${'all('.repeat(9)}number:eq:1${')'.repeat(9)}`,
  ])('%s filters nothing', (query) => expect(parse(query).conditions).toEqual([]));
});

describe('a filter for the graph', () => {
  test('keeps what must hold together', () => {
    expect(filterOf('f=any(status:in:DRAFT;all(gross:gte:100;gross:lte:200))&f=none(number:eq:1)')).toEqual({
      and: [
        { or: [{ status: { in: ['DRAFT'] } }, { and: [{ gross: { gte: '100' } }, { gross: { lte: '200' } }] }] },
        { not: { or: [{ number: { eq: '1' } }] } },
      ],
    });
  });

  test('turns a period into the days that it covers today', () => {
    expect(filterOf('f=issuedOn:within:lastMonth')).toEqual({ issuedOn: { gte: '2026-01-01', lte: '2026-01-31' } });
    expect(filterOf('f=issuedOn:within:someday')).toBeNull();
  });

  test('knows values with a comma in them', () => {
    const values = ['Müller, Söhne', '100 %', '%2C'];
    expect(splitValues(joinValues(values))).toEqual(values);
    expect(filterOf(`f=${encodeURIComponent(`customer:in:${joinValues(values)}`)}`)).toEqual({
      customerName: { in: values },
    });
  });
});
