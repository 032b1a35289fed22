import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { followSupervisor } from '@valeo/kit/follow-supervisor.ts';
import next from 'next';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { shareVitals } from './measure/vitals.ts';
import manifest from './package.json' with { type: 'json' };
import { assetsOf } from './server/assets.ts';
import { reportFaultsTo } from './server/fault-reports.ts';
import { stylesOf } from './server/first-paint.ts';
import { createFront, type Front } from './server/front.ts';
import { routesOf } from './server/routes.ts';
import { SettingFault, webSettings } from './server/settings.ts';
import { VitalsByRoute } from './server/vitals-by-route.ts';
import { offlineFiles } from './server/worker-script.ts';

export interface WebOptions {
  readonly host: string;
  readonly port: number;
  /** Address of the gateway without a path, such as `http://127.0.0.1:4000`. */
  readonly gatewayUrl: string;
  /** Origin under which users reach the web app. */
  readonly publicUrl: string;
  /** Compiles pages when they are asked for instead of using the build. */
  readonly dev?: boolean;
}

/** Starts the web app: our front, with Next's request handler behind it. */
export async function startWeb({ host, port, gatewayUrl, publicUrl, dev = false }: WebOptions): Promise<Front> {
  // Server components ask the gateway directly and find its address here.
  process.env.GATEWAY_URL = gatewayUrl;
  process.env.NEXT_TELEMETRY_DISABLED ??= '1';
  const build = join(import.meta.dirname, process.env.WEB_BUILD_FOLDER || '.next');
  const { SENTRY_DSN, METRICS_TOKEN } = process.env;
  // Pages tell browsers both.
  process.env.WEB_RELEASE = releaseOf(build);
  if (SENTRY_DSN) reportFaultsTo(SENTRY_DSN, process.env.WEB_RELEASE);
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const vitals = new VitalsByRoute(registry);
  shareVitals(vitals);
  // Next would take the WebSockets of the server whose requests it sees, and close those of the graph: it gets one that nobody asks.
  const app = next({ dev, dir: import.meta.dirname, hostname: host, port, httpServer: createServer() });
  await app.prepare();
  const front = createFront({
    gatewayUrl,
    publicUrl,
    pages: app.getRequestHandler(),
    offline: offlineFiles(build),
    assets: dev ? undefined : assetsOf(build),
    styles: dev ? undefined : stylesOf(build),
    watch: { registry, vitals, routeOf: routesOf(build), metricsToken: METRICS_TOKEN, sentryDsn: SENTRY_DSN },
    pagesUpgrade: dev ? app.getUpgradeHandler() : undefined,
  });
  await front.listen(host, port);
  // `localhost` means ::1 to many a browser; where this machine has no IPv6 there is nothing to listen on.
  if (host === '127.0.0.1') await front.listen('::1', port).catch(() => {});
  return front;
}

/** The name under which reports of faults and source maps find each other. */
function releaseOf(build: string): string {
  const file = join(build, 'BUILD_ID');
  const id = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'development';
  return `valeo-neuroerp@${manifest.version}+${id}`;
}

const DRAIN_MS = 4_000;

if (import.meta.main) {
  try {
    const front = await startWeb(webSettings(process.env));
    followSupervisor(() => front.close(DRAIN_MS)).ready();
  } catch (error) {
    // Next keeps a process alive that has nothing left to do, and ends it as if all were well.
    console.error(error instanceof SettingFault ? error.message : error);
    process.exit(1);
  }
}
