import { twoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { beforeAll, expect, test } from 'vitest';
import { finance } from '../finance.subgraph.ts';

const { one, ask, mutate, publish } = await twoTenants(finance);

const post = (postedOn: string, amount = '100.00') =>
  mutate(
    'postJournalEntries',
    {
      entries: [
        {
          postedOn,
          text: 'Sale',
          lines: [
            { account: '1800', debit: amount },
            { account: '4400', credit: amount },
          ],
        },
      ],
    },
    'entries { number } errors { code message }',
  );
const numberOf = async (postedOn: string) => (await post(postedOn)).entries[0].number;
const balances = async (fiscalYear: number, through: string | null = null) =>
  Object.fromEntries(
    (
      await ask(
        one,
        'query ($y: Int!, $t: Date) { trialBalance(fiscalYear: $y, through: $t) { account { number } opening balance } }',
        { y: fiscalYear, t: through },
      )
    ).trialBalance.map((row: { account: { number: string }; opening: string; balance: string }) => [
      row.account.number,
      `${row.opening} ${row.balance}`,
    ]),
  );

// As `identity/company/company.list.ts` publishes it.
beforeAll(() => publish(one, 'identity.Company', one.tenantId, { chart: 'SKR04', fiscalYearStartMonth: 7 }));

test('a fiscal year that begins in July numbers, closes and carries forward by its own years (rules 39, 40, 50)', async () => {
  expect(await numberOf('2024-06-30')).toBe('2023-000001');
  expect(await numberOf('2024-07-01')).toBe('2024-000001');
  expect(await numberOf('2025-06-30')).toBe('2024-000002');
  expect(await balances(2023)).toEqual({ 1800: '0.00 100.00', 4400: '0.00 -100.00' });
  expect(await balances(2024, '2024-12-31')).toEqual({
    1800: '100.00 200.00',
    2970: '-100.00 -100.00',
    4400: '0.00 -100.00',
  });
  expect(await balances(2024)).toMatchObject({ 1800: '100.00 300.00', 4400: '0.00 -200.00' });

  const { accountSheet } = await ask(
    one,
    '{ accountSheet(account: "4400", from: "2025-01-01", through: "2025-06-30") { opening closing } }',
  );
  expect(accountSheet).toEqual({ opening: '-100.00', closing: '-200.00' });

  const { accountingPeriods } = await ask(one, '{ accountingPeriods(fiscalYear: 2024) { month } }');
  expect(accountingPeriods.map(({ month }: { month: number }) => month)).toEqual([
    7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6,
  ]);
  await mutate('setPeriodState', { fiscalYear: 2024, month: 6, state: 'LOCKED' }, 'error { code }');
  expect((await post('2025-06-30')).errors).toMatchObject([
    { code: 'PERIOD_CLOSED', message: 'The period June 2025 is closed.' },
  ]);
  expect(await numberOf('2024-06-30')).toBe('2023-000002');
});
