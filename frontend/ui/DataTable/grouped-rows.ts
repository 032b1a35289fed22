import type { Row } from './definition.ts';
import type { Group, GroupRowData } from './group-row-data.ts';
import type { ListRows, RowWindows } from './windows.ts';

const pageSize = 200;

export interface GroupSource {
  /** A page of groups, in order; `total` is how many there are. */
  groups(at: number, first: number): Promise<{ readonly groups: readonly Group[]; readonly total: number }>;
  /** The rows of one group, which may fall into groups themselves. */
  rows(key: string | null, count: number): RowWindows | GroupedRows;
}

/**
 * A list in groups, as one sequence of rows: heads of groups, and behind the open ones the rows that belong to them.
 * The rows of an open group come in windows of their own, so that a group may be as large as the list; or in groups of their
 * own, whose heads stand one level below.
 */
export class GroupedRows implements ListRows {
  readonly #source: GroupSource;
  readonly #listeners = new Set<() => void>();
  readonly #pending = new Set<number>();
  readonly #heads = new Map<number, GroupRowData>();
  #groups: Group[] = [];
  readonly #within: readonly (string | null)[];
  #open = new Map<number, RowWindows | GroupedRows>();
  #groupCount = -1;
  #version = 0;
  #fault: unknown = null;
  listTop = 0;

  constructor(source: GroupSource, within: readonly (string | null)[] = []) {
    this.#source = source;
    this.#within = within;
  }

  get total(): number {
    if (this.#groupCount < 0) return -1;
    let rows = this.#groupCount;
    for (const [at, open] of this.#open) rows += this.#size(at, open);
    return rows;
  }

  /** How many rows stand below an open group; none until it is known into how many groups it falls. */
  #size(at: number, open: RowWindows | GroupedRows): number {
    return open instanceof GroupedRows ? open.reachable : (this.#groups[at]?.count ?? 0);
  }

  get reachable(): number {
    return Math.max(0, this.total);
  }

  get fault(): unknown {
    return this.#fault ?? [...this.#open.values()].find(({ fault }) => fault !== null)?.fault ?? null;
  }

  get version(): number {
    return this.#version;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  row(index: number): Row | undefined {
    const { group, offset } = this.#locate(index);
    return offset < 0 ? this.#head(group) : this.#open.get(group)?.row(offset);
  }

  /** Opens a group or closes it, on whatever level it is. */
  toggle(id: string): void {
    const at = this.#groups.findIndex((group) => group && this.#idOf(group) === id);
    const group = this.#groups[at];
    if (!group) {
      for (const open of this.#open.values()) if (open instanceof GroupedRows) open.toggle(id);
      return;
    }
    this.#heads.delete(at);
    if (!this.#open.delete(at)) {
      const rows = this.#source.rows(group.key, group.count);
      rows.subscribe(() => this.#changed());
      rows.count();
      this.#open.set(at, rows);
      this.#open = new Map([...this.#open].sort(([one], [other]) => one - other));
    }
    this.#changed();
  }

  show(first: number, last: number, forward: boolean): void {
    if (this.#groupCount < 0) return this.#load(0);
    const from = this.#locate(first);
    const to = this.#locate(Math.max(first, last));
    for (let page = Math.floor(from.group / pageSize); page <= Math.floor(to.group / pageSize); page += 1) {
      if (!this.#groups[page * pageSize]) this.#load(page * pageSize);
    }
    for (const [at, rows] of this.#open) {
      if (at < from.group || at > to.group) continue;
      const end = Math.max(0, this.#size(at, rows) - 1);
      rows.show(
        at === from.group ? Math.max(0, from.offset) : 0,
        at === to.group ? Math.max(0, to.offset) : end,
        forward,
      );
    }
  }

  count(): void {
    if (this.#groupCount < 0) this.#load(0);
  }

  refresh(): void {
    for (const at of new Set(this.#groups.flatMap((group, at) => (group ? [at - (at % pageSize)] : []))))
      this.#load(at);
    for (const rows of this.#open.values()) rows.refresh();
  }

  retry(): void {
    this.#fault = null;
    for (const rows of this.#open.values()) rows.retry();
    this.#changed();
  }

  replace(row: Row): void {
    for (const rows of this.#open.values()) rows.replace(row);
  }

  /** The group that a row belongs to, and its place in it; -1 for the head itself. */
  #locate(index: number): { readonly group: number; readonly offset: number } {
    let before = 0;
    for (const [at, open] of this.#open) {
      const head = at + before;
      if (index <= head) break;
      const count = this.#size(at, open);
      if (index <= head + count) return { group: at, offset: index - head - 1 };
      before += count;
    }
    return { group: index - before, offset: -1 };
  }

  #head(at: number): GroupRowData | undefined {
    const group = this.#groups[at];
    if (!group) return undefined;
    let head = this.#heads.get(at);
    if (!head) {
      head = { id: this.#idOf(group), group: { ...group, open: this.#open.has(at), within: this.#within } };
      this.#heads.set(at, head);
    }
    return head;
  }

  #load(at: number): void {
    if (this.#pending.has(at)) return;
    this.#pending.add(at);
    this.#source.groups(at, pageSize).then(
      ({ groups, total }) => {
        this.#pending.delete(at);
        this.#fault = null;
        this.#groupCount = total;
        // A group that has moved stays open where it is now.
        const open = new Map([...this.#open].map(([index, rows]) => [this.#groups[index]?.key, rows]));
        for (const [index, group] of groups.entries()) this.#groups[at + index] = group;
        this.#groups.length = Math.min(this.#groups.length, total);
        const entries = this.#groups.flatMap((group, index) => {
          const rows = group && open.get(group.key);
          return rows ? [[index, rows] as const] : [];
        });
        this.#open = new Map(entries);
        this.#heads.clear();
        this.#changed();
      },
      (error) => {
        this.#pending.delete(at);
        this.#fault = error;
        this.#changed();
      },
    );
  }

  #idOf({ key }: Group): string {
    return ['group', ...this.#within, key].map((each) => each ?? '').join(':');
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
