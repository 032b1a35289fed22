import { useSyncExternalStore } from 'react';

/** Whether the server can be reached, as far as this tab has noticed. */
export interface Connection {
  readonly offline: boolean;
  /** When the page was kept that is shown in place of a current one. */
  readonly keptAt: string | null;
}

const online: Connection = { offline: false, keptAt: null };
let now = online;
const listeners = new Set<() => void>();

function become(next: Connection): void {
  if (next.offline === now.offline && next.keptAt === now.keptAt) return;
  now = next;
  for (const listener of listeners) listener();
}

/** A request found no server. */
export const lostConnection = (keptAt: string | null = now.keptAt): void => become({ offline: true, keptAt });

/** The server has answered. */
export const foundConnection = (): void => become(online);

export const useConnection = (): Connection =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => now,
    () => online,
  );
