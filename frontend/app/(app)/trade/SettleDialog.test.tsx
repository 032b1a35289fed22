import '#testing/next.ts';
import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { framework } from '#testing/next.ts';
import { answering, draw } from '#testing/render.tsx';
import SettleDialog from './SettleDialog.tsx';

const item = (id: string, reference: string, amount: string, source = `finance.JournalEntry:${id}`) => ({
  node: {
    ...{ id, reference, source, kind: 'RECEIVABLE', partnerName: 'Kunde', dueOn: '2024-02-01' },
    openAmount: { amount },
  },
});

function show(edges: object[], named: object[] = [], first: string[] = []) {
  const server = answering({
    SettleCandidates: { named: { edges: named }, openItems: { edges } },
    SettleOpenItems: { settleOpenItems: { journalEntry: { id: 'e1', number: '2024-000001' }, error: null } },
  });
  vi.stubGlobal('fetch', server.fetch);
  const drawn = draw(
    <SettleDialog
      source="sales.SalesInvoice:d1"
      partnerId="p1"
      number="RE-1"
      first={first}
      onClose={() => undefined}
    />,
  );
  return { ...drawn, server };
}

beforeEach(() => {
  framework.refreshed = 0;
});

test('an invoice is settled by the credits that are chosen, up to what is open of it', async () => {
  const { user, server } = show([
    item('i1', 'RE-1', '100.00', 'sales.SalesInvoice:d1'),
    item('i2', 'RE-2', '70.00'),
    item('c1', 'GS-1', '-60.00'),
    item('c2', '', '-50.00'),
  ]);
  await user.click(await screen.findByRole('checkbox', { name: /GS-1/ }));
  expect(screen.queryByRole('checkbox', { name: /RE-2/ })).toBeNull();
  expect(screen.getByText(/Verrechnet werden 60,00\s€/)).toBeTruthy();
  await user.click(screen.getByRole('checkbox', { name: /ohne Belegnummer/ }));
  await user.click(screen.getByRole('button', { name: 'Verrechnen' }));
  await waitFor(() => expect(framework.refreshed).toBe(1));
  expect(server.asked.at(-1)?.variables.input).toMatchObject({
    items: [
      { openItemId: 'i1', amount: '100.00' },
      { openItemId: 'c1', amount: '-60.00' },
      { openItemId: 'c2', amount: '-40.00' },
    ],
  });
});

test('what belongs with the document is offered first, and found however much the partner has open', async () => {
  const { user, server } = show(
    [item('c1', 'GS-1', '-60.00'), item('c3', 'GS-3', '-10.00')],
    [item('c3', 'GS-3', '-10.00'), item('i1', 'RE-1', '100.00', 'sales.SalesInvoice:d1')],
    ['GS-3'],
  );
  const boxes = await screen.findAllByRole('checkbox');
  expect(boxes.map((box) => box.closest('label')?.textContent)).toEqual([
    expect.stringContaining('GS-3'),
    expect.stringContaining('GS-1'),
  ]);
  expect(server.asked[0]?.variables).toEqual({ partner: 'p1', numbers: ['RE-1', 'GS-3'] });
  await user.click(boxes[0] as HTMLElement);
  expect(screen.getByText(/Verrechnet werden 10,00\s€/)).toBeTruthy();
});

test('where nothing stands on the other side it says so', async () => {
  show([item('i1', 'RE-1', '100.00', 'sales.SalesInvoice:d1')]);
  expect(await screen.findByText('Auf der anderen Seite dieses Kontos steht nichts offen.')).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Verrechnen' }).disabled).toBe(true);
});
