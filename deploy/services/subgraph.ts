import { drain } from '@valeo/gateway/http/drain.ts';
import { mayReadMetrics } from '@valeo/gateway/http/metrics-access.ts';
import { followSupervisor } from '@valeo/kit/follow-supervisor.ts';
import { serveSubgraph } from '@valeo/kit/serve.ts';
import { openSubgraph } from '@valeo/kit/subgraph.ts';
import { domains } from '../embedded/domains.ts';
import { ownProcess } from '../embedded/own-process.ts';
import { openServices } from '../embedded/services.ts';
import { StartError } from '../embedded/start-error.ts';
import { tracing } from '../embedded/tracing.ts';

/** One subgraph as a process of its own: `node deploy/services/subgraph.ts sales`. It listens on `HOST` and `GATEWAY_PORT`. */

const DRAIN_MS = 4_000;

const config = await ownProcess(process.env);
const [name = ''] = process.argv.slice(2);
const definition = domains.find((domain) => domain.name === name);
if (!definition) {
  const names = domains.map((domain) => domain.name).join(', ');
  throw new StartError(`The domain is "${name}", but allowed is one of ${names}.`);
}

const stopTracing = await tracing(config, definition.name);
const services = await openServices(config, 'server');
const server = await serveSubgraph({
  subgraph: openSubgraph(definition, services),
  database: services.database,
  secret: services.installation.secret,
  host: config.HOST,
  port: config.GATEWAY_PORT,
  mayReadMetrics: (request) => mayReadMetrics(request, config.METRICS_TOKEN ?? undefined),
});
followSupervisor(async () => {
  await drain(server, DRAIN_MS);
  await services.close();
  await stopTracing();
}).ready();
