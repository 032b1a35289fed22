import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Looks are taken at the file and not at events of the system, which mounted volumes do not give. */
const everyMs = 2_000;

/** Tells one content of a file from the next; null when there is no file. */
export type FileState = string | null;

const told = ({ mtimeMs, size, ino }: { mtimeMs: number; size: number; ino: number }): FileState =>
  `${mtimeMs} ${size} ${ino}`;

/** To be taken before the file is read, so that what changes meanwhile is seen as a change. */
export function fileState(file: string): FileState {
  try {
    return told(statSync(file));
  } catch {
    return null;
  }
}

/** Calls back whenever the file is no longer what it was when it was read, also when it is gone. */
export function followFile(file: string, read: FileState, changed: () => void, lookEveryMs = everyMs): () => void {
  let seen = read;
  const timer = setInterval(async () => {
    const now = await stat(file).then(told, () => null);
    if (now === seen) return;
    seen = now;
    changed();
  }, lookEveryMs).unref();
  return () => clearInterval(timer);
}
