import { newId } from '@valeo/kit/ids.ts';
import { twoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { finance } from '../finance.subgraph.ts';

const { one, two, ask, answer, publish } = await twoTenants(finance);
const customer = newId();

const SHEET = `query ($account: String!, $from: Date!, $through: Date!, $first: Int, $at: Int) {
  accountSheet(account: $account, from: $from, through: $through, first: $first, at: $at) {
    opening debit credit closing totalCount lines { number text counterAccount debit credit balance }
  }
}`;
const sheet = async (account: string, from: string, through: string, more: object = {}, caller = one) =>
  (await ask(caller, SHEET, { account, from, through, ...more })).accountSheet;
const post = (postedOn: string, lines: object[], text = 'Entry') =>
  ask(one, 'mutation ($input: PostJournalEntriesInput!) { postJournalEntries(input: $input) { errors { message } } }', {
    input: { entries: [{ postedOn, text, lines }] },
  });

beforeAll(async () => {
  await publish(one, 'crm.BusinessPartner', customer, { name: 'Kunde', country: 'DE' });
  const sale = (day: string, amount: string) =>
    post(day, [
      { customerId: customer, debit: amount },
      { account: '8400', credit: amount, taxCode: 'U19' },
    ]);
  await sale('2022-06-01', '119.00');
  await sale('2023-01-10', '238.00');
  await post('2023-01-20', [
    { account: '1200', debit: '100.00' },
    { account: '10000', credit: '100.00', text: 'Part payment' },
  ]);
  await sale('2023-02-01', '119.00');
});

describe('the sheet of an account', () => {
  test('carries balances forward, with the balance after each line and the account across', async () => {
    const found = await sheet('10000', '2023-01-01', '2023-01-31');
    expect(found).toMatchObject({
      opening: '119.00',
      debit: '238.00',
      credit: '100.00',
      closing: '257.00',
      totalCount: 2,
    });
    expect(found.lines).toMatchObject([
      { debit: '238.00', balance: '357.00', counterAccount: null },
      { credit: '100.00', balance: '257.00', counterAccount: '1200', text: 'Part payment' },
    ]);
  });
  test('tells how many lines there are also behind the last of them', async () => {
    expect(await sheet('10000', '2023-01-01', '2023-01-31', { at: 5 })).toMatchObject({ totalCount: 2, lines: [] });
  });
  test('of profit and loss begins each fiscal year at zero, and later months go on', async () => {
    expect(await sheet('8400', '2023-01-01', '2023-12-31')).toMatchObject({ opening: '0.00', closing: '-300.00' });
    expect(await sheet('8400', '2023-02-01', '2023-02-28')).toMatchObject({ opening: '-200.00', closing: '-300.00' });
  });
  test('of a control account shows what its personal accounts moved', async () => {
    const found = await sheet('1400', '2023-01-01', '2023-12-31');
    expect(found).toMatchObject({ opening: '119.00', closing: '376.00', totalCount: 3 });
    expect(found.lines[1]).toMatchObject({ balance: '257.00', counterAccount: '1200' });
  });
  test('of profit brought forward holds what earlier years earned, as the trial balance does', async () => {
    const { trialBalance } = await ask(one, '{ trialBalance(fiscalYear: 2023) { account { number } opening } }');
    const carried = trialBalance.find((row: { account: { number: string } }) => row.account.number === '0865').opening;
    expect(carried).toBe('-100.00');
    expect((await sheet('0865', '2023-01-01', '2023-12-31')).opening).toBe(carried);
    expect((await sheet('0867', '2023-01-01', '2023-12-31')).opening).toBe('0.00');
  });
  test('comes in pages whose balances go on', async () => {
    const { totalCount, lines } = await sheet('10000', '2023-01-01', '2023-12-31', { first: 1, at: 2 });
    expect([totalCount, lines]).toMatchObject([3, [{ balance: '376.00' }]]);
    const { errors } = await answer(one, SHEET, {
      account: '1',
      from: '2023-01-01',
      through: '2023-12-31',
      first: 201,
    });
    expect(errors).toMatchObject([{ code: 'PAGE_TOO_LARGE' }]);
  });
  test('has the years in which it was moved, the latest first, also for a control account', async () => {
    const years = async (account: string | null, caller = one) =>
      (await ask(caller, 'query ($account: String) { fiscalYears(account: $account) }', { account })).fiscalYears;
    expect(await years(null)).toEqual([2023, 2022]);
    expect(await years('8400')).toEqual([2023, 2022]);
    expect(await years('10000')).toEqual([2023, 2022]);
    expect(await years('1400')).toEqual([2023, 2022]);
    expect(await years('1200')).toEqual([2023]);
    expect(await years('8300')).toEqual([]);
    expect(await years('1200', two)).toEqual([]);
  });
  test('of an account that has not been moved is empty, of an unknown one or one of another company it is null', async () => {
    expect(await sheet('8300', '2023-01-01', '2023-12-31')).toMatchObject({ opening: '0.00', lines: [] });
    expect(await sheet('4711', '2023-01-01', '2023-12-31')).toBeNull();
    expect(await sheet('10000', '2023-01-01', '2023-12-31', {}, two)).toBeNull();
  });
});
