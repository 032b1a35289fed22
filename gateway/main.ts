import { optionsFrom } from './command-line/options.ts';
import { readSettings, SettingError, usage } from './command-line/read.ts';
import type { GatewayOptions } from './options.ts';
import { startTracing } from './report/tracing.ts';
import { startGateway } from './server.ts';

const { APOLLO_KEY, APOLLO_GRAPH_REF, OTEL_EXPORTER_OTLP_ENDPOINT } = process.env;
const studio = APOLLO_KEY && APOLLO_GRAPH_REF ? { key: APOLLO_KEY, graphRef: APOLLO_GRAPH_REF } : undefined;

function features({ cost, operations, identity, forwardHeaders, mergesReads }: GatewayOptions): string {
  return [
    `identity: ${identity ? `tokens of ${identity.issuer}` : 'off'}`,
    `forwarded headers: ${forwardHeaders?.join(', ') ?? 'none'}`,
    'authorisation: on',
    `cost: counted${cost?.operationLimit == null ? '' : `, at most ${cost.operationLimit} an operation`}`,
    'budgets: off',
    `equal reads under way: ${mergesReads ? 'made once' : 'each made'}`,
    'limits on hostile input: on',
    `persisted operations: ${operations?.mode}`,
    `automatic persisted queries: ${operations?.mode === 'require' ? 'off' : 'on'}`,
  ].join('; ');
}

/** The gateway alone, over any federation 2 supergraph whose subgraphs answer at the addresses it names. */
async function main(): Promise<void> {
  const found = readSettings(process.argv.slice(2), process.env);
  if (!found) return console.log(usage());
  const options = await optionsFrom(found, studio);
  const stopTracing = OTEL_EXPORTER_OTLP_ENDPOINT
    ? await startTracing('gateway', OTEL_EXPORTER_OTLP_ENDPOINT)
    : undefined;
  const gateway = await startGateway(options);
  console.log(`gateway ${gateway.url}\n${features(options)}`);
  const stop = async (): Promise<void> => {
    await gateway.close();
    await stopTracing?.();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop());
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof SettingError) console.error(`\n${usage()}`);
  process.exit(1);
});
