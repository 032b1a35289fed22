/** Work that waits and is taken in turns from everybody who has brought some: whoever brings much waits behind his own. */
export class Turns<T> {
  readonly #max: number;
  /** By who brought it; whose turn is next stands first. */
  readonly #lines = new Map<string, T[]>();
  #size = 0;

  /** @param max that may wait in all. */
  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#size;
  }

  /** @returns what has to give way where too much waits: the last of whoever has most, which may be this very one. */
  add(who: string, item: T): T | null {
    let longest = this.#lines.get(who);
    if (longest) longest.push(item);
    else this.#lines.set(who, (longest = [item]));
    this.#size++;
    if (this.#size <= this.#max) return null;
    for (const line of this.#lines.values()) if (line.length > longest.length) longest = line;
    this.#size--;
    return longest.pop() ?? null;
  }

  take(): T | undefined {
    for (const [who, line] of this.#lines) {
      this.#lines.delete(who);
      const item = line.shift();
      if (line.length > 0) this.#lines.set(who, line);
      if (item === undefined) continue;
      this.#size--;
      return item;
    }
    return undefined;
  }
}
