declare global {
  interface Window {
    /**
     * Faults that nobody has told of yet, kept by a script in the head of the document where an operator wants to know them; undefined
     * as soon as `reportErrors` listens.
     */
    earlyFaults?: unknown[];
  }
}

export const faultEvent = 'valeo-fault';

/** Tells of a fault that an error boundary caught. One that the server told of already has its digest and is left out. */
export function noteFault(error: Error & { digest?: string }): void {
  if (error.digest) return;
  if (window.earlyFaults) window.earlyFaults.push(error);
  else dispatchEvent(new CustomEvent(faultEvent, { detail: error }));
}
