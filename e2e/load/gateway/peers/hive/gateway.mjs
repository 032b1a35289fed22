import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Hive gateway, started as its command line does, in this process. Arguments: the supergraph's file, and options of its own. */
const [supergraph = '', ...more] = process.argv.slice(2);
process.on('disconnect', () => process.exit());

const free = createServer().listen(0, '127.0.0.1');
await once(free, 'listening');
const { port } = free.address();
free.close();

const config = join(import.meta.dirname, `gateway-${port}.config.mjs`);
const settings = { graphiql: false, landingPage: false, logging: 'error' };
writeFileSync(config, `export const gatewayConfig = ${JSON.stringify(settings)};\n`);
const place = ['--host', '127.0.0.1', '--port', String(port), '--fork', '1'];
process.argv.splice(2, Infinity, 'supergraph', supergraph, ...place, '-c', config, ...more);
await import('./node_modules/@graphql-hive/gateway/dist/bin.js');

const url = `http://127.0.0.1:${port}/graphql`;
const isUp = () =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{__typename}"}',
  }).then(
    ({ ok }) => ok,
    () => false,
  );
while (!(await isUp())) await new Promise((resolve) => setTimeout(resolve, 100));
console.log(`ready ${JSON.stringify(url)}`);
