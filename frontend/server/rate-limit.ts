/** Lets each key do something so many times a minute. Remembers a bounded number of keys, and only for a minute. */
export class RateLimit {
  readonly #perMinute: number;
  readonly #keysMax: number;
  readonly #now: () => number;
  #counts = new Map<string, number>();
  #minute = 0;

  constructor(perMinute: number, keysMax = 10_000, now: () => number = Date.now) {
    this.#perMinute = perMinute;
    this.#keysMax = keysMax;
    this.#now = now;
  }

  allows(key: string): boolean {
    const minute = Math.floor(this.#now() / 60_000);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#counts = new Map();
    }
    const count = this.#counts.get(key) ?? 0;
    // Whoever comes when there is no room left to count has to wait as well.
    if (count >= this.#perMinute || (count === 0 && this.#counts.size >= this.#keysMax)) return false;
    this.#counts.set(key, count + 1);
    return true;
  }
}
