import '#testing/next.ts';
import { act, fireEvent, screen } from '@testing-library/react';
import { hydrateRoot, type Root } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { framework } from '#testing/next.ts';
import { inGerman } from '#testing/render.tsx';
import { keepEarlyKeys } from './early-keys.ts';
import { ShellClient } from './ShellClient.tsx';

const page = (
  <>
    <a href="/sales/invoices" data-go="R">
      Rechnungen
    </a>
    <a href="/sales/invoices/new" aria-keyshortcuts="N">
      Neue Rechnung
    </a>
    <input aria-label="Suche" />
    <ShellClient owner="company.reader" />
  </>
);
/** Palette and sheet are loaded when someone reaches for them. */
const patience = { timeout: 10_000 };
let root: Root | undefined;
let main: HTMLElement;

beforeAll(() => window.eval(keepEarlyKeys));
beforeEach(() => {
  framework.pushed.length = 0;
  main = document.body.appendChild(document.createElement('main'));
  main.innerHTML = renderToString(inGerman(page));
  window.earlyKeys = [];
});
afterEach(() => {
  act(() => root?.unmount());
  main.remove();
});

const press = (key: string, more: KeyboardEventInit = {}) => fireEvent.keyDown(document.body, { key, ...more });
const wake = () =>
  act(async () => {
    root = hydrateRoot(main, inGerman(page));
  });

test('Ctrl+K before the page woke opens the palette, and what was typed after it runs nothing', async () => {
  // The browser's own meaning of the key is off as well.
  expect(press('k', { ctrlKey: true })).toBe(false);
  press('n');
  await wake();
  expect(await screen.findByRole('combobox', {}, patience)).toBeTruthy();
  expect(framework.pushed).toEqual([]);
});

test('a shortcut of two keys is run, once', async () => {
  press('g');
  press('r');
  await wake();
  expect(framework.pushed).toEqual(['/sales/invoices']);
  press('n');
  expect(framework.pushed).toEqual(['/sales/invoices', '/sales/invoices/new']);
});

test('? opens the sheet of keys; letters typed into a field stay text', async () => {
  fireEvent.keyDown(screen.getByLabelText('Suche'), { key: 'n' });
  press('?');
  await wake();
  expect(await screen.findByRole('dialog', {}, patience)).toBeTruthy();
  expect(framework.pushed).toEqual([]);
});
