import type { Caller } from '@valeo/kit/caller.ts';
import type { Database } from '@valeo/kit/tenant-db.ts';
import type { JSONWebKeySet } from 'jose';
import { resolveApiKey } from './api-client/resolve-api-key.ts';
import { publicKeys } from './key/signing-keys.ts';
import { isSessionActive } from './session/active-sessions.ts';
import { renewCaller } from './session/renew-caller.ts';

/** What a gateway asks this domain about every caller. */
export interface IdentityServices {
  jwks(): Promise<JSONWebKeySet>;
  resolveApiKey(key: string): Promise<Caller | null>;
  isSessionActive(sessionId: string): Promise<boolean>;
  renew(caller: Caller): Promise<Caller | null>;
}

export const identityServices = (database: Database, secret: string): IdentityServices => ({
  jwks: () => publicKeys(database, secret),
  resolveApiKey: (key) => resolveApiKey(database, key),
  isSessionActive: (sessionId) => isSessionActive(database, sessionId),
  renew: (caller) => renewCaller(database, caller),
});
