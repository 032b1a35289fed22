import { join } from 'node:path';
import type { ExtraRoute, GatewayOptions, IdentityOptions } from '@valeo/gateway/options.ts';
import { identityServices } from '@valeo/identity/identity-services.ts';
import { mailPages } from '@valeo/identity/mail/mail-pages.ts';
import type { InstallationState } from '@valeo/kit/follow-supervisor.ts';
import { MAX_PAGE } from '@valeo/kit/list-page.ts';
import { fileRoute } from '@valeo/platform/file/file-route.ts';
import { cacheOf } from './cache.ts';
import { type Config, root } from './config.ts';
import { readiness } from './readiness.ts';
import type { OpenServices } from './services.ts';

/** What the gateway of this product is, whether its subgraphs run in the same process or elsewhere. */
export function gatewayOptions(
  config: Config,
  services: OpenServices,
  state: () => InstallationState,
): Omit<GatewayOptions, 'local' | 'supergraph'> {
  const cache = cacheOf(config, services.pubsub);
  const { APOLLO_KEY: key, APOLLO_GRAPH_REF: graphRef, PERSISTED_OPERATIONS_DIR: folder } = config;
  return {
    host: config.HOST,
    port: config.GATEWAY_PORT,
    log: config.LOG_LEVEL,
    slowMs: config.SLOW_OPERATION_MS,
    identity: {
      ...(identityServices(services.database, services.installation.secret) as IdentityOptions),
      allowedOrigins: [config.PUBLIC_URL],
    },
    trustedProxies: config.TRUSTED_PROXIES ?? [],
    ...(config.METRICS_TOKEN && { metricsToken: config.METRICS_TOKEN }),
    // Plans name the subgraphs and their fields, which is for those who run the company's systems.
    mayExplain: (caller) => caller?.permissions.includes('company:manage') ?? false,
    // Without a mail server, mails are there to be looked at.
    routes: [
      fileRoute(services, { companyBytes: config.COMPANY_FILE_BYTES }) as ExtraRoute,
      ...(config.SMTP_URL ? [] : [mailPages(services.database)]),
    ],
    limits: { bodyBytes: config.BODY_BYTES, bodyBytesSignedIn: config.BODY_BYTES_SIGNED_IN, pageSize: MAX_PAGE },
    cost: {
      operationLimit: config.COST_LIMIT,
      ...(config.SUBGRAPH_COST_LIMITS && { subgraphLimits: config.SUBGRAPH_COST_LIMITS }),
      listSize: config.LIST_SIZE,
      budgets: {
        signedIn: { size: config.BUDGET_SIZE, refillPerSecond: config.BUDGET_REFILL },
        anonymous: { size: config.ANONYMOUS_BUDGET_SIZE, refillPerSecond: config.ANONYMOUS_BUDGET_REFILL },
      },
    },
    operations: {
      file: join(root, 'schema', 'operations.json'),
      formerFile: join(root, 'schema', 'operations.former.json'),
      mode: config.PERSISTED_OPERATIONS,
      ...(folder && { folder }),
    },
    ...(cache && { cache }),
    ...(config.REDIS_URL && { redisUrl: config.REDIS_URL }),
    ...(key && graphRef && { studio: { key, graphRef } }),
    ready: () => readiness(services.database, state()),
  };
}
