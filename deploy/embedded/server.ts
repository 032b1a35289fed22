import { join } from 'node:path';
import type { ExtraRoute, IdentityOptions, LocalSubgraph } from '@valeo/gateway/options.ts';
import { type RunningGateway, startGateway } from '@valeo/gateway/server.ts';
import { identityServices } from '@valeo/identity/identity-services.ts';
import { mailPages } from '@valeo/identity/mail/mail-pages.ts';
import { followSupervisor } from '@valeo/kit/follow-supervisor.ts';
import { openSubgraph } from '@valeo/kit/subgraph.ts';
import { fileRoute } from '@valeo/platform/file/file-route.ts';

import { composed } from './composed.ts';
import { loadConfig, root } from './config.ts';
import { domains } from './domains.ts';
import { readiness } from './readiness.ts';
import { openServices } from './services.ts';

/** The server process: the gateway and all subgraphs, which it calls in memory. */

const DRAIN_MS = 4_000;

const config = loadConfig(process.env);
const services = await openServices(config, 'server');
// The gateway has no list of permissions; the ones it passes on are those that identity gave.
const local = domains.map((domain) => openSubgraph(domain, services) as LocalSubgraph);
const supergraph = composed(local, join(config.VALEO_DATA_DIR, 'cache'));
let gateway: RunningGateway | undefined;
const following = followSupervisor(async () => {
  await gateway?.close(DRAIN_MS);
  await services.close();
});

await following.turn;
gateway = await startGateway({
  local,
  supergraph,
  host: config.HOST,
  port: config.GATEWAY_PORT,
  log: config.LOG_LEVEL === 'error' ? 'warn' : config.LOG_LEVEL,
  identity: {
    ...(identityServices(services.database, services.installation.secret) as IdentityOptions),
    allowedOrigins: [config.PUBLIC_URL],
  },
  // Without a mail server, mails are there to be looked at.
  routes: [fileRoute(services) as ExtraRoute, ...(config.SMTP_URL ? [] : [mailPages(services.database)])],
  limits: { bodyBytes: config.BODY_BYTES, bodyBytesSignedIn: config.BODY_BYTES_SIGNED_IN },
  cost: {
    operationLimit: config.COST_LIMIT,
    listSize: config.LIST_SIZE,
    budgets: {
      signedIn: { size: config.BUDGET_SIZE, refillPerSecond: config.BUDGET_REFILL },
      anonymous: { size: config.ANONYMOUS_BUDGET_SIZE, refillPerSecond: config.ANONYMOUS_BUDGET_REFILL },
    },
  },
  operations: { file: join(root, 'schema', 'operations.json'), mode: config.PERSISTED_OPERATIONS },
  ready: () => readiness(services.database, following.state),
});
following.ready();
