import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isObject } from '../execute/run.ts';
import { fileState, followFile } from '../sources/follow-file.ts';

/** Operations that are known by an id: id to text. */
export type Manifest = ReadonlyMap<string, string>;

/** What happens with operations that are not in a manifest: nothing, a line in the log, or a refusal. */
export type PersistedMode = 'off' | 'log' | 'require';

const modes: readonly PersistedMode[] = ['off', 'log', 'require'];

/** The operations of one API client, and what holds for its others where that differs from everybody else's. */
export interface ClientManifest {
  readonly operations: Manifest;
  readonly mode: PersistedMode | null;
}

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

/**
 * Reads the manifest of one client: any of the forms above, in which `mode` beside `operations` holds for this client.
 * @throws when it cannot be read as one.
 */
export function parseClientManifest(json: string): ClientManifest {
  const value: unknown = JSON.parse(json);
  const given = isObject(value) && 'operations' in value ? value.mode : undefined;
  const mode = modes.find((one) => one === given) ?? null;
  if (given !== undefined && mode === null) throw new Error(`"mode" must be ${modes.join(', ')}`);
  const operations = isObject(value) && isObject(value.operations) ? value.operations : value;
  return { operations: parseManifest(JSON.stringify(operations)), mode };
}

const pollMs = 2_000;

/**
 * Reads the manifests of API clients, `<client id>.json` in a folder, now and whenever one changes, comes or goes. A broken one is
 * reported and what its client had before stays.
 */
export function watchClientManifests(
  folder: string,
  changed: (manifests: ReadonlyMap<string, ClientManifest>) => void,
  failed: (error: unknown, file: string) => void,
): () => void {
  let seen = new Map<string, number>();
  let manifests = new Map<string, ClientManifest>();
  const look = (): void => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const times = new Map(files.map((name) => [name, statSync(path.join(folder, name)).mtimeMs]));
    if (times.size === seen.size && files.every((name) => times.get(name) === seen.get(name))) return;
    const next = new Map<string, ClientManifest>();
    for (const name of files) {
      const client = name.slice(0, -'.json'.length);
      const before = manifests.get(client);
      try {
        const isSame = before && times.get(name) === seen.get(name);
        next.set(client, isSame ? before : parseClientManifest(readFileSync(path.join(folder, name), 'utf8')));
      } catch (error) {
        failed(error, name);
        if (before) next.set(client, before);
      }
    }
    seen = times;
    manifests = next;
    changed(next);
  };
  let told: string | null = null;
  const lookAgain = (): void => {
    try {
      look();
      told = null;
    } catch (error) {
      const fault = String(error);
      // What stays as it is has been told.
      if (fault !== told) failed(error, folder);
      told = fault;
    }
  };
  lookAgain();
  const timer = setInterval(lookAgain, pollMs).unref();
  return () => clearInterval(timer);
}

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
  const read = fileState(file);
  load();
  return followFile(file, read, load);
}
