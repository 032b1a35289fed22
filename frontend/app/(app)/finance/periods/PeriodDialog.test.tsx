import '#testing/next.ts';
import { screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { answering, draw } from '#testing/render.tsx';
import PeriodDialog from './PeriodDialog.tsx';

function show(state: 'OPEN' | 'LOCKED', may = { sell: true, buy: true }) {
  const server = answering({
    PeriodLeft: {
      ...(may.sell && { salesInvoices: { totalCount: 2 } }),
      ...(may.buy && { supplierInvoices: { totalCount: 0 } }),
      bankTransactions: { totalCount: 1 },
    },
  });
  vi.stubGlobal('fetch', server.fetch);
  const period = { fiscalYear: 2023, month: 2, state, name: 'Februar 2024', calendar: '2024-02', may };
  return { ...draw(<PeriodDialog {...period} onClose={() => undefined} />), server };
}

test('whoever closes a month is told what of it is not posted yet, with the way there (rule 40)', async () => {
  const { user, server } = show('OPEN');
  expect(screen.queryByText('In diesem Monat ist noch nicht alles gebucht')).toBeNull();
  await user.click(screen.getByRole('radio', { name: /Gesperrt/ }));
  const link = await screen.findByRole('link', { name: '2 Rechnungsentwürfe' });
  expect(link.getAttribute('href')).toBe(
    '/sales/invoices?f=status:in:DRAFT&f=issuedOn:gte:2024-02-01&f=issuedOn:lte:2024-02-29',
  );
  expect(screen.getByRole('link', { name: '1 Bankumsatz' })).toBeTruthy();
  expect(screen.queryByRole('link', { name: /Eingangsrechnung/ })).toBeNull();
  expect(server.asked[0]?.variables).toMatchObject({ maySell: true, mayBuy: true });
});

test('reopening a month asks about nothing of it, and who may not see sales is not asked for them', async () => {
  const { user, server } = show('LOCKED', { sell: false, buy: true });
  await user.click(screen.getByRole('radio', { name: /Offen/ }));
  expect(screen.queryByRole('link')).toBeNull();
  expect(server.asked[0]?.variables).toMatchObject({ maySell: false });
});
