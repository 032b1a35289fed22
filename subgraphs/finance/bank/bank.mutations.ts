import { randomUUID } from 'node:crypto';
import { conflict } from '@valeo/kit/conflict.ts';
import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { published } from '@valeo/kit/published.ts';
import { fail, failField, ok } from '@valeo/kit/result.ts';
import { changeRow, insertRows } from '@valeo/kit/rows.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zDate, zId, zKey, zMoney, zText } from '@valeo/kit/validate.ts';
import { amountOf, cents } from '@valeo/money/money.ts';
import { z } from 'zod';
import { bankTransactions } from './bank.list.ts';
import { bankTransaction } from './bank.tables.ts';
import { lockTransaction } from './lock-transaction.ts';
import { CamtFault, readCamt, type Statement } from './read-camt.ts';

const MAX_XML = 3_500_000;

/** True when the company has the partner, or none is named. */
const partnerExists = async (tx: Tx, id: string | null | undefined): Promise<boolean> =>
  !id || (await published(tx, 'crm.BusinessPartner', [id])).has(id);

export const importBankStatement = defineMutation({
  name: 'importBankStatement',
  description:
    'Imports a bank statement (camt.053, versions .02 to .08). What is there already is skipped, so a file may come twice. A statement whose balances and entries do not agree is refused, unless acceptUnbalanced says otherwise.',
  permission: 'finance:write',
  input: z.object({
    xml: z.string().min(1).max(MAX_XML),
    acceptUnbalanced: z.boolean().nullish(),
    dryRun: z.boolean().nullish(),
    idempotencyKey: zKey(),
  }),
  errors: ['INVALID_STATEMENT', 'STATEMENT_UNBALANCED'],
  payload: { statements: '[BankStatement!]', added: 'Int', skipped: 'Int' },
  async run(tx, input) {
    let statements: Statement[];
    try {
      statements = readCamt(input.xml);
    } catch (error) {
      if (error instanceof CamtFault) return failField('INVALID_STATEMENT', 'xml');
      throw error;
    }
    const off = statements.find(({ difference }) => difference);
    if (off && !input.acceptUnbalanced)
      return failField('STATEMENT_UNBALANCED', 'xml', {
        statement: off.id,
        difference: amountOf(off.difference ?? 0n),
      });
    const rows = statements.flatMap((statement) =>
      statement.entries.map((entry) => ({
        id: newId(),
        statement: statement.id,
        bankAccount: statement.bankAccount,
        ...entry,
        amount: amountOf(entry.amount),
      })),
    );
    const added = await tx.query<{ id: string }>(
      `INSERT INTO finance.bank_transaction (id, tenant_id, bank_account, booked_on, value_on, amount, currency, counterpart_name, counterpart_iban,
         purpose, end_to_end_id, bank_reference, statement, import_key, status)
       SELECT id, $1, "bankAccount", "bookedOn", "valueOn", amount, currency, "counterpartName", "counterpartIban", purpose, "endToEndId", "bankReference",
         statement, "importKey", 'OPEN'
       FROM jsonb_to_recordset($2) AS t (id uuid, "bankAccount" text, "bookedOn" date, "valueOn" date, amount numeric, currency text,
         "counterpartName" text, "counterpartIban" text, purpose text, "endToEndId" text, "bankReference" text, statement text, "importKey" text)
       ON CONFLICT DO NOTHING RETURNING id`,
      [tx.tenantId, JSON.stringify(rows)],
      'import_bank_transactions',
    );
    const eur = (value: bigint | null) => (value === null ? null : amountOf(value));
    return ok({
      statements: statements.map(({ id, bankAccount, opening, closing, difference, entries }) => ({
        id,
        bankAccount,
        opening: eur(opening),
        closing: eur(closing),
        difference: eur(difference),
        entries: entries.length,
      })),
      added: added.length,
      skipped: rows.length - added.length,
    });
  },
});

export const createBankTransaction = defineMutation({
  name: 'createBankTransaction',
  description: 'Records by hand what a bank has booked.',
  permission: 'finance:write',
  input: z.object({
    bankAccount: zText(34),
    bookedOn: zDate(),
    valueOn: zDate().nullish(),
    amount: zMoney().refine((amount) => cents(amount) !== 0n, { params: { code: 'AMOUNT_ZERO' } }),
    counterpartName: zText(200, 0).nullish(),
    counterpartIban: zText(34).nullish(),
    purpose: zText(1000, 0).nullish(),
    partnerId: zId().nullish(),
    note: zText(2000, 0).nullish(),
    idempotencyKey: zKey(),
  }),
  errors: ['UNKNOWN_PARTNER', 'AMOUNT_ZERO'],
  payload: { bankTransaction: bankTransactions },
  async run(tx, { idempotencyKey: _, ...input }) {
    if (!(await partnerExists(tx, input.partnerId))) return failField('UNKNOWN_PARTNER', 'partnerId');
    const id = newId();
    const texts = { counterpartName: input.counterpartName ?? '', purpose: input.purpose ?? '' };
    await insertRows(tx, bankTransaction, [
      {
        ...input,
        ...texts,
        id,
        tenantId: tx.tenantId,
        version: 1,
        currency: 'EUR',
        importKey: `manual ${randomUUID()}`,
        status: 'OPEN',
      },
    ]);
    return ok({ bankTransaction: id });
  },
});

export const updateBankTransaction = defineMutation({
  name: 'updateBankTransaction',
  description:
    'Assigns a partner or a note. What the bank has booked cannot be changed. What is not given stays; null empties it.',
  permission: 'finance:write',
  input: z.object({
    id: zId(),
    version: z.int(),
    partnerId: zId().nullish(),
    note: zText(2000, 0).nullish(),
    idempotencyKey: zKey(),
  }),
  errors: ['NOT_FOUND', 'CONFLICT', 'UNKNOWN_PARTNER'],
  payload: { bankTransaction: bankTransactions },
  async run(tx, { idempotencyKey: _, id, ...input }) {
    const row = await lockTransaction(tx, id);
    if (!row) return fail('NOT_FOUND');
    if (row.version !== input.version) return conflict(input, row);
    if (!(await partnerExists(tx, input.partnerId))) return failField('UNKNOWN_PARTNER', 'partnerId');
    const { version: _version, ...changes } = input;
    await changeRow(
      tx,
      bankTransaction,
      id,
      Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
    );
    return ok({ bankTransaction: id });
  },
});
