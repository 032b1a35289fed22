import type { Tx } from './tenant-db.ts';

/** Work that one domain does when another's records change. Called by the relay in the worker, at least once. */
export interface Consumer {
  /** Unique: names the queue entry. */
  readonly name: string;
  /** Event type: `identity.Company`. */
  readonly on: string;
  readonly ops: readonly ('created' | 'updated' | 'deleted')[];
  /** Must do the same when called twice. `ids` is empty when more changed than an event can name. */
  run(tx: Tx, ids: readonly string[]): Promise<void>;
}
