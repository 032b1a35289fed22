import { parseArgs } from 'node:util';
import { startGateway } from './server.ts';

const usage = `pnpm gateway --supergraph FILE [--port N] [--host ADDRESS] [--policy open] [--log silent|info|warn|debug]`;

/** The gateway alone, over any federation 2 supergraph whose subgraphs answer at the addresses it names. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      supergraph: { type: 'string' },
      port: { type: 'string', default: '4000' },
      host: { type: 'string', default: '127.0.0.1' },
      policy: { type: 'string', default: 'open' },
      log: { type: 'string', default: 'warn' },
    },
  });
  if (!values.supergraph) throw new Error(`--supergraph is missing\n${usage}`);
  if (values.policy !== 'open') throw new Error(`--policy: "${values.policy}" is not known; allowed: open`);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port: "${values.port}" is no port`);
  const gateway = await startGateway({
    supergraphFile: values.supergraph,
    port,
    host: values.host,
    log: values.log as 'warn',
  });
  console.log(`gateway: ${gateway.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void gateway.close().then(() => process.exit(0)));
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
