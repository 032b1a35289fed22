/**
 * The whole product on one machine under PM2 7, behind nginx (`nginx.conf`): docs/guides/operators.md, "One machine with PM2".
 * Gateways and web processes run twice, each on a port of its own, so that each tells its own metrics and nginx turns to the other
 * while one is replaced. Each is an app of its own: instances of one app, which PM2 numbers at the start, would all get the first
 * port when they are reloaded. Subgraphs run once, in cluster mode: the next one takes over the port before the last one is done.
 */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { parseEnv } = require('node:util');

const root = join(__dirname, '..', '..');
const settings = parseEnv(readFileSync(process.env.VALEO_ENV || '/etc/valeo/valeo.env', 'utf8'));

/** Port of each subgraph; the gateways find them here and Prometheus in deploy/monitoring/prometheus.yml. */
const subgraphs = {
  identity: 4011,
  platform: 4012,
  crm: 4013,
  inventory: 4014,
  purchasing: 4015,
  sales: 4016,
  finance: 4017,
};
const subgraphUrls = Object.entries(subgraphs).map(([name, port]) => `${name}=http://127.0.0.1:${port}/graphql`);

const part = (name, script, env, more = {}) => ({
  name,
  script: join(root, script),
  cwd: root,
  // PM2 as the supervisor that the programs know.
  node_args: ['--import', join(__dirname, 'channel.mjs')],
  exec_mode: 'fork',
  wait_ready: true,
  // PM2 stops the former one when this is over, ready or not, and a busy machine takes long to start one.
  listen_timeout: 300_000,
  // Above STOP_NOTICE_MS and the time in which requests are drained.
  kill_timeout: 15_000,
  pmx: false,
  merge_logs: true,
  env: { NODE_ENV: 'production', ...settings, ...env },
  ...more,
});

module.exports = {
  apps: [
    ...Object.entries(subgraphs).map(([name, port]) =>
      part(name, 'deploy/services/subgraph.ts', { GATEWAY_PORT: port }, { args: [name], exec_mode: 'cluster' }),
    ),
    part('worker', 'deploy/embedded/worker.ts', { WORKER_PORT: 4020 }),
    ...[4000, 4001].map((port, at) =>
      part(`gateway-${at + 1}`, 'deploy/services/gateway.ts', {
        GATEWAY_PORT: port,
        SUBGRAPH_URLS: subgraphUrls.join(),
      }),
    ),
    // Its program is the main one only where nothing stands before it.
    ...[3000, 3001].map((port, at) =>
      part(
        `web-${at + 1}`,
        'node_modules/.bin/node',
        { PORT: port, GATEWAY_URL: 'http://127.0.0.1:4100' },
        {
          interpreter: 'none',
          args: ['--import', join(__dirname, 'channel.mjs'), 'frontend/server.ts'],
          node_args: [],
        },
      ),
    ),
  ],
};
