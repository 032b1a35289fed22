import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig, root } from './config.ts';
import { settingsGuide } from './settings.ts';

test('without any variable every setting has a usable value', () => {
  const config = loadConfig({});
  expect(config).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 3000,
    GATEWAY_PORT: 4000,
    POSTGRES_PORT: 54_329,
    PUBLIC_URL: 'http://localhost:3000',
    VALEO_DATA_DIR: join(root, '.data'),
    DATABASE_URL: null,
    DEMO_DATA: true,
    PERSISTED_OPERATIONS: 'off',
    COST_LIMIT: 10_000,
  });
});

test('an empty variable counts as unset', () => {
  expect(loadConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ PORT: 3000, DATABASE_URL: null });
});

test('all bad settings are reported at once, each with its name, what was found and what is allowed', () => {
  expect(() => loadConfig({ PORT: '70000', DEMO_DATA: 'maybe' })).toThrow(
    'PORT is "70000", but allowed is a whole number from 1 to 65535.\nDEMO_DATA is "maybe", but allowed is on or off.',
  );
});

const bad: Record<string, string> = {
  HOST: 'http://here',
  PORT: '0',
  GATEWAY_PORT: '4000.5',
  POSTGRES_PORT: '-1',
  WORKER_PORT: 'any',
  PUBLIC_URL: 'example.org',
  DATABASE_URL: 'mysql://localhost',
  DATABASE_REPLICA_URLS: 'postgres://one,two',
  REDIS_URL: 'http://localhost',
  DEMO_DATA: 'yes',
  DEMO_DATA_ON_NETWORK: 'true',
  SMTP_URL: 'mail.example',
  MAIL_FROM: 'nobody',
  PERSISTED_OPERATIONS: 'on',
  TRUSTED_PROXIES: '10.0.0.1,lb',
  LOG_LEVEL: 'loud',
  COST_LIMIT: '0',
  SUBGRAPH_COST_LIMITS: 'finance=5000,sales',
  LIST_SIZE: 'many',
  BUDGET_SIZE: '1e3',
  BUDGET_REFILL: '',
  SENTRY_DSN: 'sentry',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318',
  APOLLO_GRAPH_REF: 'my-graph',
};

test.each(Object.entries(bad).filter(([, value]) => value !== ''))('%s=%s stops the start', (name, value) => {
  expect(() => loadConfig({ [name]: value })).toThrow(`${name} is `);
});

test('a bad address with a password in it is not printed', () => {
  expect(() => loadConfig({ DATABASE_URL: 'mysql://root:secret@db' })).toThrow(/^((?!secret).)*$/);
});

test('demo users are not offered to the network unless that is asked for', () => {
  expect(() => loadConfig({ HOST: '0.0.0.0' })).toThrow('DEMO_DATA is on while HOST is "0.0.0.0"');
  expect(loadConfig({ HOST: '0.0.0.0', DEMO_DATA_ON_NETWORK: 'on' }).DEMO_DATA).toBe(true);
  expect(loadConfig({ HOST: '0.0.0.0', DEMO_DATA: 'off' }).DEMO_DATA).toBe(false);
});

test('a database of the operator gets no demo data by itself', () => {
  expect(loadConfig({ DATABASE_URL: 'postgres://db/valeo' }).DEMO_DATA).toBe(false);
});

test('two servers cannot share a port', () => {
  expect(() => loadConfig({ PORT: '4000' })).toThrow('GATEWAY_PORT and PORT are both 4000');
});

test('the guide for operators describes every setting', async () => {
  await expect(settingsGuide()).toMatchFileSnapshot(join(root, 'docs/guides/settings.md'));
});
