import { LRUCache } from 'lru-cache';
import { concernsAll, type DataEvent, isOfRecord, tagsOf } from './tags.ts';

/** Whose eyes something is read with: who sees his own writes at once. */
export interface Reader {
  readonly tenantId: string;
  /** The user or API client. */
  readonly who: string;
}

/** A moment: what is loaded from it on holds every change up to these numbers. Numbers of other epochs say nothing. */
export interface Moment {
  readonly epoch: string;
  /** Of the company. */
  readonly now: number;
  /** Of what belongs to none. */
  readonly nowOfAll: number;
}

/** What was known of changes at one moment. */
export interface Stamp extends Moment {
  /** Numbers of the last changes of the tags asked for, in their order. */
  readonly changes: readonly number[];
  /** Number of the reader's own last write: what he reads must have been loaded at it or after. */
  readonly written: number;
}

/** Whether nothing that depends on these tags has changed between the moment and the stamp, which was taken for them. */
export function isUnchanged(tags: readonly string[], since: Moment, { epoch, changes, written }: Stamp): boolean {
  return (
    since.epoch === epoch &&
    since.now >= written &&
    tags.every((tag, i) => (changes[i] as number) <= (concernsAll(tag) ? since.nowOfAll : since.now))
  );
}

/** Knows what has changed. */
export interface Versions {
  /** Null when it cannot be known: then nothing kept may be used. */
  stamp(reader: Reader, tags: readonly string[]): Stamp | null | Promise<Stamp | null>;
  /** Data changed. */
  changed(event: DataEvent): void;
  /** The reader wrote something; kept from now on. False when not everybody could be told: this one knows nevertheless. */
  written(reader: Reader): boolean | Promise<boolean>;
  /** Changes may have been missed: nothing known before counts any more. */
  lost(): void;
}

/** Companies whose changes are counted, and readers whose writes are remembered; a forgotten one is taken for changed. */
const tenantsMax = 20_000;
const readersMax = 50_000;
/** Records whose last changes are remembered; all others are taken for changed when the last of them was forgotten. */
const recordsMax = 100_000;

/** For one gateway alone. */
export function memoryVersions(): Versions {
  let now = 0;
  // What is forgotten may have changed up to here.
  let forgotten = 0;
  let forgottenRecords = 0;
  const tenants = new LRUCache<string, { readonly since: number; readonly changes: Map<string, number> }>({
    max: tenantsMax,
  });
  const records = new LRUCache<string, number>({
    max: recordsMax,
    dispose: (at, _, reason) => {
      if (reason === 'evict') forgottenRecords = Math.max(forgottenRecords, at);
    },
  });
  const writes = new LRUCache<string, number>({
    max: readersMax,
    dispose: (at, _, reason) => {
      if (reason === 'evict') forgotten = Math.max(forgotten, at);
    },
  });
  const tenantOf = (tenantId: string) => {
    let tenant = tenants.get(tenantId);
    if (!tenant) {
      tenant = { since: ++now, changes: new Map() };
      tenants.set(tenantId, tenant);
    }
    return tenant;
  };
  return {
    stamp({ tenantId, who }, tags) {
      const [own, all] = [tenantOf(tenantId), tenantOf('')];
      const changeOf = (tag: string): number => {
        const isOfAll = concernsAll(tag);
        const { since, changes } = isOfAll ? all : own;
        const last = isOfRecord(tag)
          ? (records.peek(`${isOfAll ? '' : tenantId} ${tag}`) ?? forgottenRecords)
          : (changes.get(tag) ?? 0);
        return Math.max(since, last);
      };
      return {
        epoch: '',
        changes: tags.map(changeOf),
        now,
        nowOfAll: now,
        written: writes.get(`${tenantId} ${who}`) ?? forgotten,
      };
    },
    changed(event) {
      const { changes } = tenantOf(event.tenantId);
      now++;
      for (const tag of tagsOf(event)) {
        if (isOfRecord(tag)) records.set(`${event.tenantId} ${tag}`, now);
        else changes.set(tag, now);
      }
    },
    written({ tenantId, who }) {
      writes.set(`${tenantId} ${who}`, ++now);
      return true;
    },
    lost: () => tenants.clear(),
  };
}
