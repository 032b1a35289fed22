import { faultEvent } from './note-fault.ts';

const idleMs = 10_000;
const bufferMax = 20;
/** Part of every page of a session may break at once; more of them tell no more. */
const sentMax = 30;
/**
 * Sends faults of the app to Sentry when an operator has set a DSN, by way of our own server. The library is fetched at the
 * first fault or after ten quiet seconds, so that nobody waits for it; faults before that are kept. No personal data goes along.
 */
export function reportErrors(): () => void {
  const content = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content;
  const dsn = content('sentry-dsn');
  if (!dsn) return () => {};
  const early: unknown[] = [];
  let send: ((error: unknown) => void) | null = null;
  let loading = false;
  let sent = 0;

  const load = async () => {
    if (loading) return;
    loading = true;
    try {
      const { startSentry } = await import('./sentry-browser.ts');
      send = startSentry(dsn, content('release'));
      for (const error of early.splice(0)) send(error);
    } catch {
      // Without a connection the next fault tries again.
      loading = false;
    }
  };
  const note = (error: unknown) => {
    sent += 1;
    if (sent > sentMax) return;
    if (send) send(error);
    else if (early.length < bufferMax) early.push(error);
    void load();
  };
  const onError = (event: ErrorEvent) => note(event.error ?? event.message);
  const onRejection = (event: PromiseRejectionEvent) => note(event.reason);
  const onFault = (event: Event) => note((event as CustomEvent).detail);
  const timer = setTimeout(load, idleMs);
  window.addEventListener('error', onError);
  window.addEventListener('unhandledrejection', onRejection);
  window.addEventListener(faultEvent, onFault);
  for (const fault of window.earlyFaults ?? []) note(fault);
  window.earlyFaults = undefined;
  return () => {
    clearTimeout(timer);
    window.removeEventListener('error', onError);
    window.removeEventListener('unhandledrejection', onRejection);
    window.removeEventListener(faultEvent, onFault);
  };
}
