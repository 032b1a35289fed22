import type { Database, Tx } from '@valeo/kit/tenant-db.ts';
import { desc, gt, isNull, or, sql } from 'drizzle-orm';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK } from 'jose';
import { randomSecret, seal, unseal } from '../secrets.ts';
import { systemSession } from '../system-session.ts';
import { signingKey } from './key.tables.ts';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
}

const CACHE_MS = 60_000;
/** Longer than any token that the old key signed lives, and than other processes go on signing with it. */
const OVERLAP = '20 minutes';
const LOCK = 7_225_101;

const cache = new WeakMap<Database, { readonly key: Promise<SigningKey>; readonly at: number }>();

/** The key that signs now. The first call of an installation makes it. */
export function currentSigningKey(database: Database, secret: string): Promise<SigningKey> {
  const known = cache.get(database);
  if (known && Date.now() - known.at < CACHE_MS) return known.key;
  const key = database.transaction(systemSession, async (tx) =>
    openKey((await newest(tx)) ?? (await make(tx, secret)), secret),
  );
  cache.set(database, { key, at: Date.now() });
  key.catch(() => cache.delete(database));
  return key;
}

/** Makes a new key that signs from now on. Tokens of the old one stay valid until they expire. Answers the new key id. */
export async function rotateSigningKey(database: Database, secret: string): Promise<string> {
  cache.delete(database);
  return database.transaction(systemSession, async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await tx.db
      .update(signingKey)
      .set({ verifiesUntil: sql`now() + ${OVERLAP}::interval` })
      .where(isNull(signingKey.verifiesUntil));
    return (await insertKey(tx, secret)).kid;
  });
}

/** Public keys of all tokens that can still be valid. */
export async function publicKeys(database: Database, secret: string): Promise<JSONWebKeySet> {
  await currentSigningKey(database, secret);
  return database.transaction(systemSession, async (tx) => {
    const rows = await tx.db
      .select({ kid: signingKey.kid, publicKey: signingKey.publicKey })
      .from(signingKey)
      .where(or(isNull(signingKey.verifiesUntil), gt(signingKey.verifiesUntil, sql`now()`)));
    return { keys: rows.map(({ kid, publicKey }) => ({ ...publicKey, kid, alg: 'EdDSA', use: 'sig' })) };
  });
}

type StoredKey = typeof signingKey.$inferSelect;

async function newest(tx: Tx): Promise<StoredKey | undefined> {
  const [row] = await tx.db
    .select()
    .from(signingKey)
    .where(isNull(signingKey.verifiesUntil))
    .orderBy(desc(signingKey.createdAt))
    .limit(1);
  return row;
}

/** Two processes that start together make one key. */
async function make(tx: Tx, secret: string): Promise<StoredKey> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
  return (await newest(tx)) ?? insertKey(tx, secret);
}

async function insertKey(tx: Tx, secret: string): Promise<StoredKey> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const kid = randomSecret().slice(0, 16);
  const [row] = await tx.db
    .insert(signingKey)
    .values({
      kid,
      publicKey: await exportJWK(publicKey),
      sealedPrivateKey: seal(JSON.stringify(await exportJWK(privateKey)), secret),
    })
    .returning();
  return row as StoredKey;
}

async function openKey(stored: StoredKey, secret: string): Promise<SigningKey> {
  const jwk = JSON.parse(unseal(stored.sealedPrivateKey, secret)) as JWK;
  return { kid: stored.kid, privateKey: (await importJWK(jwk, 'EdDSA')) as CryptoKey };
}

/** Forgets keys whose tokens have all expired. */
export async function dropOldKeys(tx: Tx): Promise<void> {
  await tx.db.delete(signingKey).where(sql`${signingKey.verifiesUntil} < now()`);
}
