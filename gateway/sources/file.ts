import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type FileState, fileState, followFile } from './follow-file.ts';
import type { Source } from './source.ts';

/** A supergraph file, read again whenever it changes. */
export function fileSource(file: string): Source {
  let read: FileState = null;
  let stop = (): void => {};
  return {
    kind: 'file',
    isComposedHere: false,
    async first() {
      read = fileState(file);
      return readFileSync(file, 'utf8');
    },
    follow({ changed, failed }) {
      stop = followFile(file, read, () => void readFile(file, 'utf8').then(changed, failed));
    },
    async close() {
      stop();
    },
  };
}
