import { Histogram, type Registry } from 'prom-client';
import { type RouteVitals, type VitalName, type Vitals, type VitalsSeen, vitalNames } from '../measure/vitals.ts';

/** Latest values that a percentile is taken of. */
const keptPerVital = 500;

/**
 * What browsers told of their visits, by route: whole counts for Prometheus, and the latest values for a percentile. It is kept
 * in the memory of this process and names nobody.
 */
export class VitalsByRoute implements VitalsSeen {
  readonly since = new Date();
  readonly #routes = new Map<string, { visits: number; values: Map<VitalName, number[]> }>();
  readonly #seconds: Histogram<'route' | 'vital'>;
  readonly #shift: Histogram<'route'>;

  constructor(registry: Registry) {
    this.#seconds = new Histogram({
      name: 'web_vital_seconds',
      help: 'Web vitals of visits as browsers measured them: TTFB, FCP, LCP, INP',
      labelNames: ['route', 'vital'],
      buckets: [0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2, 1.8, 2.5, 4, 8],
      registers: [registry],
    });
    this.#shift = new Histogram({
      name: 'web_vital_layout_shift',
      help: 'Cumulative layout shift (CLS) of visits',
      labelNames: ['route'],
      buckets: [0.001, 0.01, 0.05, 0.1, 0.25, 0.5],
      registers: [registry],
    });
  }

  add(route: string, vitals: Vitals): void {
    let of = this.#routes.get(route);
    if (!of) {
      of = { visits: 0, values: new Map() };
      this.#routes.set(route, of);
    }
    for (const name of vitalNames) {
      const value = vitals[name];
      if (value === undefined) continue;
      let values = of.values.get(name);
      if (!values) {
        values = [];
        of.values.set(name, values);
      }
      values.push(value);
      if (values.length > keptPerVital) values.shift();
      if (name === 'CLS') this.#shift.observe({ route }, value);
      else this.#seconds.observe({ route, vital: name }, value / 1000);
    }
    of.visits += 1;
  }

  /** Routes by visits, the most visited first. */
  byRoute(): RouteVitals[] {
    return [...this.#routes]
      .map(([route, { visits, values }]) => ({
        route,
        visits,
        p75: Object.fromEntries([...values].map(([name, list]) => [name, percentile(list, 0.75)])) as Vitals,
      }))
      .sort((a, b) => b.visits - a.visits);
  }
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] as number;
}
