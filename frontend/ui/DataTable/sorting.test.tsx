import '#testing/next.ts';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { framework } from '#testing/next.ts';
import { grid, prepareList, sample, serve, show } from '#testing/shown-list.tsx';

beforeEach(prepareList);

const head = (name: string) => screen.getByRole('button', { name: new RegExp(`^${name}`) });

test('by keyboard: up from the first row into the head, along it, sort, with Shift by one more, and back down', async () => {
  const definition = sample();
  serve(definition);
  const push = vi.spyOn(window.history, 'pushState');
  show(definition);
  act(() => grid().focus());
  fireEvent.keyDown(grid(), { key: 'ArrowUp' });
  await waitFor(() => expect(document.activeElement).toBe(head('Nummer')));
  fireEvent.keyDown(head('Nummer'), { key: 'ArrowLeft' });
  expect(document.activeElement).toBe(head('Nummer'));
  fireEvent.keyDown(head('Nummer'), { key: 'End' });
  expect(document.activeElement).toBe(head('Brutto'));
  fireEvent.keyDown(head('Brutto'), { key: 'Enter' });
  expect(push.mock.calls[0]?.[2]).toBe('/sales/invoices?sort=gross');
  fireEvent.keyDown(head('Brutto'), { key: 'ArrowDown' });
  expect(document.activeElement).toBe(grid());
});

test('with Shift a key in the head adds its column to the order', async () => {
  framework.search = 'sort=-gross';
  const definition = sample();
  serve(definition);
  const push = vi.spyOn(window.history, 'pushState');
  show(definition);
  act(() => grid().focus());
  fireEvent.keyDown(grid(), { key: 'ArrowUp' });
  await waitFor(() => expect(document.activeElement).toBe(head('Nummer')));
  fireEvent.keyDown(head('Nummer'), { key: ' ', shiftKey: true });
  expect(push.mock.calls[0]?.[2]).toBe('/sales/invoices?sort=-gross,number');
});

test('a panel turns, adds and takes away what the rows are sorted by', async () => {
  framework.search = 'sort=-gross,number';
  const definition = sample();
  serve(definition);
  const replace = vi.spyOn(window.history, 'replaceState');
  const { user } = show(definition);
  await user.click(screen.getByRole('button', { name: 'Sortieren' }));
  const panel = within(await screen.findByRole('dialog'));
  const last = () => replace.mock.calls.at(-1)?.[2];
  await user.click(panel.getByRole('button', { name: 'Absteigend' }));
  expect(last()).toBe('/sales/invoices?sort=gross,number');
  await user.selectOptions(panel.getByLabelText('Danach sortieren nach'), 'issuedOn');
  expect(last()).toBe('/sales/invoices?sort=-gross,number,issuedOn');
  await user.click(panel.getByRole('button', { name: 'Nicht nach Brutto € sortieren' }));
  expect(last()).toBe('/sales/invoices?sort=number');
  await user.click(panel.getByRole('button', { name: 'Zurücksetzen' }));
  expect(last()).toBe('/sales/invoices');
});
