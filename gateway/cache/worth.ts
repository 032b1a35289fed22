import type { Kept } from './store.ts';

/** What an answer is worth: as long as the shortest-lived of its reads, until a change concerns any of them. */
export class Worth {
  readonly #versions = new Map<string, string>();
  #ageMaxMs = Number.POSITIVE_INFINITY;
  #at = Number.POSITIVE_INFINITY;
  #isShared = true;

  /** Something was read that is as good as these values. */
  add(
    { tags, versions, at }: Pick<Kept<unknown>, 'tags' | 'versions' | 'at'>,
    ageMaxMs: number,
    shared: boolean,
  ): void {
    tags.forEach((tag, i) => {
      const version = versions[i] as string;
      const known = this.#versions.get(tag);
      // Two reads saw two states: the answer is given once.
      if (known !== undefined && known !== version) this.spoil();
      this.#versions.set(tag, version);
    });
    this.#at = Math.min(this.#at, at);
    this.#ageMaxMs = Math.min(this.#ageMaxMs, ageMaxMs);
    this.#isShared &&= shared;
  }

  /** Something was read that nobody may keep. */
  spoil(): void {
    this.#ageMaxMs = 0;
  }

  /** Whether every caller of the company with the same rights would have got the same. */
  get isShared(): boolean {
    return this.#isShared;
  }

  /** Null when it must not be kept. */
  get(): { tags: string[]; versions: string[]; at: number; ageMaxMs: number } | null {
    if (this.#ageMaxMs <= 0 || this.#versions.size === 0) return null;
    return {
      tags: [...this.#versions.keys()],
      versions: [...this.#versions.values()],
      at: this.#at,
      ageMaxMs: this.#ageMaxMs,
    };
  }
}
