import type { Metric, Registry } from 'prom-client';

export interface SeriesOptions<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly Label[];
}

interface Sample {
  readonly metricName?: string;
  readonly labels: Record<string, string>;
  readonly value: number;
}

/**
 * Series of one metric, by the values of its labels. A request adds to several of them, and prom-client's own would check and hash
 * the labels each time, which costs more than a small request does otherwise. Here they are plain numbers until somebody looks.
 */
class Series<Label extends string, One> {
  readonly #byLabels = new Map<string, { readonly labels: Record<string, string>; readonly one: One }>();
  readonly #options: SeriesOptions<Label>;
  readonly #make: () => One;

  constructor(
    registry: Registry,
    type: 'counter' | 'histogram',
    options: SeriesOptions<Label>,
    make: () => One,
    samples: (one: One, labels: Record<string, string>) => Sample[],
  ) {
    this.#options = options;
    this.#make = make;
    const { name, help } = options;
    const get = async () => ({
      name,
      help,
      type,
      aggregator: 'sum',
      values: [...this.#byLabels.values()].flatMap(({ one, labels }) => samples(one, labels)),
    });
    // All that a registry asks of a metric.
    registry.registerMetric({ name, get } as unknown as Metric);
  }

  /** The series of these values, in the order of the labels' names. */
  of(...values: string[]): One {
    const key = values.length === 1 ? (values[0] as string) : values.join('\0');
    let found = this.#byLabels.get(key);
    if (!found) {
      const labels = Object.fromEntries(this.#options.labelNames.map((label, i) => [label, values[i] ?? '']));
      found = { labels, one: this.#make() };
      this.#byLabels.set(key, found);
    }
    return found.one;
  }
}

export class Count {
  value = 0;

  inc(by = 1): void {
    this.value += by;
  }
}

/** What only ever grows. */
export class Counts<Label extends string> extends Series<Label, Count> {
  constructor(registry: Registry, options: SeriesOptions<Label>) {
    super(
      registry,
      'counter',
      options,
      () => new Count(),
      ({ value }, labels) => [{ labels, value }],
    );
  }
}

/** Upper bounds in seconds. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export class Timing {
  readonly buckets: number[] = Array(bounds.length + 1).fill(0);
  sum = 0;

  observe(seconds: number): void {
    let bucket = 0;
    while (bucket < bounds.length && seconds > (bounds[bucket] as number)) bucket++;
    (this.buckets[bucket] as number)++;
    this.sum += seconds;
  }
}

/** Seconds, in buckets. */
export class Timings<Label extends string> extends Series<Label, Timing> {
  constructor(registry: Registry, options: SeriesOptions<Label>) {
    const { name } = options;
    super(
      registry,
      'histogram',
      options,
      () => new Timing(),
      ({ buckets, sum }, labels) => {
        let count = 0;
        const inBuckets = buckets.map((more, i) => {
          count += more;
          return { metricName: `${name}_bucket`, labels: { le: String(bounds[i] ?? '+Inf'), ...labels }, value: count };
        });
        return [
          ...inBuckets,
          { metricName: `${name}_sum`, labels, value: sum },
          { metricName: `${name}_count`, labels, value: count },
        ];
      },
    );
  }
}
