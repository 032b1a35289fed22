import '#testing/next.ts';
import 'fake-indexeddb/auto';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { GoodsReceiptLive, UpdateGoodsReceipt } from '#graphql/_generated/operations.ts';
import { framework } from '#testing/next.ts';
import { answering, draw, inGerman } from '#testing/render.tsx';
import { QuantitiesForm, type QuantitiesFormProps } from './QuantitiesForm.tsx';

const line = (position: number, received: string) => ({
  position,
  sku: `10${position}`,
  description: `Ware ${position}`,
  fixed: { orderLine: position },
  received,
  rejected: '0',
});
const props: QuantitiesFormProps = {
  title: 'WE-2024-000001',
  edited: {
    record: { form: 'purchasing.receipt', recordId: 'r1', version: 1 },
    operation: UpdateGoodsReceipt,
    object: 'goodsReceipt',
    live: GoodsReceiptLive,
  },
  fixed: { orderId: 'o1', warehouseId: 'w1' },
  head: [
    { name: 'receivedOn', label: 'Eingegangen am', type: 'date' },
    { name: 'deliveryNote', label: 'Lieferschein', type: 'text' },
  ],
  columns: [
    { name: 'received', label: 'Eingegangen' },
    { name: 'rejected', label: 'Abgelehnt' },
  ],
  values: { receivedOn: '2024-05-06', deliveryNote: '', lines: [line(1, '10'), line(2, '4'), line(3, '2')] },
  drafts: [],
  target: '/purchasing/receipts/r1',
};
const form = (given: Partial<QuantitiesFormProps> = {}) => (
  <div data-owner="company.person">
    <QuantitiesForm {...props} {...given} />
  </div>
);

function serve(payload: object) {
  const server = answering({
    UpdateGoodsReceipt: { updateGoodsReceipt: payload },
    GoodsReceiptStanding: { record: { version: 1, status: 'DRAFT' } },
    SaveDraft: { saveDraft: { draft: { id: 'd', updatedAt: '2026-01-01T00:00:00Z' }, error: null } },
    DiscardDraft: { discardDraft: { error: null } },
  });
  vi.stubGlobal('fetch', server.fetch);
  return server;
}
const done = { goodsReceipt: { id: 'r1' }, error: null };
const quantity = (name: string) => screen.getByLabelText<HTMLInputElement>(name);

beforeEach(() => {
  framework.pushed.length = 0;
  history.replaceState(null, '', '/');
});

test('what has come is saved with the version it was read in, and a line of zero is left out', async () => {
  const server = serve(done);
  const { user } = draw(form());
  await user.clear(quantity('Eingegangen, Position 2'));
  await user.clear(quantity('Abgelehnt, Position 1'));
  await user.type(quantity('Abgelehnt, Position 1'), '1,5');
  await user.type(screen.getByLabelText('Lieferschein'), ' L-7 ');
  // At once: the help of the form, which takes the key as well, need not be there yet.
  fireEvent.keyDown(screen.getByLabelText('Lieferschein'), { key: 's', ctrlKey: true });
  await waitFor(() => expect(framework.pushed).toEqual(['/purchasing/receipts/r1']));
  expect(
    server.asked.find(({ operationName }) => operationName === 'UpdateGoodsReceipt')?.variables.input,
  ).toMatchObject({
    id: 'r1',
    version: 1,
    orderId: 'o1',
    warehouseId: 'w1',
    receivedOn: '2024-05-06',
    deliveryNote: 'L-7',
    lines: [
      { orderLine: 1, received: '10', rejected: '1.5' },
      { orderLine: 3, received: '2', rejected: '0' },
    ],
  });
});

test('what is no quantity is said at its line, which gets the focus, and nothing is sent', async () => {
  const server = serve(done);
  const { user } = draw(form());
  await user.type(quantity('Eingegangen, Position 2'), 'x');
  await user.click(screen.getByRole('button', { name: /Speichern/ }));
  await waitFor(() => expect(document.activeElement).toBe(quantity('Eingegangen, Position 2')));
  const noteId = quantity('Eingegangen, Position 2').getAttribute('aria-describedby') as string;
  expect(document.getElementById(noteId)?.textContent).toBe('Das ist keine Zahl.');
  expect(server.asked.some(({ operationName }) => operationName === 'UpdateGoodsReceipt')).toBe(false);
});

test('a fault of the graph stands at its line, also behind one that was left out', async () => {
  const message = 'Mehr abgelehnt als eingegangen.';
  serve({
    goodsReceipt: null,
    error: { code: 'INVALID_INPUT', message: 'Bitte prüfen.', fields: [{ path: 'lines.1.rejected', message }] },
  });
  const { user } = draw(form());
  await user.clear(quantity('Eingegangen, Position 2'));
  await user.type(quantity('Abgelehnt, Position 3'), '9');
  await user.click(screen.getByRole('button', { name: /Speichern/ }));
  await waitFor(() => expect(document.activeElement).toBe(quantity('Abgelehnt, Position 3')));
  expect(screen.getByText(message).closest('tr')?.textContent).toContain('Ware 3');
  expect(framework.pushed).toEqual([]);
});

test('whoever leaves with quantities that are not saved is asked, and they are kept as a draft', async () => {
  const server = serve(done);
  const { user } = draw(form());
  await user.type(quantity('Eingegangen, Position 1'), '2');
  const saved = () => server.asked.find(({ operationName }) => operationName === 'SaveDraft');
  await waitFor(() => expect(saved()).toBeTruthy(), { timeout: 6000 });
  expect(saved()?.variables.input).toMatchObject({ form: 'purchasing.receipt', recordId: 'r1', recordVersion: 1 });
  await user.click(screen.getByRole('link', { name: 'Abbrechen' }));
  expect(await screen.findByRole('dialog')).toBeTruthy();
  expect(framework.pushed).toEqual([]);
});

test('what two people fill in at once is merged by line and field, and a key saves it', async () => {
  const server = serve(done);
  const { user, rerender } = draw(form());
  await user.clear(quantity('Eingegangen, Position 1'));
  await user.type(quantity('Eingegangen, Position 1'), '8');
  const lines = [line(1, '10'), { ...line(2, '3'), rejected: '1' }, line(3, '2')];
  const record = { ...props.edited.record, version: 2 };
  rerender(inGerman(form({ edited: { ...props.edited, record }, values: { ...props.values, lines } })));
  await waitFor(() => expect(quantity('Eingegangen, Position 2').value).toBe('3'));
  expect(quantity('Eingegangen, Position 1').value).toBe('8');
  await screen.findByText(/Übernommen: .*Position 2: Eingegangen/);
  fireEvent.keyDown(document.body, { key: 's', ctrlKey: true });
  await waitFor(() => expect(framework.pushed).toEqual(['/purchasing/receipts/r1']));
  expect(
    server.asked.find(({ operationName }) => operationName === 'UpdateGoodsReceipt')?.variables.input,
  ).toMatchObject({
    version: 2,
    lines: [{ received: '8' }, { received: '3', rejected: '1' }, { received: '2' }],
  });
});
