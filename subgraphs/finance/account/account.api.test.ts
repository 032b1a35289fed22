import { newId } from '@valeo/kit/ids.ts';
import { twoTenants, withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { expect, test } from 'vitest';
import { finance } from '../finance.subgraph.ts';

const { one, two, ask, answer } = await twoTenants(finance);

const CREATE =
  'mutation ($input: CreateLedgerAccountInput!) { createLedgerAccount(input: $input) { ledgerAccount { id number name version active } error { code fields { path code } } } }';
const UPDATE =
  'mutation ($input: UpdateLedgerAccountInput!) { updateLedgerAccount(input: $input) { ledgerAccount { name version active } error { code fields { path code } } } }';
const create = async (input: object, caller = one) => (await ask(caller, CREATE, { input })).createLedgerAccount;
const update = async (input: object, caller = one) => (await ask(caller, UPDATE, { input })).updateLedgerAccount;
const given = { number: '4891', name: 'Sonstiges', type: 'EXPENSE' };

test('an account is added to the chart of one company', async () => {
  const { ledgerAccount, error } = await create(given);
  expect(error).toBeNull();
  expect(ledgerAccount).toMatchObject({ number: '4891', name: 'Sonstiges', version: 1, active: true });
  expect((await create(given)).error).toMatchObject({
    code: 'ACCOUNT_NUMBER_TAKEN',
    fields: [{ path: 'number', code: 'ACCOUNT_NUMBER_TAKEN' }],
  });
  expect((await create({ ...given, name: 'Theirs' }, two)).error).toBeNull();
  const unknown = await create({ ...given, number: '4890', defaultTaxCode: 'X99' });
  expect(unknown.error).toMatchObject({ code: 'UNKNOWN_TAX_CODE', fields: [{ path: 'defaultTaxCode' }] });
});

test('a stale change tells the fields that differ, and what is not given stays', async () => {
  const { id } = (await create({ ...given, number: '4889' })).ledgerAccount;
  expect((await update({ id, version: 1, active: false })).ledgerAccount).toEqual({
    name: 'Sonstiges',
    version: 2,
    active: false,
  });
  expect((await update({ id, version: 1, name: 'Anders', active: null })).error).toEqual({
    code: 'CONFLICT',
    fields: [{ path: 'name', code: 'CHANGED_MEANWHILE' }],
  });
});

test('nobody changes an account of another company, or without the right', async () => {
  const { id } = (await create({ ...given, number: '4888' })).ledgerAccount;
  expect((await update({ id, version: 1, name: 'Ours' }, two)).error.code).toBe('NOT_FOUND');
  expect((await update({ id: newId(), version: 1 })).error.code).toBe('NOT_FOUND');
  const refused = await answer(withPermissions(one, 'finance:read'), UPDATE, { input: { id, version: 1 } });
  expect(refused.errors).toMatchObject([{ code: 'FORBIDDEN' }]);
});

test('VAT codes have no rates before the first day that rates are known for', async () => {
  const on = async (day: string) =>
    (await ask(one, 'query ($on: Date) { taxCodes(on: $on) { code rate } }', { on: day })).taxCodes;
  expect(await on('1993-01-01')).toContainEqual({ code: 'U19', rate: '15' });
  expect(await on('1992-12-31')).toEqual([]);
});
