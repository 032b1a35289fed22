import type { Database } from '@valeo/kit/tenant-db.ts';
import { dropOldKeys } from './key/signing-keys.ts';
import { dropOldMails } from './mail/send-mail.ts';
import { dropOldResets } from './password/reset-password.ts';
import { dropOldSessions } from './session/sessions.ts';
import { dropOldFailures } from './session/throttle.ts';
import { systemSession } from './system-session.ts';

/** Forgets what is over: sessions, failed sign-ins, mailed links, sent mails, old keys. For the worker, once an hour. */
export async function identityUpkeep(database: Database): Promise<void> {
  for (const drop of [dropOldSessions, dropOldFailures, dropOldResets, dropOldMails, dropOldKeys]) {
    await database.transaction(systemSession, drop);
  }
}
