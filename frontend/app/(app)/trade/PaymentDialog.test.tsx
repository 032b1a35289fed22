import '#testing/next.ts';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { answering, draw } from '#testing/render.tsx';
import PaymentDialog from './PaymentDialog.tsx';

const open = 'Offen sind nur noch 43,79 €.';
const refused = { code: 'AMOUNT_EXCEEDS_OPEN', message: open, fields: [{ path: 'amount', message: open }] };
const server = answering({
  CashAccounts: { ledgerAccounts: { edges: [{ node: { number: '1200', name: 'Bank' } }] } },
  RecordPayment: { recordPayment: { salesInvoice: null, error: refused } },
});

beforeEach(() => {
  server.asked.length = 0;
  vi.stubGlobal('fetch', server.fetch);
});

const save = () => screen.getByRole('button', { name: 'Zahlung erfassen' });
const payments = () => server.asked.filter(({ operationName }) => operationName === 'RecordPayment');

test('an amount of three decimals and a missing day are told at their fields', async () => {
  const { user } = draw(<PaymentDialog id="i1" openAmount="43.79" onClose={() => undefined} />);
  const amount = screen.getByLabelText(/Betrag/);
  await user.clear(amount);
  await user.type(amount, '5,005');
  fireEvent.change(screen.getByLabelText(/Eingegangen am/), { target: { value: '' } });
  await user.click(save());
  expect(screen.getByText('Höchstens zwei Nachkommastellen.')).toBeTruthy();
  expect(screen.getByText('Bitte ausfüllen.')).toBeTruthy();
  await user.type(amount, '{Backspace}');
  await user.click(save());
  expect(screen.queryByText('Höchstens zwei Nachkommastellen.')).toBeNull();
  expect(payments()).toEqual([]);
});

test('a form as any other records it, and what is refused takes the focus to its field', async () => {
  draw(<PaymentDialog id="i1" openAmount="43.79" onClose={() => undefined} />);
  fireEvent.submit(screen.getByLabelText<HTMLInputElement>(/Eingegangen am/).form as HTMLFormElement);
  expect(await screen.findByText(open)).toBeTruthy();
  expect(payments()).toHaveLength(1);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(/Betrag/)));
});

test('a refusal is told once', async () => {
  const { user } = draw(<PaymentDialog id="i1" openAmount="43.79" onClose={() => undefined} />);
  await user.click(save());
  expect(await screen.findAllByText(open)).toHaveLength(1);
});

test('what is paid less can be posted as cash discount, and only then', async () => {
  const { user } = draw(<PaymentDialog id="i1" openAmount="119.00" onClose={() => undefined} />);
  expect(screen.queryByRole('checkbox')).toBeNull();
  const amount = screen.getByLabelText(/Betrag/);
  await user.clear(amount);
  await user.type(amount, '116,62');
  await user.click(screen.getByRole('checkbox', { name: /Rest von 2,38\s€ als Skonto buchen/ }));
  await user.click(save());
  expect(payments().at(-1)?.variables.input).toMatchObject({ amount: '116.62', discount: '2.38' });
  await user.clear(amount);
  await user.type(amount, '119,00');
  expect(screen.queryByRole('checkbox')).toBeNull();
  await user.click(save());
  expect(payments().at(-1)?.variables.input).not.toHaveProperty('discount');
});

test('who may not read the chart of accounts types the number', async () => {
  const blind = answering({
    CashAccounts: { ledgerAccounts: null },
    RecordPayment: { recordPayment: { salesInvoice: null, error: refused } },
  });
  vi.stubGlobal('fetch', blind.fetch);
  const { user } = draw(<PaymentDialog id="i1" openAmount="43.79" onClose={() => undefined} />);
  await user.type(await screen.findByRole('textbox', { name: /Auf Konto/ }), '1200');
  await user.click(save());
  const sent = blind.asked.find(({ operationName }) => operationName === 'RecordPayment');
  expect(sent?.variables.input).toMatchObject({ account: '1200' });
});
