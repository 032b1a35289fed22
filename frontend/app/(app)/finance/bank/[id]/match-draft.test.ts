import { describe, expect, test } from 'vitest';
import {
  compact,
  emptyPart,
  faultsAt,
  type MatchItem,
  matchInput,
  numbersIn,
  offered,
  ranked,
  restOf,
} from './match-draft.ts';

const words = { required: 'required', notANumber: 'number', nothing: 'nothing' };
const item = (id: string, open: string, more: Partial<MatchItem> = {}): MatchItem => ({
  id,
  kind: 'RECEIVABLE',
  partnerName: 'Kunde',
  reference: id,
  dueOn: '2026-01-01',
  openAmount: { amount: open },
  ...more,
});

describe('what is left', () => {
  test('follows what is typed, in the direction of the transaction', () => {
    expect(restOf('105.00', [emptyPart({ amount: '110,00' }), emptyPart({ amount: '-5' })], 'de')).toBe(0n);
    expect(restOf('-60.00', [emptyPart({ amount: '50' }), emptyPart({ amount: 'x' })], 'de')).toBe(1000n);
  });
  test('limits what an item is offered to be settled by; a credit is taken whole', () => {
    expect(offered(item('a', '100.00'), '60.00', 6000n)).toBe('60.00');
    expect(offered(item('a', '40.00'), '60.00', 6000n)).toBe('40.00');
    expect(offered(item('a', '-20.00'), '60.00', 6000n)).toBe('-20.00');
    expect(offered(item('a', '40.00', { kind: 'PAYABLE' }), '-60.00', 6000n)).toBe('40.00');
    expect(offered(item('a', '40.00', { kind: 'PAYABLE' }), '60.00', 6000n)).toBe('-40.00');
  });
});

test('suggestions begin with the very amount, then with what the purpose names', () => {
  const items = [item('late', '1.00', { dueOn: '2025-01-01' }), item('RE-7', '2.00'), item('exact', '60.00')];
  expect(ranked(items, '60.00', 'Rechnung re-7').map(({ id }) => id)).toEqual(['exact', 'RE-7', 'late']);
  expect(numbersIn('Rechnung RE-2011-000123, Kd. 12 vom 2011')).toEqual(['RE-2011-000123', '2011']);
});

describe('input', () => {
  test('is signed as the graph wants it: items like themselves, accounts like the transaction', () => {
    const parts = [
      emptyPart({ item: item('a', '100.00'), amount: '100,00' }),
      emptyPart({ item: item('b', '-20.00'), amount: '-20' }),
      emptyPart({ account: '4970', amount: '-5', taxCode: 'V19' }),
      emptyPart(),
    ];
    expect(matchInput('75.00', parts, 'de', words).input).toEqual({
      items: [
        { openItemId: 'a', amount: '100.00' },
        { openItemId: 'b', amount: '-20.00' },
      ],
      lines: [{ account: '4970', amount: '-5.00', taxCode: 'V19', suppliedOn: null, text: null }],
    });
    const out = [
      emptyPart({ item: item('c', '60.00', { kind: 'PAYABLE' }), amount: '60' }),
      emptyPart({ account: '4970', amount: '2' }),
    ];
    expect(matchInput('-62.00', out, 'de', words).input).toMatchObject({
      items: [{ amount: '60.00' }],
      lines: [{ amount: '-2.00' }],
    });
  });
  test('the date of supply is of the parts with a VAT code alone', () => {
    const parts = [
      emptyPart({ account: '4970', amount: '5' }),
      emptyPart({ account: '8736', amount: '2', taxCode: 'U19' }),
    ];
    expect(matchInput('7.00', parts, 'de', words, '2020-12-30').input.lines).toMatchObject([
      { account: '4970', suppliedOn: null },
      { account: '8736', suppliedOn: '2020-12-30' },
    ]);
  });
  test('names what is wrong at its place, and faults of the graph likewise', () => {
    const parts = [
      emptyPart({ account: '4970' }),
      emptyPart({ amount: 'x' }),
      emptyPart({ item: item('a', '1.00'), amount: '1' }),
    ];
    const { faults, places } = matchInput('1.00', parts, 'de', words);
    expect(faults).toEqual({ '0.amount': 'required', '1.amount': 'number', '1.account': 'required' });
    expect(faultsAt({ 'items.0.amount': 'a', 'lines.1': 'b', items: 'c' }, places)).toEqual({
      '2.amount': 'a',
      '1.account': 'b',
    });
    expect(matchInput('1.00', [emptyPart()], 'de', words).faults).toEqual({ '0.account': 'nothing' });
    expect(compact([emptyPart(), ...parts, emptyPart()])).toHaveLength(4);
  });
});
