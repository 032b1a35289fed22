import '#testing/next.ts';
import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { answering, draw } from '#testing/render.tsx';
import { CountForm } from './CountForm.tsx';

const warehouses = [
  { id: 'w1', name: 'Hauptlager', standard: true },
  { id: 'w2', name: 'Außenlager', standard: false },
];
const article = (onHand: string) => ({
  id: 'a1',
  sku: '22947',
  name: 'Adventskalender',
  kind: 'GOODS' as const,
  unit: 'C62',
  stock: [{ warehouse: { id: 'w1' }, onHand }],
});

function show(adjustStock: object, given: ReturnType<typeof article> | null = null) {
  const server = answering({
    FindCountedArticles: { articles: { edges: [{ node: article('14') }] } },
    AdjustStock: { adjustStock },
  });
  vi.stubGlobal('fetch', server.fetch);
  const drawn = draw(<CountForm warehouses={warehouses} units={{ C62: 'Stück' }} article={given} today="2026-11-29" />);
  return { ...drawn, server };
}
const field = (name: RegExp) => screen.getByLabelText(name) as HTMLInputElement;

test('a shelf is counted without leaving the keys: article, number, Enter, and the next article at once', async () => {
  const { user, server } = show({
    stockMovements: [{ id: 'm1', quantity: '-2', article: article('12') }],
    errors: [],
  });
  await user.type(screen.getByRole('combobox', { name: 'Artikel' }), '229');
  await screen.findByRole('listbox');
  await user.keyboard('{Enter}');
  expect(screen.getByText('Bestand: 14 Stück')).toBeTruthy();
  await user.keyboard('12');
  expect(screen.getByText('Korrektur −2, danach 12')).toBeTruthy();
  await user.keyboard('{Enter}');
  expect(await screen.findByRole('link', { name: '22947' })).toBeTruthy();
  expect(server.asked.at(-1)?.variables.input).toMatchObject({
    items: [{ articleId: 'a1', warehouseId: 'w1', counted: '12', reason: 'Inventur', movedOn: '2026-11-29' }],
  });
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Artikel' })));
  expect(field(/^Menge/).value).toBe('');
  expect(field(/^Grund/).value).toBe('Inventur');
});

test('a change has a sign and a reason of its own', async () => {
  const { user, server } = show({ stockMovements: [], errors: [] }, article('14'));
  await user.selectOptions(screen.getByLabelText('Erfasst wird'), 'change');
  await user.type(field(/^Menge/), '-0,5');
  await user.click(screen.getByRole('button', { name: /Buchen/ }));
  expect(screen.getByText('Bitte ausfüllen.')).toBeTruthy();
  expect(server.asked).toHaveLength(0);
  await user.type(field(/^Grund/), 'Bruch');
  await user.click(screen.getByRole('button', { name: /Buchen/ }));
  await waitFor(() => expect(server.asked).toHaveLength(1));
  expect(server.asked[0]?.variables.input).toMatchObject({ items: [{ quantity: '-0.5', reason: 'Bruch' }] });
});

test('what is wrong is said at its field before anything is sent, and what the graph finds likewise', async () => {
  const { user, server } = show(
    { stockMovements: [], errors: [{ index: 0, path: 'movedOn', code: 'INVALID_DATE', message: 'Kein Tag.' }] },
    article('14'),
  );
  await user.type(field(/^Menge/), '-3');
  await user.keyboard('{Enter}');
  expect(screen.getByText('Das ist keine Zahl.')).toBeTruthy();
  expect(server.asked).toHaveLength(0);
  await user.clear(field(/^Menge/));
  await user.type(field(/^Menge/), '3{Enter}');
  expect(await screen.findByText('Kein Tag.')).toBeTruthy();
  expect(field(/^Menge/).value).toBe('3');
});
