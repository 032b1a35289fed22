import { RequestError } from '../report/errors.ts';

/** Requests that are being answered: beyond what can be answered in time, a quick refusal is worth more than a late answer. */
export class Places {
  readonly #max: number;
  #taken = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get taken(): number {
    return this.#taken;
  }

  /** @throws RequestError OVERLOADED (503) when all are taken. */
  check(): void {
    if (this.#taken < this.#max) return;
    throw new RequestError('OVERLOADED', 'Too many requests at once. Try again in a moment.', 503, {
      headers: { 'retry-after': '1' },
    });
  }

  /** @throws as `check`; otherwise `leave` has to follow. */
  enter(): void {
    this.check();
    this.#taken++;
  }

  leave(): void {
    this.#taken--;
  }
}

/** Event streams and WebSockets, which stay: of one caller only so many, or he could take the places of everybody. */
export class Standing {
  readonly #max: number;
  readonly #byCaller = new Map<string, number>();

  constructor(max: number) {
    this.#max = max;
  }

  /**
   * @returns to be called once, when the connection is over.
   * @throws RequestError OVERLOADED (503) when the caller has as many as one may have.
   */
  enter(who: string): () => void {
    const open = this.#byCaller.get(who) ?? 0;
    if (open >= this.#max) {
      throw new RequestError('OVERLOADED', 'Too many open connections of one caller.', 503, {
        headers: { 'retry-after': '1' },
      });
    }
    this.#byCaller.set(who, open + 1);
    return () => {
      const left = (this.#byCaller.get(who) ?? 1) - 1;
      if (left > 0) this.#byCaller.set(who, left);
      else this.#byCaller.delete(who);
    };
  }
}

/** A body that has not come to its end. */
export interface Arrival {
  readonly address: string;
  /** Ends it, and answers its sender so. */
  giveUp(): void;
}

/**
 * Bodies on their way. They take no place among the requests that are answered, so slow senders keep nobody out; and where too many
 * come at once, from one address or from all, the one that has been coming for longest is given up: it is the slowest.
 */
export class Arrivals {
  readonly #perAddressMax: number;
  readonly #max: number;
  readonly #all = new Set<Arrival>();
  readonly #byAddress = new Map<string, Set<Arrival>>();

  constructor(perAddressMax: number, max: number) {
    this.#perAddressMax = perAddressMax;
    this.#max = max;
  }

  add(arrival: Arrival): void {
    let own = this.#byAddress.get(arrival.address);
    if (!own) this.#byAddress.set(arrival.address, (own = new Set()));
    const crowd = own.size >= this.#perAddressMax ? own : this.#all.size >= this.#max ? this.#all : null;
    own.add(arrival);
    this.#all.add(arrival);
    const [oldest] = crowd ?? [];
    if (!oldest) return;
    this.remove(oldest);
    oldest.giveUp();
  }

  remove(arrival: Arrival): void {
    if (!this.#all.delete(arrival)) return;
    const own = this.#byAddress.get(arrival.address);
    own?.delete(arrival);
    if (own?.size === 0) this.#byAddress.delete(arrival.address);
  }
}
