import { scrubFault } from '../measure/fault-scrub.ts';

/** Where a fault happened, told without anything of the request but its route. */
export interface FaultPlace {
  readonly route?: string;
  readonly requestId?: string;
}
export type ReportFault = (error: unknown, place?: FaultPlace) => void;

/** Pages are bundled apart from the server around them; they find the way to report here. */
const place = Symbol.for('valeo.report-fault');
const holder = globalThis as { [place]?: ReportFault };

export const reportFault: ReportFault = (error, at) => holder[place]?.(error, at);

/** Reports faults of this process to Sentry from now on. The library is loaded at the first of them; at most 60 a minute go out. */
export function reportFaultsTo(dsn: string, release: string): void {
  let sentry: Promise<typeof import('@sentry/nextjs')> | undefined;
  let minute = 0;
  let sent = 0;
  holder[place] = (error, at) => {
    const now = Math.floor(Date.now() / 60_000);
    sent = now === minute ? sent + 1 : 1;
    minute = now;
    if (sent > sentPerMinute) return;
    sentry ??= start(dsn, release);
    sentry.then(
      ({ captureException }) =>
        captureException(error, { tags: { side: 'server', route: at?.route, requestId: at?.requestId } }),
      (failure: unknown) => console.error('Sentry could not be loaded', failure),
    );
  };
}

const sentPerMinute = 60;

async function start(dsn: string, release: string): Promise<typeof import('@sentry/nextjs')> {
  // A CommonJS library: not all of what it has is found as names of its own.
  const { default: sentry } = (await import('@sentry/nextjs')) as unknown as {
    default: typeof import('@sentry/nextjs');
  };
  sentry.init({
    dsn,
    release,
    defaultIntegrations: false,
    integrations: [sentry.linkedErrorsIntegration(), sentry.dedupeIntegration()],
    tracesSampleRate: 0,
    sendClientReports: false,
    beforeSend: scrubFault,
  });
  return sentry;
}
