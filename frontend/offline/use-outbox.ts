import { useEffect, useState } from 'react';
import { pageOwner } from './session.ts';
import { OUTBOX_CHANNEL, outboxOf } from './store.ts';
import type { Write } from './write.ts';

/** What waits to be sent, kept current across tabs; null until it is known. */
export function useOutbox(): readonly Write[] | null {
  const [writes, setWrites] = useState<readonly Write[] | null>(null);
  useEffect(() => {
    const owner = pageOwner()?.owner;
    if (!owner || !('indexedDB' in globalThis)) return setWrites([]);
    const read = () =>
      outboxOf(owner)
        .writes()
        .then(setWrites, () => setWrites([]));
    const channel = new BroadcastChannel(OUTBOX_CHANNEL);
    channel.onmessage = read;
    void read();
    return () => channel.close();
  }, []);
  return writes;
}
