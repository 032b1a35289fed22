import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noteFault } from './note-fault.ts';
import { reportErrors } from './report-errors.ts';

const sentry = vi.hoisted(() => ({
  init: vi.fn(),
  captureException: vi.fn(),
  linkedErrorsIntegration: vi.fn(),
  dedupeIntegration: vi.fn(),
}));
vi.mock('@sentry/nextjs', () => sentry);

beforeEach(() => {
  document.head.innerHTML = '';
  sentry.init.mockClear();
  sentry.captureException.mockClear();
});
afterEach(() => vi.useRealTimers());

const withDsn = () => {
  document.head.innerHTML = '<meta name="sentry-dsn" content="https://key@sentry.example/1">';
};

test('without a DSN nothing is loaded and nothing listens', () => {
  const listen = vi.spyOn(window, 'addEventListener');
  reportErrors();
  expect(listen).not.toHaveBeenCalled();
});

test('the first fault fetches the library and is not lost', async () => {
  withDsn();
  const stop = reportErrors();
  const fault = new Error('first');
  dispatchEvent(new ErrorEvent('error', { error: fault }));
  await vi.waitFor(() => expect(sentry.captureException).toHaveBeenCalledWith(fault));
  expect(sentry.init.mock.calls[0]?.[0]).toMatchObject({
    dsn: 'https://key@sentry.example/1',
    tunnel: '/fault-reports',
    tracesSampleRate: 0,
  });
  stop();
  expect(sentry.captureException).toHaveBeenCalledTimes(1);
});

test('faults from before the app listened are told, once', async () => {
  withDsn();
  const fault = new Error('early');
  window.earlyFaults = [fault];
  reportErrors()();
  await vi.waitFor(() => expect(sentry.captureException).toHaveBeenCalledWith(fault));
  reportErrors()();
  expect(sentry.captureException).toHaveBeenCalledTimes(1);
  expect(window.earlyFaults).toBeUndefined();
});

test('without faults it is fetched after ten quiet seconds', async () => {
  vi.useFakeTimers();
  withDsn();
  const stop = reportErrors();
  await vi.advanceTimersByTimeAsync(9_000);
  expect(sentry.init).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_500);
  vi.useRealTimers();
  await vi.waitFor(() => expect(sentry.init).toHaveBeenCalled());
  stop();
});

test('what an error boundary caught is told, unless the server told of it already', async () => {
  withDsn();
  const stop = reportErrors();
  const [ours, theirs] = [new Error('in the browser'), Object.assign(new Error('on the server'), { digest: '42' })];
  noteFault(theirs);
  noteFault(ours);
  await vi.waitFor(() => expect(sentry.captureException).toHaveBeenCalledWith(ours));
  expect(sentry.captureException).toHaveBeenCalledTimes(1);
  stop();
});
