import type { Outbox } from './replay.ts';
import type { Write } from './write.ts';

/** Tells other tabs and the page itself that the outbox changed. */
export const OUTBOX_CHANNEL = 'valeo-outbox';

const stores = ['writes', 'ids', 'drafts', 'lookups'] as const;
export type StoreName = (typeof stores)[number];

/** The database of the browser: what waits to be sent, what was typed, and what can be looked up. */
export function openStore(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('valeo', 1);
    opening.onupgradeneeded = () => {
      for (const name of stores) opening.result.createObjectStore(name, { keyPath: ['owner', 'id'] });
    };
    opening.onsuccess = () => {
      opening.result.onversionchange = () => opening.result.close();
      resolve(opening.result);
    };
    opening.onerror = () => reject(opening.error);
  });
}

/** Runs work in one transaction and resolves once it is on disk. */
export async function inStore<T>(
  names: StoreName | readonly StoreName[],
  mode: IDBTransactionMode,
  work: (transaction: IDBTransaction) => IDBRequest<T> | undefined,
): Promise<T> {
  const database = await openStore();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(names, mode, { durability: 'strict' });
    const request = work(transaction);
    const ended = () => {
      database.close();
      if (transaction.error) reject(transaction.error);
      else resolve(request?.result as T);
    };
    transaction.oncomplete = ended;
    transaction.onabort = ended;
  });
}

/** Under which the files of a form are kept beside its draft. */
export const filesOfDraft = (draftId: string): string => `${draftId} files`;

const keysOf = (owner: string) => IDBKeyRange.bound([owner], [owner, []]);

/** Everything that one owner keeps under a name. */
export const allOf = <T>(owner: string, name: StoreName): Promise<T[]> =>
  inStore(name, 'readonly', (transaction) => transaction.objectStore(name).getAll(keysOf(owner)));

/**
 * Forgets what one owner has in this browser, for signing out and for another company. What somebody else has left here, whose session
 * has only ended, waits for them.
 */
export const forgetStore = (owner: string): Promise<undefined> =>
  inStore(stores, 'readwrite', (transaction) => {
    for (const name of stores) transaction.objectStore(name).delete(keysOf(owner));
    return undefined;
  });

/** The outbox of one owner. */
export function outboxOf(owner: string): Outbox {
  return {
    async writes() {
      return (await allOf<Write>(owner, 'writes')).sort((one, other) => one.order - other.order);
    },
    async realIds() {
      const known = await allOf<{ id: string; real: string }>(owner, 'ids');
      return new Map(known.map(({ id, real }) => [id, real]));
    },
    async save(write) {
      await inStore('writes', 'readwrite', (transaction) => transaction.objectStore('writes').put(write));
      changed();
    },
    async finish(write, realId) {
      await inStore(stores, 'readwrite', (transaction) => {
        transaction.objectStore('writes').delete([owner, write.id]);
        if (write.makes && realId) transaction.objectStore('ids').put({ owner, id: write.makes, real: realId });
        return undefined;
      });
      changed();
    },
  };
}

function changed(): void {
  const channel = new BroadcastChannel(OUTBOX_CHANNEL);
  channel.postMessage(null);
  channel.close();
}
