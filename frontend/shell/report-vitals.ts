import type { VitalName, Vitals } from '#measure/vitals.ts';
import { whenSettled } from '#ui/when-settled.ts';

/** The library is fetched when the page has long settled; what happened before, the browser remembers. */
const settledAfterMs = 5_000;

/**
 * Tells the server how this visit felt, once, when the page is left or put aside: five figures and the path, which the server
 * turns into a route. Only visits that the server has drawn by lot measure anything.
 */
export function reportVitals(): () => void {
  if (!document.querySelector('meta[name="web-vitals"]')) return () => {};
  const { pathname: path } = location;
  const vitals: { -readonly [Name in VitalName]?: number } = {};
  let told = false;
  const tell = () => {
    if (document.visibilityState !== 'hidden' || told || Object.keys(vitals).length === 0) return;
    told = true;
    navigator.sendBeacon('/web-vitals', JSON.stringify({ path, vitals: vitals satisfies Vitals }));
  };
  const stop = whenSettled(async () => {
    const { onCLS, onFCP, onINP, onLCP, onTTFB } = await import('web-vitals');
    for (const observe of [onCLS, onFCP, onINP, onLCP, onTTFB]) {
      observe(({ name, value }: { name: VitalName; value: number }) => {
        vitals[name] = Math.round(value * 10_000) / 10_000;
      });
    }
    // After those of the library, which settle their figures in the same event.
    document.addEventListener('visibilitychange', tell);
  }, settledAfterMs);
  return () => {
    stop();
    document.removeEventListener('visibilitychange', tell);
  };
}
