import { defineMutation } from '@valeo/kit/mutation.ts';
import { type FieldFault, fail, failField, ok } from '@valeo/kit/result.ts';
import { changeRow } from '@valeo/kit/rows.ts';
import { zCode, zDate, zId, zKey, zList, zMoney, zText } from '@valeo/kit/validate.ts';
import { amountOf, type Cents, cents, sum } from '@valeo/money/money.ts';
import { z } from 'zod';
import { booksOf, SYSTEM_ACCOUNTS } from '../account/chart.ts';
import { isPersonalNumber } from '../account/personal-accounts.ts';
import { LEDGER_CODES } from '../journal/post-journal-entries.ts';
import { splitTax, splitTaxAt } from '../journal/tax-split.ts';
import { type LineDraft, postEntries, type Side } from '../ledger/ledger.ts';
import { lockItems } from '../open-item/lock-items.ts';
import type { OpenItemRow } from '../open-item/open-item.tables.ts';
import { DISCOUNT_NUMBERS, FIRST_TAX_DAY, TAX_CODES } from '../tax/tax-codes.ts';
import { bankTransactions } from './bank.list.ts';
import { type BankTransactionRow, bankTransaction } from './bank.tables.ts';
import { chargedRates } from './discount-rate.ts';
import { lockTransaction } from './lock-transaction.ts';

const PARTS_MAX = 100;

const zItem = z.object({ openItemId: zId(), amount: zMoney() });
const zLine = z.object({
  account: zCode(20, 1),
  amount: zMoney(),
  taxCode: zCode(20).nullish(),
  suppliedOn: zDate().nullish(),
  text: zText(200, 0).nullish(),
});
type LineInput = z.infer<typeof zLine>;

/** A part of the transaction that settles an item. */
interface SettledPart {
  readonly item: OpenItemRow;
  /** Signed like the item. */
  readonly amount: Cents;
}

export const matchBankTransaction = defineMutation({
  name: 'matchBankTransaction',
  description:
    'Posts a transaction: against open items, which it settles in full or in part, against accounts such as charges and interest, or both; together they make up its amount. Without an account of the bank the standard one of the chart is used.',
  permission: 'finance:post',
  input: z.object({
    id: zId(),
    openItemId: zId().nullish(),
    items: zList(zItem, PARTS_MAX, 0).nullish(),
    lines: zList(zLine, PARTS_MAX, 0).nullish(),
    account: zCode(20, 1).nullish(),
    text: zText(200, 0).nullish(),
    idempotencyKey: zKey(),
  }),
  errors: [
    'NOT_FOUND',
    'ALREADY_MATCHED',
    'UNKNOWN_OPEN_ITEM',
    'AMOUNT_EXCEEDS_OPEN',
    'AMOUNT_ZERO',
    'AMOUNT_NOT_ASSIGNED',
    'FOREIGN_CURRENCY',
    'TAX_ON_PERSONAL_ACCOUNT',
    ...LEDGER_CODES,
  ],
  payload: { bankTransaction: bankTransactions },
  async run(tx, input) {
    const row = await lockTransaction(tx, input.id);
    if (!row) return fail('NOT_FOUND');
    if (row.status === 'MATCHED') return fail('ALREADY_MATCHED');
    if (row.currency !== 'EUR') return fail('FOREIGN_CURRENCY', { params: { currency: row.currency } });
    const paid = cents(row.amount);
    const wanted = input.items ?? [];
    const items = await lockItems(tx, [...wanted.map(({ openItemId }) => openItemId), input.openItemId ?? []].flat());
    const faults: FieldFault[] = [];
    const parts: SettledPart[] = [];
    const settle = (id: string, given: Cents | null, path: string, idPath: string) => {
      const item = items.get(id);
      if (!item) return faults.push({ path: idPath, code: 'UNKNOWN_OPEN_ITEM' });
      const before = sum(parts.filter((part) => part.item.id === id).map(({ amount }) => amount));
      const open = cents(item.openAmount) - before;
      const amount = given ?? bySide(item, paid);
      if (amount === 0n) return faults.push({ path, code: 'AMOUNT_ZERO' });
      // Money of the other direction, or more than is open, does not settle the item.
      if (amount > 0n !== open > 0n || (open > 0n ? amount > open : amount < open))
        return faults.push({ path, code: 'AMOUNT_EXCEEDS_OPEN', params: { open: amountOf(open) } });
      return parts.push({ item, amount });
    };
    if (input.openItemId) settle(input.openItemId, null, 'openItemId', 'openItemId');
    wanted.forEach(({ openItemId, amount }, at) => {
      settle(openItemId, cents(amount), `items.${at}.amount`, `items.${at}.openItemId`);
    });
    const { chart } = await booksOf(tx);
    const rates = await chargedRates(tx, [...new Set(parts.map(({ item }) => item.entryId))]);
    const lines = (input.lines ?? []).flatMap((line, at) => {
      // A discount is one on the documents that are paid here.
      const rate = DISCOUNT_NUMBERS[chart].has(line.account) ? rates.get(line.taxCode ?? '') : undefined;
      return accountLines(line, `lines.${at}`, { day: row.bookedOn, rate }, faults);
    });
    const [fault] = faults;
    if (fault) return fail(fault.code as 'UNKNOWN_OPEN_ITEM', { params: { ...fault.params }, fields: faults });
    const assigned =
      sum(parts.map(({ item, amount }) => bySide(item, amount))) +
      sum((input.lines ?? []).map(({ amount }) => cents(amount)));
    if (assigned !== paid) return failField('AMOUNT_NOT_ASSIGNED', 'items', { difference: amountOf(paid - assigned) });

    const posted = await postEntries(tx, [
      {
        postedOn: row.bookedOn,
        text: (input.text || textOf(row, parts)).slice(0, 200),
        reference: (parts.length === 1 ? parts[0]?.item.reference : row.bankReference)?.slice(0, 36) ?? '',
        source: { type: 'finance.BankTransaction', id: row.id },
        lines: [
          {
            to: { account: input.account ?? SYSTEM_ACCOUNTS[chart].bank },
            ...sided(-paid),
            opensItem: true,
            holdsMoney: true,
            path: '',
          },
          ...parts.map(
            ({ item, amount }): LineDraft => ({
              to: {
                partner: {
                  id: item.partnerId,
                  name: item.partnerName,
                  kind: item.kind === 'RECEIVABLE' ? 'DEBTOR' : 'CREDITOR',
                },
              },
              ...sided(bySide(item, amount)),
            }),
          ),
          ...lines,
        ],
        settles: parts.map(({ item, amount }) => ({
          source: { type: item.sourceType, id: item.sourceId },
          account: item.account,
          amount,
        })),
        path: '',
      },
    ]);
    if (!posted.ok) return posted;
    const [partnerId, ...others] = new Set(parts.map(({ item }) => item.partnerId));
    await changeRow(tx, bankTransaction, row.id, {
      status: 'MATCHED',
      openItemId: parts.length === 1 ? parts[0]?.item.id : null,
      partnerId: partnerId && others.length === 0 ? partnerId : row.partnerId,
      journalEntryId: posted.value[0]?.id ?? null,
    });
    return ok({ bankTransaction: row.id });
  },
});

