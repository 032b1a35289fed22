import { join } from 'node:path';
import type { LocalSubgraph } from '@valeo/gateway/options.ts';
import { type RunningGateway, startGateway } from '@valeo/gateway/server.ts';
import { followSupervisor } from '@valeo/kit/follow-supervisor.ts';
import { openSubgraph } from '@valeo/kit/subgraph.ts';

import { composed } from './composed.ts';
import { loadConfig } from './config.ts';
import { domains } from './domains.ts';
import { gatewayOptions } from './gateway-options.ts';
import { openServices } from './services.ts';
import { tracing } from './tracing.ts';

/** The server process: the gateway and all subgraphs, which it calls in memory. */

const DRAIN_MS = 4_000;

const config = loadConfig(process.env);
const stopTracing = await tracing(config, 'server');
const services = await openServices(config, 'server');
// The gateway has no list of permissions; the ones it passes on are those that identity gave.
const local = domains.map((domain) => openSubgraph(domain, services) as LocalSubgraph);
const supergraph = composed(local, join(config.VALEO_DATA_DIR, 'cache'));
let gateway: RunningGateway | undefined;
const following = followSupervisor(async () => {
  await gateway?.close(DRAIN_MS);
  await services.close();
  await stopTracing();
});

gateway = await startGateway({
  ...gatewayOptions(config, services, () => following.state),
  local,
  supergraph,
  listenAfter: following.turn,
});
following.ready();
