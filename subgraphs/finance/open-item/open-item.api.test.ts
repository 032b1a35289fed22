import { newId } from '@valeo/kit/ids.ts';
import { twoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { expect, test, vi } from 'vitest';
import { finance } from '../finance.subgraph.ts';
import { postEntries } from '../ledger/ledger.ts';

const { one, ask, publish, services } = await twoTenants(finance);

test('claims and debts together are what is left of both, each alone is its sum', async () => {
  const supplier = newId();
  await publish(one, 'crm.BusinessPartner', supplier, { name: 'Partner', country: 'DE' });
  const session = { domain: 'sales', tenantId: one.tenantId, userId: one.userId, requestId: 'test' };
  const item = (kind: 'DEBTOR' | 'CREDITOR', amount: bigint) => {
    const partner = { id: supplier, name: 'Partner', kind };
    const [own, other] = kind === 'DEBTOR' ? (['debit', 'credit'] as const) : (['credit', 'debit'] as const);
    return {
      postedOn: '2024-01-02',
      text: kind,
      reference: kind,
      source: { type: 'test', id: newId() },
      lines: [
        { to: { partner }, side: own, amount },
        { to: { account: '1200' }, side: other, amount },
      ],
      openItem: { partner, dueOn: '2024-01-31', amount },
    };
  };
  await services.database.transaction(session, (tx) =>
    postEntries(tx, [item('DEBTOR', 10000n), item('CREDITOR', 6000n)]),
  );
  const sum = async (filter: object | null) =>
    (
      await ask(
        one,
        'query ($filter: OpenItemFilter) { openItemGroups(filter: $filter) { groups { sums { openAmount { amount } } } } }',
        { filter },
      )
    ).openItemGroups.groups[0].sums.openAmount.amount;
  expect(await sum(null)).toBe('40.00');
  expect(await sum({ kind: { eq: 'RECEIVABLE' } })).toBe('100.00');
  expect(await sum({ kind: { eq: 'PAYABLE' } })).toBe('60.00');
});

test('an item is overdue from midnight in Germany', async () => {
  const overdue = async (now: string) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(now) });
    const { openItems, openItemSummary } = await ask(
      one,
      `{ openItems(filter: { kind: { eq: RECEIVABLE } }) { edges { node { daysOverdue } } }
         openItemSummary(kind: RECEIVABLE) { notDue { amount } days30 { amount } } }`,
    );
    vi.useRealTimers();
    return [openItems.edges[0].node.daysOverdue, openItemSummary.notDue.amount, openItemSummary.days30.amount];
  };
  expect(await overdue('2024-01-31T22:59:00Z')).toEqual([0, '100.00', '0.00']);
  expect(await overdue('2024-01-31T23:30:00Z')).toEqual([1, '0.00', '100.00']);
});
