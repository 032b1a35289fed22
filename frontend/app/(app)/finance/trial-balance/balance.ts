import { amountOf, type Cents, cents } from '@valeo/money/money.ts';
import type { TrialBalanceData } from '#graphql/_generated/operations.ts';

/** Debit and credit in cents; what is zero is not shown. */
export interface Pair {
  readonly debit: Cents;
  readonly credit: Cents;
}

export interface BalanceRow {
  readonly number: string;
  readonly name: string;
  readonly control: boolean;
  readonly opening: Pair;
  readonly month: Pair;
  readonly year: Pair;
  readonly balance: Pair;
}

export interface BalanceClass {
  readonly digit: string;
  readonly rows: readonly BalanceRow[];
  readonly sum: Omit<BalanceRow, 'number' | 'name' | 'control'>;
}

const pairs = ['opening', 'month', 'year', 'balance'] as const;
export type PairName = (typeof pairs)[number];

/** The trial balance as it is printed: pairs of debit and credit by account, with a subtotal for each class. */
export function balanceClasses({ rows, earlier }: Pick<TrialBalanceData, 'rows' | 'earlier'>): readonly BalanceClass[] {
  const before = new Map((earlier ?? []).map((row) => [row.account.number, row]));
  const classes = new Map<string, BalanceRow[]>();
  for (const { account, opening, debit, credit, balance } of rows) {
    const past = before.get(account.number);
    const row: BalanceRow = {
      number: account.number,
      name: account.name,
      control: account.kind === 'CONTROL',
      opening: sides(cents(opening)),
      month: {
        debit: cents(debit) - cents(past?.debit ?? '0'),
        credit: cents(credit) - cents(past?.credit ?? '0'),
      },
      year: { debit: cents(debit), credit: cents(credit) },
      balance: sides(cents(balance)),
    };
    const digit = account.number.charAt(0);
    classes.set(digit, [...(classes.get(digit) ?? []), row]);
  }
  return [...classes]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([digit, members]) => ({ digit, rows: members, sum: sumOf(members) }));
}

export function sumOf(rows: readonly Pick<BalanceRow, PairName>[]): Record<PairName, Pair> {
  const add = (name: PairName) =>
    rows.reduce((sum, row) => ({ debit: sum.debit + row[name].debit, credit: sum.credit + row[name].credit }), {
      debit: 0n,
      credit: 0n,
    });
  return { opening: add('opening'), month: add('month'), year: add('year'), balance: add('balance') };
}

/** A signed amount, debit positive, on the side it belongs to. */
function sides(value: Cents): Pair {
  return value >= 0n ? { debit: value, credit: 0n } : { debit: 0n, credit: -value };
}

/** An amount as text, empty when it is zero: a trial balance shows what there is. */
export function shown(value: Cents, write: (amount: string) => string): string {
  return value === 0n ? '' : write(amountOf(value));
}
