import '#testing/next.ts';
import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runShortcut } from '#shell/shortcuts.ts';
import { draw } from '#testing/render.tsx';
import { toast } from './Toast.tsx';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true }));
afterEach(() => void vi.useRealTimers());
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

test('a message goes after ten seconds, but not while the focus is on what it offers', async () => {
  draw(null);
  act(() => void toast({ tone: 'ok', text: 'Gespeichert', action: { label: 'Rückgängig', run: () => undefined } }));
  (await screen.findByRole('button', { name: 'Rückgängig' })).focus();
  await pass(25_000);
  expect(screen.getByText('Gespeichert')).toBeTruthy();
  (document.activeElement as HTMLElement).blur();
  await pass(10_000);
  expect(screen.queryByText('Gespeichert')).toBeNull();
});

test('what it offers is done by its key', async () => {
  const run = vi.fn();
  draw(null);
  act(() => void toast({ tone: 'ok', text: 'Gelöscht', action: { label: 'Rückgängig', run } }));
  await screen.findByText('Gelöscht');
  const event = new KeyboardEvent('keydown', { key: 'r', cancelable: true });
  Object.defineProperty(event, 'target', { value: document.body });
  act(() => runShortcut(event, () => undefined));
  expect(run).toHaveBeenCalledOnce();
});
