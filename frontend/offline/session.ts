/** Who is signed in, as the page was rendered for: company and person, the address, the company alone. */
export interface PageOwner {
  /** `<company>.<person>`: what is kept in this browser is kept under it. */
  readonly owner: string;
  readonly email: string;
}

let bound: PageOwner | null = null;

/** Stays the one that the page was opened for: what is refreshed in it later may come from a session that another tab has begun. */
export function pageOwner(): PageOwner | null {
  const { owner, email = '' } = document.querySelector<HTMLElement>('[data-owner]')?.dataset ?? {};
  bound ??= owner ? { owner, email } : null;
  return owner ? bound : null;
}

/** Says whose page a request comes from: it is refused when somebody else is signed in by now, or another company is open. */
export function claim(): Record<string, string> {
  const page = pageOwner();
  return page ? { 'x-valeo-owner': page.owner } : {};
}

const leftKey = 'valeo.left';

/** Tells the other pages of this browser that their reader signs out. */
export function noteDeparture(): void {
  try {
    localStorage.setItem(leftKey, String(Date.now()));
  } catch {
    // Without room or permission the others do not learn of it.
  }
}

/** Whether the reader has signed out since this page was opened: nothing more of it may be kept in this browser. */
export function hasLeft(): boolean {
  try {
    return Number(localStorage.getItem(leftKey)) > performance.timeOrigin;
  } catch {
    return false;
  }
}

let ask: (() => Promise<boolean>) | null = null;
let asking: Promise<boolean> | null = null;

/** Says who asks for the password when a session has ended; null when nobody does. */
export function onSessionEnd(handler: (() => Promise<boolean>) | null): void {
  ask = handler;
}

/** Asks for the password in place, once for everything that waits for it. False when it was not given. */
export function signInAgain(): Promise<boolean> {
  asking ??= (ask?.() ?? Promise.resolve(false)).finally(() => {
    asking = null;
  });
  return asking;
}
