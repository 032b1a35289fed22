import { newId } from '@valeo/kit/ids.ts';
import { twoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { expect, test } from 'vitest';
import { finance } from '../finance.subgraph.ts';

const { one, ask, publish, mutate } = await twoTenants(finance);

test('the account of a partner takes no VAT code: its line carries the gross amount (rule 47)', async () => {
  const customer = newId();
  await publish(one, 'crm.BusinessPartner', customer, { name: 'Customer', country: 'DE' });
  const post = async (line: object, taxCode: string | null) =>
    (
      await ask(
        one,
        'mutation ($input: PostJournalEntriesInput!) { postJournalEntries(input: $input) { errors { index path code } } }',
        {
          input: {
            entries: [
              {
                postedOn: '2024-05-02',
                text: 'Claim',
                lines: [
                  { ...line, debit: '119.00', taxCode },
                  { account: '8400', credit: '119.00' },
                ],
              },
            ],
          },
        },
      )
    ).postJournalEntries.errors;
  const refused = [{ index: 0, path: 'lines.0.taxCode', code: 'TAX_ON_PERSONAL_ACCOUNT' }];
  expect(await post({ customerId: customer }, 'U19')).toEqual(refused);
  expect(await post({ customerId: customer }, null)).toEqual([]);
  expect(await post({ account: '10000' }, 'U19')).toEqual(refused);

  const { bankTransaction } = await mutate(
    'createBankTransaction',
    { bankAccount: 'DE1', bookedOn: '2024-05-03', amount: '119.00' },
    'bankTransaction { id }',
  );
  const lines = [{ account: '10000', amount: '119.00', taxCode: 'U19' }];
  const { error } = await mutate(
    'matchBankTransaction',
    { id: bankTransaction.id, lines },
    'error { code fields { path } }',
  );
  expect(error).toEqual({ code: 'TAX_ON_PERSONAL_ACCOUNT', fields: [{ path: 'lines.0.taxCode' }] });
});
