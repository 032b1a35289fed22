/** Bucket `n` counts what took up to 1.1^n microseconds, as Apollo Studio wants it. */
const bucketsMax = 384;
const base = Math.log(1.1);

export class LatencyHistogram {
  readonly #counts: number[] = [];

  add(seconds: number): void {
    const bucket = Math.min(bucketsMax - 1, Math.max(0, Math.ceil(Math.log(seconds * 1e6) / base)));
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
  }

  /** Counts from the first bucket on, with runs of empty buckets as one negative number. */
  toArray(): number[] {
    const out: number[] = [];
    let empty = 0;
    for (let bucket = 0; bucket < this.#counts.length; bucket++) {
      const count = this.#counts[bucket] ?? 0;
      if (count === 0) {
        empty++;
        continue;
      }
      if (empty > 0) out.push(empty === 1 ? 0 : -empty);
      out.push(count);
      empty = 0;
    }
    return out;
  }
}
