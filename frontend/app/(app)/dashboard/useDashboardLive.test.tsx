import { act, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { framework } from '#testing/next.ts';
import '#graphql/listen.ts';
import type { Layout } from './layout.ts';
import { useDashboardLive } from './useDashboardLive.ts';

const layoutOf = (...ids: string[]): Layout => ids.map((id, y) => ({ id, x: 0, y, w: 4, h: 6 }));
const asked: string[] = [];

function Dashboard({ layout }: { layout: Layout }) {
  useDashboardLive(layout, false);
  return null;
}
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const look = (state: DocumentVisibilityState) => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  asked.length = 0;
  framework.refreshed = 0;
  vi.stubGlobal('fetch', async (_: string, { body }: RequestInit) => {
    asked.push(JSON.parse(body as string).operationName);
    return new Response(new ReadableStream());
  });
});
afterEach(() => vi.useRealTimers());

test('what its streams tell of is not asked for again and again', async () => {
  render(<Dashboard layout={layoutOf('receivables', 'newestInvoices')} />);
  await pass(5_000);
  expect(asked).toEqual(['DashboardOpenItemsLive', 'DashboardSalesLive']);
  await pass(300_000);
  expect(framework.refreshed).toBe(0);
});

test('what no stream tells of is no older than a minute while it is looked at', async () => {
  render(<Dashboard layout={layoutOf('receivables', 'views/sales.orders/1')} />);
  await pass(5_000 + 60_000 + 1_500);
  expect(framework.refreshed).toBe(1);
  look('hidden');
  await pass(600_000);
  expect(framework.refreshed).toBe(1);
});

test('whoever comes back to it sees what was changed meanwhile', async () => {
  render(<Dashboard layout={layoutOf('receivables')} />);
  await pass(10_000);
  look('hidden');
  await pass(600_000);
  look('visible');
  await pass(5_000 + 1_500);
  expect(framework.refreshed).toBe(1);
});
