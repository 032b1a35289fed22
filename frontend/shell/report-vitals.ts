import type { VitalName, Vitals } from '#measure/vitals.ts';

/**
 * Tells the server how the visit that began at this path felt, once, when the page is left or put aside: five figures and the path, which
 * the server turns into a route. Only visits that the server has drawn by lot measure anything.
 */
export async function reportVitals(path: string): Promise<void> {
  if (!document.querySelector('meta[name="web-vitals"]')) return;
  const vitals: { -readonly [Name in VitalName]?: number } = {};
  let told = false;
  const tell = () => {
    if (document.visibilityState !== 'hidden' || told || Object.keys(vitals).length === 0) return;
    told = true;
    navigator.sendBeacon('/web-vitals', JSON.stringify({ path, vitals: vitals satisfies Vitals }));
  };
  const { onCLS, onFCP, onINP, onLCP, onTTFB } = await import('web-vitals');
  for (const observe of [onCLS, onFCP, onINP, onLCP, onTTFB]) {
    observe(({ name, value }: { name: VitalName; value: number }) => {
      vitals[name] = Math.round(value * 10_000) / 10_000;
    });
  }
  // After those of the library, which settle their figures in the same event.
  document.addEventListener('visibilitychange', tell);
}
