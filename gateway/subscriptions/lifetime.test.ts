import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Caller } from '../options.ts';
import type { RequestError } from '../report/errors.ts';
import { watchLifetime } from './lifetime.ts';

const caller: Caller = {
  tenantId: 't',
  userId: 'u',
  clientId: null,
  sessionId: 's',
  permissions: [],
  locale: 'en',
  budget: null,
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Watches a session that is looked at each second, and answers with why its connection was ended. */
function watch(isSessionActive: () => boolean): () => RequestError | undefined {
  const end = vi.fn<(reason: RequestError) => void>();
  watchLifetime(
    caller,
    null,
    { jwks: () => ({ keys: [] }), isSessionActive, sessionCheckMs: 1_000, sessionBelievedMs: 10_000 },
    end,
  );
  return () => end.mock.calls[0]?.[0];
}

test('a session that cannot be looked at for a moment is believed', async () => {
  let isAway = false;
  const reason = watch(() => {
    if (isAway) throw new Error('The database is away');
    return true;
  });
  for (const away of [true, false, true]) {
    isAway = away;
    await vi.advanceTimersByTimeAsync(8_000);
  }
  expect(reason()).toBeUndefined();
});

test('for long it is not, and who listened may come again', async () => {
  const reason = watch(() => {
    throw new Error('The database is away');
  });
  await vi.advanceTimersByTimeAsync(12_000);
  expect(reason()).toMatchObject({ code: 'GATEWAY_UNAVAILABLE', status: 503 });
});

test('a session that was ended after such a moment ends the connection for good', async () => {
  let look = (): boolean => {
    throw new Error('The database is away');
  };
  const reason = watch(() => look());
  await vi.advanceTimersByTimeAsync(3_000);
  look = () => false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(reason()).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
});
