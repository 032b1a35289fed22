import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Source } from './source.ts';

/** Looks are taken at the file and not at events of the system, which mounted volumes do not give. */
const everyMs = 2_000;

/** A supergraph file, read again whenever it changes. */
export function fileSource(file: string): Source {
  let stop = (): void => {};
  return {
    kind: 'file',
    first: async () => readFileSync(file, 'utf8'),
    follow({ changed, failed }) {
      const look = (): void => void readFile(file, 'utf8').then(changed, failed);
      watchFile(file, { interval: everyMs, persistent: false }, look);
      stop = () => unwatchFile(file, look);
    },
    async close() {
      stop();
    },
  };
}
