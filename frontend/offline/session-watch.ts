import { pageOwner, signInAgain } from './session.ts';

// A browser has one session for all its tabs. A tab whose session was taken by another one says so at once, before anything on it
// is taken for the company or the person that are there now.

const key = 'valeo.session';

/** Tells the other tabs whose session this browser has. */
export function noteSession(owner: string): void {
  try {
    localStorage.setItem(key, owner);
  } catch {
    // Without room or permission the others learn of it from what the server refuses.
  }
}

/** Watches for a session of somebody else; `isLost` tells whether the page goes without its own. Returns the way to stop. */
export function watchSession(): { stop: () => void; isLost: () => boolean } {
  const owner = pageOwner()?.owner;
  let lost = false;
  const onStorage = async (event: StorageEvent) => {
    if (event.key !== key || !event.newValue) return;
    lost = event.newValue !== owner;
    if (lost && (await signInAgain())) lost = false;
  };
  if (owner) {
    noteSession(owner);
    addEventListener('storage', onStorage);
  }
  return { stop: () => removeEventListener('storage', onStorage), isLost: () => lost };
}
