import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, ok } from '@valeo/kit/result.ts';
import { changeRow } from '@valeo/kit/rows.ts';
import { zDate, zId, zKey, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { LEDGER_CODES } from '../journal/post-journal-entries.ts';
import { takeBack } from '../ledger/take-back.ts';
import { bankTransactions } from './bank.list.ts';
import { bankTransaction } from './bank.tables.ts';
import { lockTransaction } from './lock-transaction.ts';

export const unmatchBankTransaction = defineMutation({
  name: 'unmatchBankTransaction',
  description:
    'Takes the posting of a transaction back by a reversal: the items that it settled are open again, and it can be posted anew. An item that was reversed meanwhile and the credit of its reversal settle each other.',
  permission: 'finance:post',
  input: z.object({ id: zId(), postedOn: zDate(), reason: zText(150), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'NOT_MATCHED', 'CREDIT_USED', ...LEDGER_CODES],
  payload: { bankTransaction: bankTransactions },
  async run(tx, input) {
    const row = await lockTransaction(tx, input.id);
    if (!row) return fail('NOT_FOUND');
    const entryId = row.journalEntryId;
    if (!entryId) return fail('NOT_MATCHED');
    const { postedOn, reason } = input;
    const taken = await takeBack(tx, { entryId, postedOn, reason, source: { type: 'reversal', id: entryId } });
    if (!taken.ok) return taken;
    await changeRow(tx, bankTransaction, row.id, { status: 'OPEN', openItemId: null, journalEntryId: null });
    return ok({ bankTransaction: row.id });
  },
});
