import { LRUCache } from 'lru-cache';
import { isObject } from '../execute/run.ts';
import type { GraphQLParams } from '../http/params.ts';
import { RequestError } from '../report/errors.ts';
import { sha256 } from './documents.ts';
import type { Manifest } from './manifest.ts';

/** What happens with operations that are not in the manifest: nothing, a line in the log, or a refusal. */
export type PersistedMode = 'off' | 'log' | 'require';

export interface Resolved {
  readonly text: string;
  /** Named by id or hash, so that a GET of it can be cached. */
  readonly persisted: boolean;
  /** Not in the manifest although `require` is on: only questions about the schema may be asked this way. */
  readonly introspectionOnly: boolean;
}

export interface Operations {
  /** @throws RequestError PERSISTED_QUERY_NOT_FOUND or PERSISTED_QUERY_REQUIRED */
  resolve(params: GraphQLParams): Resolved;
  setManifest(manifest: Manifest): void;
  /** Texts of all persisted operations, for warming. */
  texts(): Iterable<string>;
}

/** Characters of automatically persisted texts that are kept. */
const keptCharacters = 16 * 1024 * 1024;

export function createOperations(mode: PersistedMode, unknown: (text: string) => void): Operations {
  let manifest: Manifest = new Map();
  let texts = new Set<string>();
  const automatic = new LRUCache<string, string>({
    maxSize: keptCharacters,
    sizeCalculation: (text) => text.length + 100,
  });

  function byHash(hash: string, text: string | undefined): string {
    if (text === undefined) {
      const known = manifest.get(hash) ?? automatic.get(hash);
      if (known === undefined) throw notFound();
      return known;
    }
    if (sha256(text) !== hash) throw new RequestError('BAD_REQUEST', 'The hash is not the SHA-256 of the query.');
    if (mode !== 'require') automatic.set(hash, text);
    return text;
  }

  return {
    resolve({ query, id, extensions }) {
      if (id !== undefined) {
        const text = manifest.get(id);
        if (text === undefined) throw notFound();
        return { text, persisted: true, introspectionOnly: false };
      }
      const hash = hashOf(extensions);
      const text = hash === undefined ? (query as string) : byHash(hash, query);
      if (mode === 'off' || texts.has(text)) return { text, persisted: hash !== undefined, introspectionOnly: false };
      if (mode === 'log') unknown(text);
      return { text, persisted: hash !== undefined, introspectionOnly: mode === 'require' };
    },
    setManifest(next) {
      manifest = next;
      texts = new Set(next.values());
    },
    texts: () => texts,
  };
}

function hashOf(extensions: Record<string, unknown>): string | undefined {
  const persisted = extensions.persistedQuery;
  if (persisted === undefined || persisted === null) return undefined;
  if (!isObject(persisted) || typeof persisted.sha256Hash !== 'string' || persisted.version !== 1) {
    throw new RequestError('BAD_REQUEST', '"extensions.persistedQuery" must be { version: 1, sha256Hash }.');
  }
  return persisted.sha256Hash;
}

/** The message is the one that clients of automatic persisted queries look for. */
const notFound = (): RequestError => new RequestError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound', 200);

export const persistedRequired = (): RequestError =>
  new RequestError('PERSISTED_QUERY_REQUIRED', 'Only operations registered beforehand are answered here.', 403);
