const registerAfterMs = 4000;
const seen = 'valeo-seen';

/** Registers the service worker once the page has settled; without one everything works, only not offline. */
export function registerWorker(): () => void {
  if (!('serviceWorker' in navigator)) return () => {};
  const timer = setTimeout(() => {
    navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
  }, registerAfterMs);
  return () => clearTimeout(timer);
}

/** Forgets what was kept for offline reading; another company must not show it. */
export async function forgetSeen(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(seen);
}
