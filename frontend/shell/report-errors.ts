const idleMs = 10_000;
const bufferMax = 20;

/**
 * Sends faults of the app to Sentry when an operator has set a DSN. The library is fetched at the first fault or after
 * ten quiet seconds, so that nobody waits for it; faults before that are kept. No personal data goes along.
 */
export function reportErrors(): () => void {
  const dsn = document.querySelector<HTMLMetaElement>('meta[name="sentry-dsn"]')?.content;
  if (!dsn) return () => {};
  const early: unknown[] = [];
  let send: ((error: unknown) => void) | null = null;
  let loading = false;

  const load = async () => {
    if (loading) return;
    loading = true;
    const sentry = await import('@sentry/nextjs');
    sentry.init({ dsn, defaultIntegrations: false, integrations: [], tracesSampleRate: 0 });
    send = (error) => void sentry.captureException(error);
    for (const error of early.splice(0)) send(error);
  };
  const note = (error: unknown) => {
    if (send) send(error);
    else if (early.length < bufferMax) early.push(error);
    void load();
  };
  const onError = (event: ErrorEvent) => note(event.error ?? event.message);
  const onRejection = (event: PromiseRejectionEvent) => note(event.reason);
  const timer = setTimeout(load, idleMs);
  window.addEventListener('error', onError);
  window.addEventListener('unhandledrejection', onRejection);
  return () => {
    clearTimeout(timer);
    window.removeEventListener('error', onError);
    window.removeEventListener('unhandledrejection', onRejection);
  };
}
