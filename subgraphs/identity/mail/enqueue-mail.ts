import type { Locale } from '@valeo/kit/caller.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { mail } from './mail.tables.ts';
import { type LetterName, letter } from './mail.texts.ts';

interface Recipient {
  readonly email: string;
  readonly locale: Locale;
}

/** Puts a mail in the outbox of the transaction: it is sent if, and only if, the transaction is committed. */
export async function enqueueMail(
  tx: Tx,
  { email, locale }: Recipient,
  name: LetterName,
  params: Readonly<Record<string, string>>,
): Promise<void> {
  await tx.db.insert(mail).values({ recipient: email, ...letter(name, locale, params) });
}
