import type { Caller, CookieOptions, GatewayOptions, SubgraphCall } from '@valeo/gateway/options.ts';
import { type RunningGateway, startGateway } from '@valeo/gateway/server.ts';
import { type Caller as KitCaller, signCall } from '@valeo/kit/caller.ts';
import { followSupervisor } from '@valeo/kit/follow-supervisor.ts';
import { COOKIES_HEADER } from '@valeo/kit/serve.ts';
import type { Config } from '../embedded/config.ts';
import { gatewayOptions } from '../embedded/gateway-options.ts';
import { ownProcess } from '../embedded/own-process.ts';
import { openServices } from '../embedded/services.ts';
import { StartError } from '../embedded/start-error.ts';
import { tracing } from '../embedded/tracing.ts';

/**
 * The gateway as a process of its own, any number of them behind a load balancer: `node deploy/services/gateway.ts`. Subgraphs are
 * reached over HTTP. The database tells it about keys and sessions, and takes uploaded files.
 */

const DRAIN_MS = 4_000;

/** The one subgraph that sees cookies and sets them. */
const SIGN_IN = 'identity';

function source({ SUBGRAPH_URLS, SUPERGRAPH_FILE, APOLLO_KEY, APOLLO_GRAPH_REF }: Config): Partial<GatewayOptions> {
  const subgraphs = Object.fromEntries(Object.entries(SUBGRAPH_URLS ?? {}).map(([name, url]) => [name, { url }]));
  if (SUPERGRAPH_FILE) return { supergraphFile: SUPERGRAPH_FILE, subgraphs };
  if (SUBGRAPH_URLS) return { compose: { subgraphs: SUBGRAPH_URLS } };
  if (APOLLO_KEY && APOLLO_GRAPH_REF) return { uplink: { key: APOLLO_KEY, graphRef: APOLLO_GRAPH_REF } };
  throw new StartError('The gateway needs SUBGRAPH_URLS, SUPERGRAPH_FILE, or APOLLO_KEY and APOLLO_GRAPH_REF.');
}

function headersFor(secret: string) {
  return ({ caller, locale, http }: SubgraphCall, subgraph: string): Record<string, string> => ({
    'x-valeo-caller': signCall(
      {
        caller: caller as (Caller & KitCaller) | null,
        locale,
        ...(http &&
          subgraph === SIGN_IN && { http: { cookies: http.cookies, ip: http.ip, userAgent: http.userAgent } }),
      },
      secret,
    ),
  });
}

const setCookies: GatewayOptions['receiveHeaders'] = (headers, { http }, subgraph) => {
  const cookies = headers[COOKIES_HEADER];
  if (subgraph !== SIGN_IN || typeof cookies !== 'string') return;
  for (const { name, value, options } of JSON.parse(cookies) as {
    name: string;
    value: string;
    options: CookieOptions;
  }[]) {
    http?.setCookie(name, value, options);
  }
};

const config = await ownProcess(process.env);
const from = source(config);
const stopTracing = await tracing(config, 'gateway');
const services = await openServices(config, 'server');
let gateway: RunningGateway | undefined;
const following = followSupervisor(async () => {
  await gateway?.close(DRAIN_MS);
  await services.close();
  await stopTracing();
});
const { cache, ...options } = gatewayOptions(config, services, () => following.state);
gateway = await startGateway({
  ...options,
  // Only over Redis do several gateways know of each other's writes before their events come.
  ...(config.REDIS_URL && cache && { cache }),
  ...from,
  forwardCaller: headersFor(services.installation.secret),
  receiveHeaders: setCookies,
  stopNoticeMs: config.STOP_NOTICE_MS,
});
following.ready();
