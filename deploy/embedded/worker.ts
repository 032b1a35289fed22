import { setInterval } from 'node:timers/promises';
import { identityUpkeep } from '@valeo/identity/identity-upkeep.ts';
import { sendMails } from '@valeo/identity/mail/send-mail.ts';
import { followSupervisor } from '@valeo/kit/follow-supervisor.ts';
import { log } from '@valeo/kit/log.ts';
import { startWorker } from '@valeo/platform/worker/worker.ts';
import { domains } from './domains.ts';
import { ownProcess } from './own-process.ts';
import { OUTBOX_CHANNEL, openServices } from './services.ts';
import { tracing } from './tracing.ts';
import { watchWorker } from './watch-worker.ts';

/** The worker process: the outbox relay, background tasks, mails, and what has to be done every hour. */

const UPKEEP_MS = 3_600_000;

const config = await ownProcess(process.env);
const stopTracing = await tracing(config, 'worker');
const services = await openServices(config, 'worker');
const worker = await startWorker({
  services,
  definitions: domains,
  databaseUrl: config.DATABASE_URL ?? '',
  outboxChannel: OUTBOX_CHANNEL,
});
const watch = config.WORKER_PORT
  ? await watchWorker({
      database: services.database,
      host: config.HOST,
      port: config.WORKER_PORT,
      metricsToken: config.METRICS_TOKEN,
    })
  : null;
const stopped = new AbortController();
const { signal } = stopped;
const mails = config.SMTP_URL
  ? sendMails(services.database, { smtpUrl: config.SMTP_URL, from: config.MAIL_FROM }, signal)
  : Promise.resolve();
const upkeep = keepUp();

followSupervisor(async () => {
  watch?.close();
  watch?.closeAllConnections();
  stopped.abort();
  await Promise.all([worker.stop(), mails, upkeep]);
  await services.close();
  await stopTracing();
}).ready();

async function keepUp(): Promise<void> {
  try {
    for await (const _ of setInterval(UPKEEP_MS, undefined, { signal })) {
      await identityUpkeep(services.database).catch((error) => log.error({ err: error }, 'The hourly upkeep failed'));
    }
  } catch {
    // The signal ended it.
  }
}
