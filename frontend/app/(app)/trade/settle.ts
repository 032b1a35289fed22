import { amountOf, type Cents, cents } from '@valeo/money/money.ts';

export interface SettleItem {
  readonly id: string;
  readonly kind: 'RECEIVABLE' | 'PAYABLE';
  readonly openAmount: { readonly amount: string };
}

/** What the partner owes by an item; debts and credits are negative. */
export const claimOf = ({ kind, openAmount }: SettleItem): Cents =>
  kind === 'RECEIVABLE' ? cents(openAmount.amount) : -cents(openAmount.amount);

const size = (amount: Cents): Cents => (amount < 0n ? -amount : amount);

/** How much of a document and of what was chosen to settle it goes off, in the order of the choice; signed like the items. */
export function settlement(own: SettleItem, chosen: readonly SettleItem[]) {
  let rest = size(claimOf(own));
  const parts = chosen.flatMap((item) => {
    const taken = size(claimOf(item)) < rest ? size(claimOf(item)) : rest;
    rest -= taken;
    return taken > 0n ? [{ item, taken }] : [];
  });
  const total = size(claimOf(own)) - rest;
  const input = ({ id, openAmount }: SettleItem, taken: Cents) => ({
    openItemId: id,
    amount: amountOf(openAmount.amount.startsWith('-') ? -taken : taken),
  });
  return {
    total: amountOf(total),
    items: total > 0n ? [input(own, total), ...parts.map(({ item, taken }) => input(item, taken))] : [],
  };
}
