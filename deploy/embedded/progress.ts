/** Lines for the operator while the installation starts, with the seconds since its beginning. */
export interface Progress {
  line(text: string): void;
}

export function startProgress(write: (text: string) => void = console.log): Progress {
  const startedAt = performance.now();
  return {
    line: (text) => write(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${text}`),
  };
}
