import '#testing/next.ts';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { framework } from '#testing/next.ts';
import { answering, draw } from '#testing/render.tsx';
import { MatchForm } from './MatchForm.tsx';
import type { MatchItem } from './match-draft.ts';

const item = (id: string, reference: string, amount: string): MatchItem => ({
  id,
  kind: 'RECEIVABLE',
  partnerName: 'Elbe Handel GmbH',
  reference,
  dueOn: '2011-12-01',
  openAmount: { amount },
});
const charges = {
  id: 'a1',
  number: '4970',
  name: 'Nebenkosten des Geldverkehrs',
  kind: 'GENERAL',
  defaultTaxCode: null,
};
const posted = { bankTransaction: { id: 'b1', journalEntry: { id: 'e1', number: '2011-000007' } }, error: null };

function show({ paid = '48.00', suggestions = [] as MatchItem[], answers = [posted] as object[] } = {}) {
  const left = [...answers];
  const server = answering({
    FindOpenItems: { openItems: { edges: [] } },
    FindAccounts: { ledgerAccounts: { edges: [{ node: charges }] } },
    MatchBankTransaction: () => ({ matchBankTransaction: left.shift() }),
  });
  vi.stubGlobal('fetch', server.fetch);
  const taxCodes = [{ code: 'U19', name: 'Umsatzsteuer 19 %' }];
  const drawn = draw(<MatchForm id="b1" paid={paid} suggestions={suggestions} accounts={[]} taxCodes={taxCodes} />);
  const sent = () =>
    server.asked
      .filter(({ operationName }) => operationName === 'MatchBankTransaction')
      .map(({ variables }) => variables.input);
  return { ...drawn, sent };
}

beforeEach(() => {
  framework.refreshed = 0;
});

const target = (row: number) =>
  screen.getByRole<HTMLInputElement>('combobox', { name: `Beleg oder Konto, Zeile ${row}` });
const amount = (row: number) => screen.getByRole<HTMLInputElement>('textbox', { name: `Betrag, Zeile ${row}` });
const enter = (value: string) => fireEvent.change(amount(1), { target: { value } });
const rest = () => screen.getByText('Noch nicht zugeordnet').nextSibling?.textContent;
const post = () => screen.getByRole('button', { name: 'Zuordnen und buchen' });

test('the only item of the very amount stands there to begin with, and one press posts it', async () => {
  const { user, sent } = show({ suggestions: [item('i1', 'RE-1', '48.00'), item('i2', 'RE-2', '90.00')] });
  expect([target(1).value, amount(1).value]).toEqual(['RE-1', '48,00']);
  await user.click(post());
  await waitFor(() => expect(framework.refreshed).toBe(1));
  expect(sent()).toMatchObject([
    { id: 'b1', items: [{ openItemId: 'i1', amount: '48.00' }], lines: [], idempotencyKey: expect.any(String) },
  ]);
});

test('of items that fit alike none is chosen; one is taken, changed, and taken out again', async () => {
  const { user } = show({ suggestions: [item('i1', 'RE-1', '48.00'), item('i2', 'RE-2', '48.00')] });
  expect(target(1).value).toBe('');
  const [, second] = screen.getAllByRole<HTMLButtonElement>('button', { name: 'Übernehmen' });
  await user.click(second as HTMLButtonElement);
  expect([target(1).value, amount(1).value]).toEqual(['RE-2', '48,00']);
  expect(second?.disabled).toBe(true);
  enter('40');
  expect(rest()).toMatch(/^8,00/);
  fireEvent.keyDown(amount(1), { key: 'Delete', ctrlKey: true });
  expect(target(1).value).toBe('');
  expect(rest()).toMatch(/^48,00/);
  expect(second?.disabled).toBe(false);
});

test('what was kept back goes to an account by `=`, with the sign that makes it add up', async () => {
  const { user, sent } = show({ suggestions: [item('i2', 'RE-2', '50.00')] });
  await user.click(screen.getByRole('button', { name: 'Übernehmen' }));
  enter('50');
  await user.type(target(2), '4');
  await screen.findByRole('listbox');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(document.activeElement).toBe(amount(2)));
  await user.keyboard('=');
  expect(rest()).toMatch(/^0,00/);
  await user.click(post());
  await waitFor(() => expect(framework.refreshed).toBe(1));
  expect(sent()).toMatchObject([
    { items: [{ openItemId: 'i2', amount: '50.00' }], lines: [{ account: '4970', amount: '-2.00' }] },
  ]);
});

test('whoever splits VAT off says by which day, or leaves it to the graph', async () => {
  const refused = { bankTransaction: null, error: { code: 'PERIOD_CLOSED', message: 'Zu.', fields: [] } };
  const { user, sent } = show({ paid: '-23.80', answers: [refused, posted] });
  await user.type(target(1), '4');
  await screen.findByRole('listbox');
  await user.keyboard('{Enter}');
  expect(screen.queryByLabelText(/Leistungsdatum/)).toBeNull();
  fireEvent.change(screen.getByRole('combobox', { name: 'Steuerschlüssel, Zeile 1' }), { target: { value: 'U19' } });
  const day = screen.getByLabelText(/Leistungsdatum/);
  await user.click(post());
  await waitFor(() => expect(sent()).toHaveLength(1));
  fireEvent.change(day, { target: { value: '2020-12-30' } });
  await user.click(post());
  await waitFor(() => expect(sent()).toHaveLength(2));
  expect(sent()).toMatchObject([
    { lines: [{ account: '4970', amount: '-23.80', taxCode: 'U19', suppliedOn: null }] },
    { lines: [{ suppliedOn: '2020-12-30' }] },
  ]);
});

test('nothing is sent while something is missing, and what the ledger refuses stands at its line', async () => {
  const refused = {
    bankTransaction: null,
    error: {
      code: 'AMOUNT_TOO_LARGE',
      message: 'Offen sind nur 90,00 €.',
      fields: [{ path: 'items.0.amount', message: 'Offen sind nur 90,00 €.' }],
    },
  };
  const { user, sent } = show({ paid: '95.00', suggestions: [item('i2', 'RE-2', '90.00')], answers: [refused] });
  await user.click(post());
  expect(screen.getByText('Bitte einen offenen Posten oder ein Konto wählen.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Übernehmen' }));
  enter('viel');
  await user.click(post());
  expect(amount(1).getAttribute('aria-invalid')).toBe('true');
  expect(sent()).toEqual([]);
  enter('95');
  await user.click(post());
  await waitFor(() => expect(amount(1).getAttribute('aria-invalid')).toBe('true'));
  expect(sent()).toHaveLength(1);
  expect(framework.refreshed).toBe(0);
});
