import { describe, expect, test } from 'vitest';
import { balanced, compact, emptyLine, entryInput, faultsOf, lineToBalance, sumsOf, typedLines } from './draft.ts';

const words = { required: 'required', notANumber: 'number', twoDecimals: 'two', oneSide: 'side', twoLines: 'lines' };
const rent = emptyLine({ account: '4210', debit: '1.190,00', taxCode: 'V19' });
const bank = emptyLine({ account: '1200', credit: '1190' });

describe('sums', () => {
  test('follow what is typed, and what cannot be read counts nothing', () => {
    expect(sumsOf([rent, bank], 'de')).toEqual({ debit: '1190.00', credit: '1190.00', difference: '0.00' });
    expect(sumsOf([rent, emptyLine({ credit: '90,10' }), emptyLine({ credit: 'x' })], 'de').difference).toBe('1099.90');
  });
  test('a line takes the difference on the side that lacks it, whatever stood there', () => {
    expect(balanced([rent, { ...bank, credit: '7' }], 1, 'de')).toEqual({ debit: '', credit: '1190,00' });
    expect(balanced([emptyLine(), bank], 0, 'en')).toEqual({ debit: '1190.00', credit: '' });
    expect(balanced([rent, bank, emptyLine()], 2, 'de')).toEqual({ debit: '', credit: '' });
  });
  test('the line that waits for its amount takes it first', () => {
    expect(lineToBalance([rent, emptyLine({ account: '1200' }), emptyLine()])).toBe(1);
    expect(lineToBalance([rent, bank, emptyLine()])).toBe(2);
  });
});

describe('input', () => {
  const draft = {
    postedOn: '2026-01-05',
    text: ' Miete ',
    reference: '',
    lines: [rent, emptyLine(), bank, emptyLine()],
  };
  test('has plain numbers and leaves empty lines out', () => {
    const { input, faults } = entryInput(draft, 'de', words);
    expect(faults).toEqual({});
    expect(input).toEqual({
      postedOn: '2026-01-05',
      text: 'Miete',
      reference: null,
      lines: [
        { account: '4210', debit: '1190.00', credit: null, taxCode: 'V19', text: null },
        { account: '1200', debit: null, credit: '1190', taxCode: null, text: null },
      ],
    });
  });
  test('names every fault at once, at its line', () => {
    const lines = [
      emptyLine({ debit: '1' }),
      emptyLine({ account: '1200', credit: 'x' }),
      emptyLine({ account: '1', debit: '1,001' }),
      emptyLine({ account: '1', debit: '1', credit: '1' }),
      emptyLine({ account: '1' }),
    ];
    expect(entryInput({ postedOn: '', text: '', reference: '', lines }, 'de', words).faults).toEqual({
      postedOn: 'required',
      text: 'required',
      'lines.0.account': 'required',
      'lines.1.credit': 'number',
      'lines.2.debit': 'two',
      'lines.3.debit': 'side',
      'lines.4.debit': 'side',
    });
    expect(entryInput({ ...draft, lines: [rent] }, 'de', words).faults).toEqual({ lines: 'lines' });
  });
  test('is counted as it stands on the screen once empty lines are gone', () => {
    expect(compact(draft.lines).map(({ account }) => account)).toEqual(['4210', '1200', '']);
  });
});

test('faults of the graph stand at their places, what is said of the whole under the entry', () => {
  expect(faultsOf({ 'lines.1.account': 'a', '': 'b' })).toEqual({ 'lines.1.account': 'a', entry: 'b' });
});

describe('a copy', () => {
  const line = (
    number: string,
    debit: string,
    credit: string,
    taxCode: string | null = null,
    taxRole: 'BASE' | 'TAX' | null = null,
  ) => ({
    account: { number, name: number },
    debit: { amount: debit },
    credit: { amount: credit },
    taxCode,
    taxRole,
    text: null,
  });
  const shown = (lines: readonly ReturnType<typeof line>[]) =>
    typedLines(lines, (amount) => amount).map(({ account, debit, credit, taxCode }) =>
      [account, debit, credit, taxCode].join(' '),
    );

  test('has its tax back in the line that it was split off', () => {
    expect(
      shown([
        line('4210', '1000.00', '0.00', 'V19', 'BASE'),
        line('1576', '190.00', '0.00', 'V19', 'TAX'),
        line('1200', '0.00', '1190.00'),
      ]),
    ).toEqual(['4210 1190.00  V19', '1200  1190.00 ', '   ']);
  });
  test('of a reverse charge keeps the net, and of import VAT the tax', () => {
    expect(
      shown([
        line('3425', '100.00', '0.00', 'IGE19', 'BASE'),
        line('1574', '19.00', '0.00', 'IGE19', 'TAX'),
        line('1774', '0.00', '19.00', 'IGE19', 'TAX'),
        line('1588', '5.00', '0.00', 'EUST', 'TAX'),
      ]),
    ).toEqual(['3425 100.00  IGE19', '1588 5.00  EUST', '   ']);
  });
});
