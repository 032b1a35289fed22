import { rotateSigningKey } from '@valeo/identity/key/signing-keys.ts';
import { runCommand } from './open-database.ts';

// pnpm rotate-keys
await runCommand(async (database, secret) => {
  const kid = await rotateSigningKey(database, secret);
  return `New access tokens are signed with key ${kid}. Older ones stay valid until they expire.`;
});
