import { conflict } from '@valeo/kit/conflict.ts';
import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, failField, ok } from '@valeo/kit/result.ts';
import { zCode, zId, zKey, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { TAX_CODES } from '../tax/tax-codes.ts';
import { ledgerAccounts } from './account.list.ts';
import type { LedgerAccountRow } from './account.tables.ts';
import { booksOf, ensureChart } from './chart.ts';

const TYPES = [
  'ASSET_NON_CURRENT',
  'ASSET_FIXED',
  'ASSET_CURRENT',
  'ASSET_CASH',
  'ASSET_RECEIVABLE',
  'ASSET_PREPAYMENTS',
  'LIABILITY_CURRENT',
  'LIABILITY_PAYABLE',
  'LIABILITY_NON_CURRENT',
  'EQUITY',
  'INCOME',
  'INCOME_OTHER',
  'EXPENSE',
  'EXPENSE_DEPRECIATION',
  'OFF_BALANCE',
] as const;

export const createLedgerAccount = defineMutation({
  name: 'createLedgerAccount',
  description: 'Adds an account to the chart.',
  permission: 'finance:write',
  input: z.object({
    number: z.string().regex(/^\d{4}$/),
    name: zText(200),
    type: z.enum(TYPES),
    defaultTaxCode: zCode(20).nullish(),
    idempotencyKey: zKey(),
  }),
  errors: ['ACCOUNT_NUMBER_TAKEN', 'UNKNOWN_TAX_CODE'],
  payload: { ledgerAccount: ledgerAccounts },
  async run(tx, input) {
    if (input.defaultTaxCode && !TAX_CODES.has(input.defaultTaxCode)) {
      return failField('UNKNOWN_TAX_CODE', 'defaultTaxCode', { taxCode: input.defaultTaxCode });
    }
    await ensureChart(tx, await booksOf(tx));
    const id = newId();
    const [row] = await tx.query<{ id: string }>(
      `INSERT INTO finance.account (id, tenant_id, number, name, name_en, kind, type, default_tax_code)
       VALUES ($1, $2, $3, $4, $4, 'GENERAL', $5, $6) ON CONFLICT (tenant_id, number) DO NOTHING RETURNING id`,
      [id, tx.tenantId, input.number, input.name, input.type, input.defaultTaxCode ?? null],
    );
    return row ? ok({ ledgerAccount: id }) : failField('ACCOUNT_NUMBER_TAKEN', 'number', { account: input.number });
  },
});

export const updateLedgerAccount = defineMutation({
  name: 'updateLedgerAccount',
  description: 'Renames an account or takes it out of use. Entries keep what they were posted with.',
  permission: 'finance:write',
  input: z.object({
    id: zId(),
    version: z.int(),
    name: zText(200).nullish(),
    active: z.boolean().nullish(),
    idempotencyKey: zKey(),
  }),
  errors: ['NOT_FOUND', 'CONFLICT'],
  payload: { ledgerAccount: ledgerAccounts },
  async run(tx, input) {
    const [before] = await tx.query<Pick<LedgerAccountRow, 'version' | 'name' | 'active'>>(
      'SELECT version, name, active FROM finance.account WHERE id = $1 FOR UPDATE',
      [input.id],
    );
    if (!before) return fail('NOT_FOUND');
    if (before.version !== input.version) return conflict(input, before, { nullKeeps: true });
    await tx.query(
      `UPDATE finance.account SET name = coalesce($2, name), name_en = coalesce($2, name_en), active = coalesce($3, active), version = version + 1
       WHERE id = $1`,
      [input.id, input.name ?? null, input.active ?? null],
    );
    return ok({ ledgerAccount: input.id });
  },
});
