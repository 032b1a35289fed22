import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '@valeo/kit/log.ts';
import type { Database, Tx } from '@valeo/kit/tenant-db.ts';
import { eq, sql } from 'drizzle-orm';
import { createTransport, type Transporter } from 'nodemailer';
import { systemSession } from '../system-session.ts';
import { mail } from './mail.tables.ts';

export interface MailSettings {
  /** smtp:// or smtps:// with user and password. */
  readonly smtpUrl: string;
  /** Sender: `VALEO NeuroERP <erp@example.com>`. */
  readonly from: string;
}

const BATCH = 20;
const ATTEMPTS_MAX = 8;
const PAUSE_MS = 2_000;
/** After this, a link in a mail is worth nothing any more. */
const KEPT = '7 days';

/** Sends waiting mails until the signal aborts. For the worker; several may run at once. */
export async function sendMails(database: Database, settings: MailSettings, signal: AbortSignal): Promise<void> {
  const transport = createTransport(settings.smtpUrl);
  while (!signal.aborted) {
    const sent = await sendWaiting(database, transport, settings.from).catch((error: unknown) => {
      log.error({ err: error }, 'mails could not be read');
      return 0;
    });
    if (sent < BATCH) await sleep(PAUSE_MS, undefined, { signal }).catch(() => {});
  }
  transport.close();
}

/** Sends a batch; answers how many it took. A mail whose sender was killed is tried again two minutes later. */
export async function sendWaiting(database: Database, transport: Transporter, from: string): Promise<number> {
  const batch = await database.transaction(systemSession, take);
  for (const letter of batch) {
    try {
      await transport.sendMail({
        from,
        to: letter.recipient,
        subject: letter.subject,
        text: letter.body,
        // The same for each attempt, so that a mailbox shows a repeated mail once.
        messageId: `<${letter.id}@valeo-neuroerp>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      await settle(database, letter.id, { state: 'SENT', lastError: null });
    } catch (error) {
      const lastError = (error as Error).message.slice(0, 500);
      log.warn({ mail: letter.id, attempt: letter.attempts, err: error }, 'mail not sent');
      await settle(database, letter.id, { state: letter.attempts >= ATTEMPTS_MAX ? 'FAILED' : 'WAITING', lastError });
    }
  }
  return batch.length;
}

interface Taken {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly attempts: number;
}

/** Takes mails for two minutes, longer with every attempt. */
function take(tx: Tx): Promise<Taken[]> {
  return tx.query<Taken>(
    `UPDATE identity.mail SET attempts = attempts + 1, due_at = now() + interval '2 minutes' * power(2, attempts)
     WHERE id IN (SELECT id FROM identity.mail WHERE state = 'WAITING' AND due_at <= now()
                  ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING id, recipient, subject, body, attempts`,
    [BATCH],
  );
}

const settle = (database: Database, id: string, change: Partial<typeof mail.$inferInsert>) =>
  database.transaction(systemSession, (tx) => tx.db.update(mail).set(change).where(eq(mail.id, id)));

export async function dropOldMails(tx: Tx): Promise<void> {
  await tx.db.delete(mail).where(sql`${mail.createdAt} < now() - ${KEPT}::interval`);
}
