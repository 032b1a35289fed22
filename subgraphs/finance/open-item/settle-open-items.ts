import { today } from '@valeo/kit/day.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { type FieldFault, fail, failField, ok } from '@valeo/kit/result.ts';
import { zDate, zId, zKey, zList, zMoney, zText } from '@valeo/kit/validate.ts';
import { amountOf, type Cents, cents, sum } from '@valeo/money/money.ts';
import { z } from 'zod';
import { journalEntries } from '../journal/journal.list.ts';
import { LEDGER_CODES } from '../journal/post-journal-entries.ts';
import { type LineDraft, postEntries } from '../ledger/ledger.ts';
import { lockItems } from './lock-items.ts';
import type { OpenItemRow } from './open-item.tables.ts';

const ITEMS_MAX = 100;

/** Source type of entries that settle items against each other; such an entry belongs to no document. */
export const CLEARING_SOURCE = 'finance.Clearing';

export const settleOpenItems = defineMutation({
  name: 'settleOpenItems',
  description:
    'Settles open items of one partner against each other, in full or in part, without any money: an invoice by a credit note or by what was paid too much. Claims and debts together must leave nothing. Posts an entry on the accounts of the partner; reverseJournalEntry takes it back.',
  permission: 'finance:post',
  input: z.object({
    items: zList(z.object({ openItemId: zId(), amount: zMoney().nullish() }), ITEMS_MAX, 2),
    settledOn: zDate().nullish(),
    text: zText(200, 0).nullish(),
    idempotencyKey: zKey(),
  }),
  errors: [
    'UNKNOWN_OPEN_ITEM',
    'PARTNERS_DIFFER',
    'AMOUNT_EXCEEDS_OPEN',
    'AMOUNT_ZERO',
    'AMOUNT_NOT_ASSIGNED',
    ...LEDGER_CODES,
  ],
  payload: { journalEntry: journalEntries },
  async run(tx, input) {
    const items = await lockItems(
      tx,
      input.items.map(({ openItemId }) => openItemId),
    );
    const faults: FieldFault[] = [];
    const parts: { readonly item: OpenItemRow; readonly amount: Cents }[] = [];
    input.items.forEach(({ openItemId, amount: given }, at) => {
      const item = items.get(openItemId);
      if (!item) return faults.push({ path: `items.${at}.openItemId`, code: 'UNKNOWN_OPEN_ITEM' });
      const before = sum(parts.filter((part) => part.item === item).map(({ amount }) => amount));
      const open = cents(item.openAmount) - before;
      const amount = given == null ? open : cents(given);
      if (amount === 0n) return faults.push({ path: `items.${at}.amount`, code: 'AMOUNT_ZERO' });
      if (amount > 0n !== open > 0n || (open > 0n ? amount > open : amount < open))
        return faults.push({
          path: `items.${at}.amount`,
          code: 'AMOUNT_EXCEEDS_OPEN',
          params: { open: amountOf(open) },
        });
      return parts.push({ item, amount });
    });
    const [fault] = faults;
    if (fault) return fail(fault.code as 'UNKNOWN_OPEN_ITEM', { params: { ...fault.params }, fields: faults });
    const [first] = parts;
    const other = parts.findIndex(({ item }) => item.partnerId !== first?.item.partnerId);
    if (other > 0) return failField('PARTNERS_DIFFER', `items.${other}.openItemId`);
    const rest = sum(parts.map(({ item, amount }) => claimOf(item, amount)));
    if (rest !== 0n)
      return failField('AMOUNT_NOT_ASSIGNED', 'items', {
        difference: amountOf(rest),
        sentence: 'AMOUNT_NOT_ASSIGNED.items',
      });

    const references = [...new Set(parts.flatMap(({ item }) => item.reference || []))];
    const posted = await postEntries(tx, [
      {
        postedOn: input.settledOn ?? today(),
        text: (input.text || `Ausgleich ${references.join(', ')} ${first?.item.partnerName}`).slice(0, 200),
        reference: first?.item.reference.slice(0, 36) ?? '',
        source: { type: CLEARING_SOURCE, id: null },
        lines: parts.map(({ item, amount }): LineDraft => {
          const claim = claimOf(item, amount);
          return {
            to: { account: item.account },
            side: claim > 0n ? 'credit' : 'debit',
            amount: claim > 0n ? claim : -claim,
          };
        }),
        settles: parts.map(({ item, amount }) => ({
          source: { type: item.sourceType, id: item.sourceId },
          account: item.account,
          amount,
        })),
        path: '',
      },
    ]);
    if (!posted.ok) {
      const fields = posted.fields.map((each) => ({ ...each, path: each.path.replace(/^postedOn$/, 'settledOn') }));
      return { ...posted, fields };
    }
    return ok({ journalEntry: posted.value[0]?.id ?? '' });
  },
});

/** What the partner owes by a part: a debt counts against the claims. */
const claimOf = (item: OpenItemRow, amount: Cents): Cents => (item.kind === 'RECEIVABLE' ? amount : -amount);
