import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const operation = { id: 'x', text: 'subscription { tick }' } as never;
const next = (answer: object, id?: string) =>
  `${id ? `id: ${id}\n` : ''}event: next\ndata: ${JSON.stringify(answer)}\n\n`;
const complete = 'event: complete\ndata:\n\n';
const passing = (more = {}) =>
  next({ errors: [{ extensions: { code: 'GATEWAY_UNAVAILABLE', retryable: true, ...more } }] });

let asked: (string | null)[] = [];
let streams: string[] = [];
beforeEach(() => {
  asked = [];
  vi.useFakeTimers();
  vi.stubGlobal('document', { querySelector: () => null });
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('fetch', (_: string, { headers }: RequestInit) => {
    asked.push(new Headers(headers).get('last-event-id'));
    return Promise.resolve(new Response(streams.shift() ?? complete));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function heard(ms: number): Promise<unknown[]> {
  const { listen } = await import('./listen.ts');
  const events: unknown[] = [];
  const stop = new AbortController();
  void listen(operation, {}, (data) => events.push(data), stop.signal);
  await vi.advanceTimersByTimeAsync(ms);
  stop.abort();
  return events;
}

test('a stream that is interrupted goes on after its last event, one that is over does not', async () => {
  streams = [next({ data: 1 }, '7') + passing() + complete, next({ data: 2 }) + complete, next({ data: 3 }) + complete];
  expect(await heard(10_000)).toEqual([1, 2]);
  expect(asked).toEqual([null, '7']);
});

test('one that is refused for good is over', async () => {
  streams = [next({ errors: [{ extensions: { code: 'FORBIDDEN', retryable: false } }] }) + complete];
  await heard(60_000);
  expect(asked).toHaveLength(1);
});

test('the pause is as long as the gateway asks for', async () => {
  streams = [next({ data: 1 }) + passing({ retryAfterSeconds: 20 }) + complete];
  await heard(19_000);
  expect(asked).toHaveLength(1);
  streams = [next({ data: 1 }) + passing({ retryAfterSeconds: 20 }) + complete];
  await heard(21_000);
  expect(asked).toHaveLength(3);
});

test('a stream that was heard for long goes on at once, however often that was before', async () => {
  // Silent, and cut each hour, as by a proxy.
  const cutAfterMs = 3_600_000;
  vi.stubGlobal('fetch', () => {
    asked.push(null);
    const body = new ReadableStream({ start: (stream) => void setTimeout(() => stream.close(), cutAfterMs) });
    return Promise.resolve(new Response(body));
  });
  await heard(6 * (cutAfterMs + 1_000) + 500);
  expect(asked).toHaveLength(7);
});
