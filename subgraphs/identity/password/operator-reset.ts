import { randomBytes } from 'node:crypto';
import type { Database } from '@valeo/kit/tenant-db.ts';
import { enqueueMail } from '../mail/enqueue-mail.ts';
import { systemSession } from '../system-session.ts';
import { accountByEmail } from '../user/user.queries.ts';
import { hashPassword } from './password.ts';
import { setPassword } from './reset-password.ts';

/** Gives an account a new password, which only the operator gets to see, and ends its sessions. Throws for unknown addresses. */
export async function resetPasswordOf(database: Database, given: string): Promise<string> {
  const email = given.trim().toLowerCase();
  const password = randomBytes(12).toString('base64url');
  const passwordHash = await hashPassword(password);
  await database.transaction({ ...systemSession, requestId: 'operator' }, async (tx) => {
    const account = await accountByEmail(tx, email);
    if (!account) throw new Error(`There is no account with the address ${email}.`);
    await setPassword(tx, account.id, account.email, passwordHash);
    await enqueueMail(tx, account, 'passwordChanged', {});
  });
  return password;
}
