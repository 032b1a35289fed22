import { captureException, dedupeIntegration, init, linkedErrorsIntegration } from '@sentry/nextjs';
import { scrubFault } from '#measure/fault-scrub.ts';

/** Starts Sentry with nothing that watches the user: it gets the faults it is handed, and sends them through our own server. */
export function startSentry(dsn: string, release: string | undefined): (error: unknown) => void {
  init({
    dsn,
    release,
    tunnel: '/fault-reports',
    defaultIntegrations: false,
    integrations: [linkedErrorsIntegration(), dedupeIntegration()],
    tracesSampleRate: 0,
    sendClientReports: false,
    beforeSend: scrubFault,
  });
  return (error) => void captureException(error);
}
