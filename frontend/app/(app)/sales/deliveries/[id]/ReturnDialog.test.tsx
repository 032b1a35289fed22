import '#testing/next.ts';
import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { framework } from '#testing/next.ts';
import { answering, draw } from '#testing/render.tsx';
import ReturnDialog from './ReturnDialog.tsx';

const lines = [
  { position: 1, sku: 'A', description: 'Herz', out: '10' },
  { position: 3, sku: 'B', description: 'Stern', out: '2.5' },
];

function show(answer: object = { delivery: { id: 'd1' }, error: null }, billed = false) {
  const server = answering({ ReturnDelivery: { returnDelivery: answer } });
  vi.stubGlobal('fetch', server.fetch);
  const drawn = draw(<ReturnDialog id="d1" number="LS-1" lines={lines} billed={billed} onClose={() => undefined} />);
  return { ...drawn, server };
}
const take = () => screen.getByRole('button', { name: 'Zurücknehmen' });

beforeEach(() => {
  framework.refreshed = 0;
});

test('all that is out comes back unless less is typed; a line of zero stays', async () => {
  const { user, server } = show();
  const [heart, star] = [screen.getByLabelText('A Herz'), screen.getByLabelText('B Stern')];
  expect((star as HTMLInputElement).value).toBe('2,5');
  await user.clear(heart);
  await user.type(heart, '1,25');
  await user.clear(star);
  await user.type(screen.getByLabelText(/Grund/), ' defekt ');
  await user.click(take());
  await waitFor(() => expect(framework.refreshed).toBe(1));
  expect(server.asked[0]?.variables.input).toMatchObject({
    ...{ id: 'd1', reason: 'defekt', lines: [{ position: 1, quantity: '1.25' }] },
  });
});

test('nothing is sent without a reason, with what is no number, or with nothing that came back', async () => {
  const { user, server } = show();
  await user.click(take());
  expect(screen.getByText('Bitte ausfüllen.')).toBeTruthy();
  await user.type(screen.getByLabelText(/Grund/), 'defekt');
  await user.clear(screen.getByLabelText('A Herz'));
  await user.type(screen.getByLabelText('A Herz'), 'x');
  await user.click(take());
  expect(screen.getByText('Das ist keine Zahl.')).toBeTruthy();
  await user.clear(screen.getByLabelText('A Herz'));
  await user.clear(screen.getByLabelText('B Stern'));
  await user.click(take());
  expect(screen.getByText('Bitte angeben, was zurückgekommen ist.')).toBeTruthy();
  expect(server.asked).toHaveLength(0);
});

test('a refusal stands at the line that it is about', async () => {
  const message = 'Von B sind nur noch 2 beim Kunden.';
  const { user } = show({
    delivery: null,
    error: { code: 'OVER_RETURNED', message, fields: [{ path: 'lines.0.quantity', message }] },
  });
  await user.clear(screen.getByLabelText('A Herz'));
  await user.type(screen.getByLabelText(/Grund/), 'defekt');
  await user.click(take());
  expect((await screen.findByText(message)).id).toBe(screen.getByLabelText('B Stern').getAttribute('aria-describedby'));
});

test('of a delivery that is billed it says that a credit note is to follow', () => {
  show(undefined, true);
  expect(screen.getByText(/Bitte an der Rechnung gutschreiben/)).toBeTruthy();
});
