import '#testing/next.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { CancelGoodsReceipt } from '#graphql/_generated/operations.ts';
import { today } from '#i18n/today.ts';
import { framework } from '#testing/next.ts';
import { answering, draw } from '#testing/render.tsx';
import { CancelButton } from './CancelButton.tsx';

function show(answer: object, dated?: boolean) {
  const server = answering({ CancelGoodsReceipt: { cancelGoodsReceipt: answer } });
  vi.stubGlobal('fetch', server.fetch);
  framework.refreshed = 0;
  const drawn = draw(
    <CancelButton
      operation={CancelGoodsReceipt}
      id="r1"
      action="Stornieren"
      question="WE-1 stornieren?"
      text="Der Bestand sinkt."
      done="WE-1 ist storniert"
      dated={dated}
    />,
  );
  return { ...drawn, server };
}

async function open(user: ReturnType<typeof show>['user']) {
  await user.click(screen.getByRole('button', { name: 'Stornieren' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText('Der Bestand sinkt.')).toBeTruthy();
  return dialog;
}

test('a document is taken back once the reason is given, and the page shows it anew', async () => {
  const { user, server } = show({ goodsReceipt: { id: 'r1' }, error: null });
  const dialog = await open(user);
  await user.click(dialog.getByRole('button', { name: 'Stornieren' }));
  expect(dialog.getByText('Bitte ausfüllen.')).toBeTruthy();
  expect(server.asked).toHaveLength(0);
  await user.type(dialog.getByLabelText(/Grund/), '  Falsche Ware ');
  await user.click(dialog.getByRole('button', { name: 'Stornieren' }));
  expect(await screen.findByText('WE-1 ist storniert')).toBeTruthy();
  const { input } = server.asked[0]?.variables as { input: { idempotencyKey: string } };
  expect(input).toMatchObject({ id: 'r1', reason: 'Falsche Ware' });
  expect(input.idempotencyKey).toBeTruthy();
  expect(framework.refreshed).toBe(1);
});

test('what stands in the way is said in words, and the reason stays', async () => {
  const { user } = show({ goodsReceipt: null, error: { code: 'NOT_POSTED', message: 'Nicht gebucht.', fields: [] } });
  const dialog = await open(user);
  await user.type(dialog.getByLabelText(/Grund/), 'Doppelt');
  await user.click(dialog.getByRole('button', { name: 'Stornieren' }));
  expect(await dialog.findByText('Nicht gebucht.')).toBeTruthy();
  expect((dialog.getByLabelText(/Grund/) as HTMLInputElement).value).toBe('Doppelt');
  await waitFor(() => expect(framework.refreshed).toBe(0));
});

test('where the day of the reversal is asked for, it is today until it is changed, and goes along', async () => {
  const { user, server } = show({ goodsReceipt: { id: 'r1' }, error: null }, true);
  const dialog = await open(user);
  const day = dialog.getByLabelText(/Buchungsdatum/) as HTMLInputElement;
  expect(day.value).toBe(today());
  expect(document.activeElement).toBe(dialog.getByLabelText(/Grund/));
  await user.type(dialog.getByLabelText(/Grund/), 'Doppelt');
  await user.clear(day);
  await user.click(dialog.getByRole('button', { name: 'Stornieren' }));
  expect(dialog.getByText('Bitte ausfüllen.')).toBeTruthy();
  expect(server.asked).toHaveLength(0);
  await user.type(day, '2024-06-03');
  await user.click(dialog.getByRole('button', { name: 'Stornieren' }));
  await waitFor(() => expect(server.asked).toHaveLength(1));
  expect(server.asked[0]?.variables.input).toMatchObject({ id: 'r1', reason: 'Doppelt', postedOn: '2024-06-03' });
});

test('what is wrong with the day is said at the day, once', async () => {
  const message = 'Die Periode Juni 2024 ist geschlossen.';
  const error = { code: 'PERIOD_CLOSED', message, fields: [{ path: 'postedOn', message }] };
  const { user } = show({ goodsReceipt: null, error }, true);
  const dialog = await open(user);
  await user.type(dialog.getByLabelText(/Grund/), 'Doppelt');
  await user.click(dialog.getByRole('button', { name: 'Stornieren' }));
  expect(await dialog.findAllByText(message)).toHaveLength(1);
});
