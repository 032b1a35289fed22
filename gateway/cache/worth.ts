import type { Kept } from './store.ts';
import type { Moment } from './versions.ts';

/** What an answer is worth: as long as the shortest-lived of its reads, until a change concerns any of them. */
export class Worth {
  readonly #tags = new Set<string>();
  #ageMaxMs = Number.POSITIVE_INFINITY;
  #at: Moment | null = null;
  #isShared = true;
  #asked = false;

  /** Something was read that is as good as this. */
  add({ tags, at }: Pick<Kept<unknown>, 'tags' | 'at'>, ageMaxMs: number, shared: boolean): void {
    for (const tag of tags) this.#tags.add(tag);
    // What was read at different times is as old as the oldest of it.
    if (this.#at && this.#at.epoch !== at.epoch) this.spoil();
    this.#at = this.#at
      ? { ...at, now: Math.min(this.#at.now, at.now), nowOfAll: Math.min(this.#at.nowOfAll, at.nowOfAll) }
      : at;
    this.#ageMaxMs = Math.min(this.#ageMaxMs, ageMaxMs);
    this.#isShared &&= shared;
  }

  /** A subgraph was asked. */
  asks(): void {
    this.#asked = true;
  }

  /** Whether everything was there already. */
  get isFound(): boolean {
    return !this.#asked;
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
  get(): { tags: string[]; at: Moment; ageMaxMs: number } | null {
    if (this.#ageMaxMs <= 0 || !this.#at) return null;
    return { tags: [...this.#tags], at: this.#at, ageMaxMs: this.#ageMaxMs };
  }
}
