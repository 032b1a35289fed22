import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { isObject } from '../execute/run.ts';

/** Operations that are known by an id: id to text. */
export type Manifest = ReadonlyMap<string, string>;

/**
 * Reads a manifest in any of the forms build tools write: an object of id to text, an array of `{ id, text | body | query }`,
 * or Apollo's `{ format, operations: [{ id, body }] }`.
 * @throws when an entry has no id or no text.
 */
export function parseManifest(json: string): Manifest {
  const value: unknown = JSON.parse(json);
  const list = isObject(value) && Array.isArray(value.operations) ? value.operations : value;
  if (Array.isArray(list)) return new Map(list.map(entryOf));
  if (!isObject(list)) throw new Error('a manifest of persisted operations is an object or an array');
  return new Map(
    Object.entries(list).map(([id, text]) => {
      if (typeof text !== 'string') throw new Error(`the persisted operation ${id} has no text`);
      return [id, text];
    }),
  );
}

function entryOf(value: unknown): [string, string] {
  const { id, text, body, query } = (isObject(value) ? value : {}) as Record<string, unknown>;
  const found = text ?? body ?? query;
  if (typeof id !== 'string' || typeof found !== 'string')
    throw new Error('a persisted operation needs an id and a text');
  return [id, found];
}

const pollMs = 2_000;

/** Reads a manifest file now and whenever it changes; a broken new version is reported and the old one stays. */
export function watchManifest(
  file: string,
  changed: (manifest: Manifest) => void,
  failed: (error: unknown) => void,
): () => void {
  const load = (): void => {
    try {
      changed(parseManifest(readFileSync(file, 'utf8')));
    } catch (error) {
      failed(error);
    }
  };
  load();
  watchFile(file, { interval: pollMs, persistent: false }, load);
  return () => unwatchFile(file, load);
}