/** From the amount of an item to that of the bank, and back: a claim brings money in, a debt takes it out. */
const bySide = (item: OpenItemRow, amount: Cents): Cents => (item.kind === 'RECEIVABLE' ? amount : -amount);

/** What came in stands in credit on the account across. */
const sided = (amount: Cents): { side: Side; amount: Cents } =>
  amount > 0n ? { side: 'credit', amount } : { side: 'debit', amount: -amount };

/** The VAT of a line is that of its date of supply, or else that of the documents that it belongs to, or of the day of the bank. */
function accountLines(
  line: LineInput,
  path: string,
  known: { readonly day: string; readonly rate: string | undefined },
  faults: FieldFault[],
): LineDraft[] {
  const amount = cents(line.amount);
  if (amount === 0n) {
    faults.push({ path: `${path}.amount`, code: 'AMOUNT_ZERO' });
    return [];
  }
  const draft: LineDraft = {
    to: { account: line.account },
    ...sided(amount),
    text: line.text || null,
    opensItem: true,
    path,
  };
  if (!line.taxCode) return [draft];
  if (isPersonalNumber(line.account)) {
    faults.push({ path: `${path}.taxCode`, code: 'TAX_ON_PERSONAL_ACCOUNT' });
    return [];
  }
  const code = TAX_CODES.get(line.taxCode);
  const day = line.suppliedOn ?? known.day;
  if (code && known.rate !== undefined && !line.suppliedOn) return splitTaxAt(draft, code, known.rate);
  if (code && day >= FIRST_TAX_DAY) return splitTax(draft, code, day);
  faults.push({ path: `${path}.taxCode`, code: 'UNKNOWN_TAX_CODE', params: { taxCode: line.taxCode } });
  return [];
}

/** What stands in the journal when the caller says nothing. */
function textOf(row: BankTransactionRow, parts: readonly SettledPart[]): string {
  const [first] = parts;
  if (!first) return `${row.counterpartName} ${row.purpose}`.trim() || 'Bankumsatz';
  return `Zahlung ${parts.map(({ item }) => item.reference).join(', ')} ${first.item.partnerName}`;
}
