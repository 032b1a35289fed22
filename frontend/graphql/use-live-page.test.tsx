import { act, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { framework } from '#testing/next.ts';
import './listen.ts';
import './seen.ts';
import { digestOf } from './digest.ts';
import type { Operation, Seen } from './operation.ts';
import { useLivePage, useLiveRecord } from './use-live-page.ts';

const live: Operation<unknown, { id: string }> = { id: 'live', name: 'QuoteLive' };
const quote = { id: '7', note: 'Größe 💶', version: 1 };
const seen: Seen = {
  operation: { id: 'detail', name: 'QuoteDetail' },
  variables: { id: '7' },
  digest: digestOf({ quote }),
};

function Page({ made }: { made: Seen }) {
  useLivePage(live, '7', made);
  return null;
}

let answer: object;
let say: (text: string) => void;
const asked: string[] = [];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  asked.length = 0;
  framework.refreshed = 0;
  vi.stubGlobal('fetch', async (_: string, { body, headers }: RequestInit) => {
    asked.push(JSON.parse(body as string).id);
    if (new Headers(headers).get('accept') !== 'text/event-stream') return Response.json(answer);
    const stream = new ReadableStream({
      start: (to) => {
        say = (text) => to.enqueue(new TextEncoder().encode(text));
      },
    });
    return new Response(stream);
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Parts that are loaded late come in time that no clock of a test makes pass. */
const loaded = () => new Promise((resolve) => setImmediate(resolve));
const after = async (ms: number) => {
  for (let passed = 0; passed < ms; passed += 100) {
    await act(() => vi.advanceTimersByTimeAsync(100));
    await loaded();
  }
};

test('a page of a record hears of a change a second after it woke', async () => {
  answer = { data: { quote } };
  render(<Page made={seen} />);
  await after(1000);
  expect(framework.refreshed).toBe(0);
  say('id: 1\nevent: next\ndata: {"data":{"quoteChanged":{"id":"7"}}}\n\n');
  await after(100);
  expect(framework.refreshed).toBe(1);
});

test('what was changed between the making of the page and the beginning of listening is noticed', async () => {
  answer = { data: { quote: { ...quote, version: 2 } } };
  render(<Page made={seen} />);
  await after(1000);
  expect(asked).toEqual(['live', 'detail']);
  expect(framework.refreshed).toBe(1);
});

test('a record that was deleted meanwhile is noticed, an answer that lacks a part is not taken for a change', async () => {
  answer = { data: { quote: null } };
  const { unmount } = render(<Page made={seen} />);
  await after(1000);
  expect(framework.refreshed).toBe(1);
  unmount();
  answer = { data: { quote: null }, errors: [{ message: 'down', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] };
  render(<Page made={seen} />);
  await after(1000);
  expect(framework.refreshed).toBe(1);
});

test('a page that was left is not fetched again', async () => {
  answer = { data: { quote: null } };
  const { unmount } = render(<Page made={seen} />);
  await after(800);
  unmount();
  await after(1000);
  expect(framework.refreshed).toBe(0);
});

test('a form asks what became of its record once its domain listens, and not before', async () => {
  const check = vi.fn();
  const Form = () => {
    useLiveRecord(live, '7', () => undefined, check);
    return null;
  };
  render(<Form />);
  await vi.waitFor(async () => {
    await after(100);
    expect(asked).toEqual(['live']);
  });
  expect(check).not.toHaveBeenCalled();
  await after(300);
  expect(check).toHaveBeenCalledTimes(1);
});
