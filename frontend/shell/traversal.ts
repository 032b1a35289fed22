const settledMs = 3000;
let traversedAt = Number.NEGATIVE_INFINITY;

if (typeof window !== 'undefined') {
  window.addEventListener('popstate', () => {
    traversedAt = performance.now();
  });
}

/** Whether the page that is being shown was reached by going back or forward: it then looks as it was left. */
export const cameBack = (): boolean => performance.now() - traversedAt < settledMs;
