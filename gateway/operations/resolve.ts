import { LRUCache } from 'lru-cache';
import { isObject } from '../execute/run.ts';
import { fragmentsOf } from '../execute/selection.ts';
import type { GraphQLParams } from '../http/params.ts';
import type { Limits } from '../options.ts';
import { RequestError } from '../report/errors.ts';
import { sha256 } from './documents.ts';
import { isIntrospection } from './introspection.ts';
import type { ClientManifest, Manifest, PersistedMode } from './manifest.ts';
import { chooseOperation, parseDocument } from './read-document.ts';

export interface Operations {
  /**
   * The text of what is asked for.
   * @param clientId the API client that asks, proven by its key.
   * @throws RequestError PERSISTED_QUERY_NOT_FOUND, or PERSISTED_QUERY_REQUIRED before anything else is said about a text.
   */
  resolve(params: GraphQLParams, clientId: string | null): string;
  /** Operations that everybody may name. */
  setManifest(manifest: Manifest): void;
  /** Operations of earlier builds, which everybody may still name by their ids. */
  setFormer(manifest: Manifest): void;
  /** Operations that one client may name as well, by client. */
  setClients(manifests: ReadonlyMap<string, ClientManifest>): void;
  /** Texts of all persisted operations, for warming. */
  texts(): Iterable<string>;
}

/** Characters of automatically persisted texts that are kept. */
const keptCharacters = 16 * 1024 * 1024;

/** What one caller may name, and what holds for its other operations. */
interface Known {
  readonly manifest: Manifest;
  readonly texts: ReadonlySet<string>;
  readonly mode: PersistedMode;
}

export function createOperations(mode: PersistedMode, limits: Limits, unknown: (text: string) => void): Operations {
  let everybody: Known = { manifest: new Map(), texts: new Set(), mode };
  let former: Manifest = new Map();
  let manifests: ReadonlyMap<string, ClientManifest> = new Map();
  let clients = new Map<string, Known>();
  const automatic = new LRUCache<string, string>({
    maxSize: keptCharacters,
    sizeCalculation: (text) => text.length + 100,
  });

  function combine(): void {
    clients = new Map(
      [...manifests].map(([client, own]) => {
        const manifest = new Map([...everybody.manifest, ...own.operations]);
        return [client, { manifest, texts: new Set(manifest.values()), mode: own.mode ?? mode }];
      }),
    );
  }

  function byHash(hash: string, text: string | undefined, known: Known): string {
    if (text === undefined) {
      const found = known.manifest.get(hash) ?? automatic.get(hash);
      if (found === undefined) throw notFound();
      return found;
    }
    if (sha256(text) !== hash) throw new RequestError('BAD_REQUEST', 'The hash is not the SHA-256 of the query.');
    if (known.mode !== 'require') automatic.set(hash, text);
    return text;
  }

  return {
    resolve({ query, id, extensions, operationName }, clientId) {
      const known = (clientId === null ? undefined : clients.get(clientId)) ?? everybody;
      if (id !== undefined) {
        const text = known.manifest.get(id) ?? former.get(id);
        if (text === undefined) throw notFound();
        return text;
      }
      const hash = hashOf(extensions);
      const text = hash === undefined ? (query as string) : byHash(hash, query, known);
      const isFree = known.mode === 'off' || known.texts.has(text);
      if (!isFree && known.mode === 'log') unknown(text);
      if (!isFree && known.mode === 'require' && !asksSchemaOnly(text, operationName, limits))
        throw persistedRequired();
      return text;
    },
    setManifest(manifest) {
      everybody = { manifest, texts: new Set(manifest.values()), mode };
      combine();
    },
    setFormer(manifest) {
      former = manifest;
    },
    setClients(next) {
      manifests = next;
      combine();
    },
    texts: () => new Set([everybody, ...clients.values()].flatMap(({ texts }) => [...texts])),
  };
}

function hashOf(extensions: Record<string, unknown>): string | undefined {
  const persisted = extensions.persistedQuery;
  if (persisted === undefined || persisted === null) return undefined;
  if (!isObject(persisted) || typeof persisted.sha256Hash !== 'string' || persisted.version !== 1) {
    throw new RequestError('BAD_REQUEST', '"extensions.persistedQuery" must be { version: 1, sha256Hash }.');
  }
  const hash = persisted.sha256Hash;
  // A manifest may name its operations otherwise than by their hashes.
  return /^[0-9a-f]{64}$/i.test(hash) ? hash.toLowerCase() : hash;
}

/**
 * Whether a text that nobody registered asks about the schema only, by its syntax alone: otherwise nothing more is found out
 * about it.
 */
function asksSchemaOnly(text: string, operationName: string | undefined, limits: Limits): boolean {
  if (!text.includes('__')) return false;
  try {
    const document = parseDocument(text, limits, true);
    return isIntrospection(chooseOperation(document, operationName), fragmentsOf(document));
  } catch {
    return false;
  }
}

/** The message is the one that clients of automatic persisted queries look for. */
const notFound = (): RequestError => new RequestError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound', 200);

const persistedRequired = (): RequestError =>
  new RequestError('PERSISTED_QUERY_REQUIRED', 'Only operations registered beforehand are answered here.', 403);
