import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** 256 bits that nobody can guess, in characters that may stand in a URL. */
export const randomSecret = (): string => randomBytes(32).toString('base64url');

/** What is kept of a secret: enough to recognise it, useless to whoever reads the database. Secrets are random, so no salt. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** A secret that only the holder of `secret` can compute together with the nonce. */
export const successorOf = (secret: string, nonce: string): string =>
  createHmac('sha256', secret).update(nonce).digest('base64url');

/** A secret that says which company it belongs to, so that the record can be found under row-level security. */
export const companySecret = (tenantId: string): string =>
  Buffer.concat([Buffer.from(tenantId.replaceAll('-', ''), 'hex'), randomBytes(32)]).toString('base64url');

/** The company of such a secret, or null when it is none. */
export function companyOfSecret(secret: string): string | null {
  if (!/^[\w-]{64}$/.test(secret)) return null;
  const hex = Buffer.from(secret, 'base64url').subarray(0, 16).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const sealKey = (secret: string) =>
  Buffer.from(hkdfSync('sha256', secret, 'valeo-identity', 'signing keys at rest', 32));

/** Encrypts with a key derived from the installation's secret (AES-256-GCM). */
export function seal(plain: string, secret: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealKey(secret), nonce);
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** Throws when the secret is another one or the text has been changed. */
export function unseal(sealed: string, secret: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', sealKey(secret), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}
