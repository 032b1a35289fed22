/** Whether the server can be reached. The front answers this itself, however busy the rest is. */
export const isThere = (): Promise<boolean> =>
  fetch('/health/live', { cache: 'no-store' }).then(
    (answer) => answer.ok,
    () => false,
  );
