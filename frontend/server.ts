import { join } from 'node:path';
import { followSupervisor } from '@valeo/kit/follow-supervisor.ts';
import next from 'next';
import { createFront, type Front } from './server/front.ts';
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
  const app = next({ dev, dir: import.meta.dirname, hostname: host, port });
  await app.prepare();
  const front = createFront({
    gatewayUrl,
    publicUrl,
    pages: app.getRequestHandler(),
    offline: offlineFiles(join(import.meta.dirname, process.env.WEB_BUILD_FOLDER || '.next')),
    pagesUpgrade: dev ? app.getUpgradeHandler() : undefined,
  });
  await front.listen(host, port);
  // `localhost` means ::1 to many a browser; where this machine has no IPv6 there is nothing to listen on.
  if (host === '127.0.0.1') await front.listen('::1', port).catch(() => {});
  return front;
}

const DRAIN_MS = 4_000;

/** The settings of the operators' guide that concern the web app alone. */
function webOptions(env: NodeJS.ProcessEnv): WebOptions {
  const port = Number(env.PORT || 3000);
  return {
    host: env.HOST || '127.0.0.1',
    port,
    gatewayUrl: env.GATEWAY_URL || 'http://127.0.0.1:4000',
    publicUrl: env.PUBLIC_URL || `http://localhost:${port}`,
    dev: env.NODE_ENV === 'development',
  };
}

if (import.meta.main) {
  const front = await startWeb(webOptions(process.env));
  followSupervisor(() => front.close(DRAIN_MS)).ready();
}
