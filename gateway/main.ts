import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseManifest } from './operations/manifest.ts';
import type { GatewayOptions } from './options.ts';
import { startTracing } from './report/tracing.ts';
import { startGateway } from './server.ts';

const usage = `pnpm gateway --supergraph FILE [options]
pnpm gateway --subgraph NAME=URL --subgraph NAME=URL ... [options]
APOLLO_KEY=... APOLLO_GRAPH_REF=graph@variant pnpm gateway [options]

  --supergraph FILE   a composed supergraph, read again when it changes
  --subgraph NAME=URL a running subgraph; the supergraph is composed from all of them, again when one changes
  --port N            4000 when not given; 0 picks a free one
  --host ADDRESS      127.0.0.1 when not given
  --policy open       anonymous, no budgets, no cost limit (the only policy without identity, and the default)
  --cost-limit N      most an operation may cost
  --list-size N       entries assumed in a list that says nothing about its size; 100 when not given
  --operations FILE   persisted operations
  --persisted MODE    off, log or require: what happens with operations that are not in that file
  --log LEVEL         silent, info, warn (when not given) or debug
  --help              prints this and ends

  APOLLO_KEY and APOLLO_GRAPH_REF: usage is reported to Apollo Studio
  OTEL_EXPORTER_OTLP_ENDPOINT: traces are sent to that collector`;

class UsageError extends Error {}

function wholeNumber(name: string, text: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) throw new UsageError(`--${name}: found "${text}"; allowed: 0 to ${max}`);
  return value;
}

function oneOf<const T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === text);
  if (found === undefined) throw new UsageError(`--${name}: found "${text}"; allowed: ${allowed.join(', ')}`);
  return found;
}

const { APOLLO_KEY, APOLLO_GRAPH_REF, OTEL_EXPORTER_OTLP_ENDPOINT } = process.env;
const studio = APOLLO_KEY && APOLLO_GRAPH_REF ? { key: APOLLO_KEY, graphRef: APOLLO_GRAPH_REF } : undefined;

/** Where the supergraph comes from: exactly one place. */
function sourceOf(
  file: string | undefined,
  subgraphs: readonly string[],
): Pick<GatewayOptions, 'supergraphFile' | 'compose' | 'uplink'> {
  if (file !== undefined && subgraphs.length > 0)
    throw new UsageError('--supergraph and --subgraph exclude each other');
  if (file !== undefined) return { supergraphFile: file };
  if (subgraphs.length > 0) return { compose: { subgraphs: Object.fromEntries(subgraphs.map(namedUrl)) } };
  if (studio) return { uplink: studio };
  throw new UsageError('--supergraph: missing');
}

function namedUrl(text: string): [string, string] {
  const [name = '', url = ''] = text.split(/=(.*)/s);
  if (!/^\w[\w-]*$/.test(name) || !/^https?:/.test(url) || !URL.canParse(url)) {
    throw new UsageError(`--subgraph: found "${text}"; allowed: a name, = and an http address`);
  }
  return [name, url];
}

/** Once running, a broken manifest leaves the one before it in place; at the start there is none. */
function checkManifest(file: string): void {
  try {
    parseManifest(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`--operations: ${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

/** Null when only help is wanted. */
function readOptions(args: string[]): GatewayOptions | null {
  const { values } = parseArgs({
    args,
    options: {
      supergraph: { type: 'string' },
      subgraph: { type: 'string', multiple: true, default: [] },
      port: { type: 'string', default: '4000' },
      host: { type: 'string', default: '127.0.0.1' },
      policy: { type: 'string', default: 'open' },
      'cost-limit': { type: 'string' },
      'list-size': { type: 'string', default: '100' },
      operations: { type: 'string' },
      persisted: { type: 'string', default: 'off' },
      log: { type: 'string', default: 'warn' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  oneOf('policy', values.policy, ['open']);
  if (values.operations !== undefined) checkManifest(values.operations);
  const costLimit = values['cost-limit'];
  return {
    ...sourceOf(values.supergraph, values.subgraph),
    ...(studio && { studio }),
    port: wholeNumber('port', values.port, 65_535),
    host: values.host,
    cost: {
      operationLimit: costLimit === undefined ? null : wholeNumber('cost-limit', costLimit, Number.MAX_SAFE_INTEGER),
      listSize: wholeNumber('list-size', values['list-size'], 1_000_000),
      budgets: null,
    },
    operations: { file: values.operations, mode: oneOf('persisted', values.persisted, ['off', 'log', 'require']) },
    log: oneOf('log', values.log, ['silent', 'info', 'warn', 'debug']),
  };
}

function features({ cost, operations }: GatewayOptions): string {
  return [
    'identity: off',
    'authorisation: on',
    `cost: counted${cost?.operationLimit == null ? '' : `, at most ${cost.operationLimit} an operation`}`,
    'budgets: off',
    'limits on hostile input: on',
    `persisted operations: ${operations?.mode}`,
    'automatic persisted queries: on',
  ].join('; ');
}

/** The gateway alone, over any federation 2 supergraph whose subgraphs answer at the addresses it names. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) return console.log(usage);
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
  const isUsage =
    error instanceof UsageError ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  console.error(error instanceof Error ? error.message : error);
  if (isUsage) console.error(`\n${usage}`);
  process.exit(1);
});
