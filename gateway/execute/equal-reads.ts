/** Reads under way where nothing is kept: whoever asks the same as somebody before him waits for the same answer. */
export class EqualReads<T> {
  readonly #underWay = new Map<string, Promise<T>>();
  readonly #joined: () => void;

  /** @param joined told of everybody who waits for another's answer. */
  constructor(joined: () => void) {
    this.#joined = joined;
  }

  /** @param key stands for everything that the answer depends on. */
  get(key: string, read: () => Promise<T>): Promise<T> {
    const other = this.#underWay.get(key);
    if (other) {
      this.#joined();
      return other;
    }
    const mine = read().finally(() => {
      if (this.#underWay.get(key) === mine) this.#underWay.delete(key);
    });
    this.#underWay.set(key, mine);
    return mine;
  }

  /** Something was written, or an event told of it: what began before is for nobody who asks from now on. */
  changed(): void {
    this.#underWay.clear();
  }
}
