import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig, root } from '../embedded/config.ts';
import { domains } from '../embedded/domains.ts';
import { settings } from '../embedded/settings.ts';

interface App {
  readonly name: string;
  readonly script: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string | number>>;
  readonly exec_mode: string;
  readonly kill_timeout: number;
}

const read = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');
const nginx = read('nginx.conf');
let apps: App[];

beforeAll(() => {
  process.env.VALEO_ENV = join(import.meta.dirname, 'valeo.env.example');
  apps = createRequire(import.meta.url)('./ecosystem.config.cjs').apps;
});

const app = (name: string) => apps.find((one) => one.name === name) as App;
/** Port that the process of an app listens on. */
const portOf = ({ name, env }: App): number => {
  if (name === 'worker') return Number(env.WORKER_PORT);
  return Number(name.startsWith('web-') ? env.PORT : env.GATEWAY_PORT);
};
const portsOf = (...names: string[]): number[] => names.map((name) => portOf(app(name)));

test('each part runs a program that exists, with settings that are right', () => {
  expect(apps.map(({ name }) => name)).toEqual(
    expect.arrayContaining([...domains.map(({ name }) => name), 'gateway-1', 'gateway-2', 'worker', 'web-1', 'web-2']),
  );
  expect(apps).toHaveLength(domains.length + 5);
  for (const { name, script, args, env } of apps) {
    expect(existsSync(script)).toBe(true);
    if (name.startsWith('web-')) expect(existsSync(join(root, args?.at(-1) ?? ''))).toBe(true);
    if (script.endsWith('/subgraph.ts')) expect(args).toEqual([name]);
    const texts = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, String(value)]));
    // NODE_ENV is Node's.
    expect(Object.keys(texts).filter((key) => !(key in settings) && key !== 'NODE_ENV')).toEqual([]);
    expect(() => loadConfig(texts)).not.toThrow();
  }
});

test('no two processes share a port, and Prometheus finds each of them', () => {
  // Instances of one app would share the port of the first once they are reloaded.
  expect(apps.filter((one) => 'instances' in one)).toEqual([]);
  const ports = apps.map(portOf);
  expect(new Set(ports).size).toBe(ports.length);
  const { scrape_configs } = parse(readFileSync(join(root, 'deploy/monitoring/prometheus.yml'), 'utf8')) as {
    scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[];
  };
  const found = scrape_configs.flatMap(({ static_configs }) => static_configs.flatMap(({ targets }) => targets));
  const scraped = found.filter((target) => !target.startsWith('http')).map((target) => Number(target.split(':')[1]));
  const probed = found.filter((target) => target.startsWith('http')).map((target) => Number(new URL(target).port));
  expect(scraped.sort()).toEqual(ports.sort());
  expect(probed.sort()).toEqual(ports);
});

test('gateways find the subgraphs, and nginx both', () => {
  const urls = settings.SUBGRAPH_URLS.parse.parse(app('gateway-1').env.SUBGRAPH_URLS) as Record<string, string>;
  for (const { name } of domains) expect(urls[name]).toBe(`http://127.0.0.1:${portOf(app(name))}/graphql`);
  const upstream = (name: string) =>
    [...(new RegExp(`upstream ${name} \\{([^}]*)\\}`).exec(nginx)?.[1] ?? '').matchAll(/127\.0\.0\.1:(\d+)/g)].map(
      (match) => Number(match[1]),
    );
  expect(upstream('valeo_web')).toEqual(portsOf('web-1', 'web-2'));
  expect(upstream('valeo_gateway')).toEqual(portsOf('gateway-1', 'gateway-2'));
  expect(app('gateway-2').env.SUBGRAPH_URLS).toBe(app('gateway-1').env.SUBGRAPH_URLS);
  expect(nginx).toContain(`listen ${new URL(String(app('web-1').env.GATEWAY_URL)).host};`);
});

test('a process that is replaced has the time it needs', () => {
  for (const { kill_timeout } of apps) expect(kill_timeout).toBeGreaterThan(5_000 + 4_000);
});

test('the example names settings, and no secret', () => {
  const example = parseEnv(read('valeo.env.example'));
  expect(Object.keys(example).filter((name) => !(name in settings))).toEqual([]);
  expect([example.VALEO_SECRET, example.DATABASE_URL, example.METRICS_TOKEN]).toEqual(['', '', '']);
});
