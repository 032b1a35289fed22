import { expect, test } from 'vitest';
import { ownCompany } from '../graph.ts';

test('the books of a company follow the fiscal year that it signed up with', async () => {
  const { graph } = await ownCompany({ chart: 'SKR04', fiscalYearStartMonth: 7 });
  const entry = (postedOn: string) => ({
    postedOn,
    text: 'Bareinnahme',
    lines: [
      { account: '1600', debit: '1.00' },
      { account: '4400', credit: '1.00' },
    ],
  });
  const { entries, errors } = await graph.mutate(
    'postJournalEntries',
    { entries: [entry('2024-06-30'), entry('2024-07-01')] },
    '{ entries { number } errors { message } }',
  );
  expect(errors).toEqual([]);
  expect(entries.map(({ number }: { number: string }) => number)).toEqual(['2023-000001', '2024-000001']);
});
