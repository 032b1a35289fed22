import { readFile } from 'node:fs/promises';
import type { JSONWebKeySet } from 'jose';
import { fetch } from 'undici';
import type { IdentityOptions } from '../options.ts';

/** An issuer that takes longer counts as not there. */
const patienceMs = 5_000;

/** A key set from an address or a file, read anew each time. */
export function jwksFrom(place: URL | string): IdentityOptions['jwks'] {
  return place instanceof URL ? () => download(place) : async () => keySet(JSON.parse(await readFile(place, 'utf8')));
}

async function download(address: URL): Promise<JSONWebKeySet> {
  const response = await fetch(address, {
    headers: { accept: 'application/jwk-set+json, application/json' },
    // Whoever could send us elsewhere could choose the keys.
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!response.ok) throw new Error(`${address.href} answers with status ${response.status}.`);
  return keySet(await response.json());
}

function keySet(found: unknown): JSONWebKeySet {
  const keys = typeof found === 'object' && found !== null && 'keys' in found ? found.keys : undefined;
  if (!Array.isArray(keys)) throw new Error('This is no JSON Web Key Set.');
  return { keys };
}
