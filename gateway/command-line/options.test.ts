import { expect, test } from 'vitest';
import type { GatewayOptions } from '../options.ts';
import { optionsFrom } from './options.ts';
import { readSettings } from './read.ts';
import type { Found } from './settings.ts';

const read = async (args: string[], environment: Record<string, string> = {}): Promise<GatewayOptions> =>
  optionsFrom(readSettings(args, environment) as Found, undefined);

const here = import.meta.filename;
const graph = ['--supergraph', here];
const keys = [...graph, '--jwks', 'http://127.0.0.1:1/keys'];

test.each<[string[], string, Record<string, string>?]>([
  [['--subgraph', 'shop'], '--subgraph: found "shop"; allowed: a name, = and an http address'],
  [[...graph, '--subgraph', 'shop=http://127.0.0.1/'], '--supergraph and --subgraph exclude each other'],
  [[...graph, '--port', 'http'], '--port: found "http"; allowed: 0 to 65535'],
  [graph, 'GATEWAY_PORT: found "70000"; allowed: 0 to 65535', { GATEWAY_PORT: '70000' }],
  [[...graph, '--policy', 'closed'], '--policy: found "closed"; allowed: open'],
  [['--supergraph', '/nowhere.graphql'], '--supergraph: /nowhere.graphql cannot be read: ENOENT'],
  [[...graph, '--operations', '/nowhere.json'], '--operations: /nowhere.json cannot be read: ENOENT'],
  [[...graph, '--operations', here], `--operations: ${here} cannot be read: `],
  [[...keys, '--audience', 'a'], '--issuer: missing; --jwks needs it'],
  [[...keys, '--issuer', 'a'], '--audience: missing; --jwks needs it'],
  [[...keys, '--issuer', ''], '--issuer: found ""; allowed: a text that is not empty'],
  [[...graph, '--issuer', 'a'], '--issuer: found without --jwks'],
  [[...keys, '--algorithms', 'none'], '--algorithms: found "none"; allowed: EdDSA, ES256'],
  [[...keys, '--algorithms', 'RS256,HS256'], '--algorithms: found "RS256,HS256"; allowed: EdDSA, ES256'],
  [[...graph, '--jwks', 'ftp://a/keys'], '--jwks: found "ftp://a/keys"; allowed: an http address or a file'],
  [
    [...graph, '--subscriptions', 'shop=tcp://a'],
    '--subscriptions: found "shop=tcp://a"; allowed: a name, = and ws, http',
  ],
  [[...graph, '--subscriptions', 'ws'], '--subscriptions: found "ws"; allowed: a name, = and ws, http'],
  [[...graph, '--subgraph-timeout', '*=0'], '--subgraph-timeout: found "*=0"; allowed: a name, = and 1 to 600000'],
  [[...graph, '--trusted-proxies', '10.0.0.0/8,lb'], '--trusted-proxies: found "10.0.0.0/8,lb"; allowed: addresses'],
  [[...graph, '--forward-headers', 'x-tenant,Cookie'], '--forward-headers: found "x-tenant,Cookie"; allowed: names of'],
  [[...graph, '--cors-origins', '*'], '--cors-origins: found "*"; allowed: origins such as https://app.example'],
  [
    [...graph, '--jwks', '/nowhere.json', '--issuer', 'a', '--audience', 'b'],
    '--jwks: /nowhere.json cannot be read: ENOENT',
  ],
])('%j is refused with its name, what was found and what is allowed', async (args, message, environment) => {
  await expect(read(args, environment)).rejects.toThrow(message);
});

test('a secret is not repeated, whatever is wrong with it', async () => {
  const given = read(graph, { GATEWAY_METRICS_TOKEN: 'too short' });
  await expect(given).rejects.toThrow('GATEWAY_METRICS_TOKEN: found something else; allowed: a text of at least 16');
  expect(await read(graph, { GATEWAY_METRICS_TOKEN: 'a-long-enough-token' })).toMatchObject({
    metricsToken: 'a-long-enough-token',
  });
});

test('several values come one by one or with commas, and the command line wins over the environment', async () => {
  const addresses = { shop: 'http://127.0.0.1:1/', names: 'http://127.0.0.1:2/' };
  const [shop, names] = Object.entries(addresses).map((one) => one.join('='));
  const compose = { subgraphs: addresses };
  expect(await read(['--subgraph', `${shop}`, '--subgraph', `${names}`])).toMatchObject({ compose });
  const environment = { GATEWAY_SUBGRAPH: `${shop},${names}`, GATEWAY_PORT: '1', GATEWAY_HOST: '' };
  expect(await read(['--port', '2'], environment)).toMatchObject({ compose, port: 2, host: '127.0.0.1' });
});

test('headers are named in any letters', async () => {
  const { forwardHeaders } = await read([
    ...graph,
    '--forward-headers',
    'Authorization',
    '--forward-headers',
    'x-tenant',
  ]);
  expect(forwardHeaders).toEqual(['authorization', 'x-tenant']);
});

test('what is said of all subgraphs and of single ones goes to each', async () => {
  const args = ['--subscriptions', '*=ws', '--subscriptions', 'shop=ws:/live,names=wss://live.example/a'];
  const more = ['--subgraph-timeout', 'shop=500', '--subgraph-url', 'shop=http://127.0.0.1:1/'];
  expect((await read([...graph, ...args, ...more])).subgraphs).toEqual({
    '*': { subscriptionUrl: 'ws:' },
    shop: { subscriptionUrl: 'ws:/live', timeoutMs: 500, url: 'http://127.0.0.1:1/' },
    names: { subscriptionUrl: 'wss://live.example/a' },
  });
});
