import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { root } from '../embedded/config.ts';
import { domains } from '../embedded/domains.ts';
import { settings } from '../embedded/settings.ts';

/** No cluster reads these files before an operator's does: here types, names and settings are checked against each other. */

interface Container {
  readonly name: string;
  readonly args: readonly string[];
  readonly envFrom: readonly { readonly configMapRef?: { name: string }; readonly secretRef?: { name: string } }[];
  readonly env?: readonly {
    readonly name: string;
    readonly valueFrom: { secretKeyRef: { name: string; key: string } };
  }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly readinessProbe?: { readonly httpGet: { readonly path: string; readonly port: string } };
}
interface Pod {
  readonly metadata: { readonly labels: Record<string, string>; readonly annotations?: Record<string, string> };
  readonly spec: {
    readonly containers: readonly [Container];
    readonly enableServiceLinks: boolean;
    readonly terminationGracePeriodSeconds?: number;
  };
}
interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Record<string, string> };
  readonly data?: Record<string, string>;
  readonly stringData?: Record<string, string>;
  readonly spec: Record<string, unknown>;
}

const folder = import.meta.dirname;
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const listed = (path: string) => (parse(read(`${path}/kustomization.yaml`)) as { resources: string[] }).resources;
const resources = [
  ...listed('base').map((file) => `base/${file}`),
  ...listed('example').flatMap((file) => (file.endsWith('.yaml') ? `example/${file}` : [])),
].flatMap((path) => parseAllDocuments(read(path)).map((document) => document.toJS() as Resource));
const all = (kind: string) => resources.filter((resource) => resource.kind === kind);
const named = (kind: string, name: string) => all(kind).find(({ metadata }) => metadata.name === name);
const workloads = [...all('Deployment'), ...all('Job')].map((resource) => ({
  name: resource.metadata.name,
  pod: resource.spec.template as Pod,
}));
const podsWith = (labels: Record<string, string>) =>
  workloads.filter(({ pod }) => Object.entries(labels).every(([key, value]) => pod.metadata.labels[key] === value));
const portsOf = (labels: Record<string, string>) =>
  podsWith(labels).flatMap(({ pod }) => pod.spec.containers[0].ports?.map(({ name }) => name) ?? []);

const scratch = mkdtempSync(join(root, 'node_modules', '.manifests-'));
afterAll(() => rmSync(scratch, { recursive: true }));

test('every object fits the types of Kubernetes', () => {
  const modules: Record<string, string> = { 'networking.k8s.io/v1': 'networking/v1' };
  const lines = resources.map(({ apiVersion, kind }, index) => {
    const module = apiVersion === 'v1' ? 'core/v1' : (modules[apiVersion] ?? apiVersion);
    const type = `import('${join(root, 'deploy/node_modules/kubernetes-types', module)}.d.ts').${kind}`;
    return `export const object${index}: ${type} = ${JSON.stringify(resources[index])};`;
  });
  const file = join(scratch, 'manifests.ts');
  writeFileSync(file, lines.join('\n'));
  const check = () =>
    execFileSync(
      join(root, 'node_modules/.bin/tsc'),
      ['--noEmit', '--strict', '--skipLibCheck', '--ignoreConfig', '--allowImportingTsExtensions', file],
      { encoding: 'utf8', stdio: 'pipe' },
    );
  expect(check()).toBe('');
  writeFileSync(file, lines.join('\n').replace('"readinessProbe"', '"readynessProbe"'));
  expect(check).toThrow();
});

test.each(workloads)('$name runs a program that exists, in a pod that knows only settings', ({ pod }) => {
  const [container] = pod.spec.containers;
  const [program = '', domain] = container.args;
  expect(existsSync(join(root, program))).toBe(true);
  if (program.endsWith('/subgraph.ts')) expect(domains.map(({ name }) => name)).toContain(domain);
  for (const { configMapRef, secretRef } of container.envFrom) {
    const source = configMapRef ? named('ConfigMap', configMapRef.name) : named('Secret', secretRef?.name ?? '');
    const names = Object.keys(source?.data ?? source?.stringData ?? {});
    expect(names).not.toEqual([]);
    // Read by the web app alone.
    expect(names.filter((name) => !(name in settings))).toEqual([]);
  }
  // A Service named `gateway` would set GATEWAY_PORT.
  expect(pod.spec.enableServiceLinks).toBe(false);
});

test('the migration can be applied before the rest, by its label', () => {
  const first = resources.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === 'migration');
  expect(first.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual([
    'Job migrate',
    'Namespace valeo',
    'Secret valeo-owner',
  ]);
  const guide = readFileSync(join(root, 'docs/guides/operators.md'), 'utf8');
  expect(guide).toContain('-l app.kubernetes.io/component=migration');
});

test('the web app, which strangers reach, is given neither the database nor the secret', () => {
  const web = workloads.find(({ name }) => name === 'web')?.pod.spec.containers[0];
  expect(web?.envFrom).toEqual([{ configMapRef: { name: 'valeo' } }]);
  expect(web?.env?.map(({ name, valueFrom }) => [name, valueFrom.secretKeyRef.key])).toEqual([
    ['METRICS_TOKEN', 'METRICS_TOKEN'],
  ]);
  expect(named('Secret', 'valeo')?.stringData).toMatchObject({ METRICS_TOKEN: '', DATABASE_REPLICA_URLS: '' });
});

test.each(all('Deployment'))('$metadata.name is probed where it listens and has time to end', ({ metadata, spec }) => {
  const pod = spec.template as Pod;
  const [container] = pod.spec.containers;
  const [port] = container.ports ?? [];
  const image = readFileSync(join(root, 'deploy/container/Dockerfile'), 'utf8');
  const setting = { web: 'PORT', worker: 'WORKER_PORT' }[metadata.name] ?? 'GATEWAY_PORT';
  expect(image).toMatch(new RegExp(`\\b${setting}=${port?.containerPort}\\b`));
  expect(pod.metadata.annotations?.['prometheus.io/port']).toBe(String(port?.containerPort));
  expect(container.readinessProbe?.httpGet).toEqual({
    path: metadata.name === 'web' ? '/health/live' : '/health/ready',
    port: port?.name,
  });
  const stopNoticeMax = Number(/from 0 to (\d+)/.exec(settings.STOP_NOTICE_MS.allowed)?.[1]) / 1_000;
  expect(pod.spec.terminationGracePeriodSeconds).toBeGreaterThan(5 + stopNoticeMax + 4);
  expect((spec.selector as { matchLabels: object }).matchLabels).toEqual({ 'app.kubernetes.io/name': metadata.name });
});

test('budgets, autoscalers and services name pods that are there', () => {
  for (const { spec } of all('PodDisruptionBudget'))
    expect(podsWith((spec.selector as { matchLabels: Record<string, string> }).matchLabels)).toHaveLength(1);
  for (const { spec } of all('HorizontalPodAutoscaler')) {
    const deployment = named('Deployment', (spec.scaleTargetRef as { name: string }).name);
    expect(deployment).toBeDefined();
    // Applying the files again would otherwise undo what the autoscaler decided.
    expect(deployment?.spec.replicas).toBeUndefined();
  }
  for (const { spec } of all('Service')) {
    const [port] = spec.ports as [{ port: number; targetPort: string }];
    expect(portsOf(spec.selector as Record<string, string>)).toEqual([port.targetPort]);
  }
});

test('every address in the settings is a service', () => {
  const { GATEWAY_URL, SUBGRAPH_URLS } = named('ConfigMap', 'valeo')?.data ?? {};
  const subgraphs = settings.SUBGRAPH_URLS.parse.parse(SUBGRAPH_URLS) as Record<string, string>;
  expect(Object.keys(subgraphs).sort()).toEqual(domains.map(({ name }) => name).sort());
  for (const address of [GATEWAY_URL, ...Object.values(subgraphs)]) {
    const { hostname, port } = new URL(address ?? '');
    expect(named('Service', hostname)?.spec.ports).toMatchObject([{ port: Number(port) }]);
  }
});

test('the ways in are open: from the Ingress, the web app, gateways and monitoring', () => {
  const paths = all('Ingress').flatMap(({ spec }) =>
    (spec.rules as { http: { paths: { backend: { service: { name: string; port: { name: string } } } }[] } }[]).flatMap(
      ({ http }) => http.paths.map(({ backend }) => backend.service),
    ),
  );
  for (const { name, port } of paths) expect(named('Service', name)?.spec.ports).toMatchObject([{ name: port.name }]);
  const policy = named('NetworkPolicy', 'subgraphs')?.spec as {
    podSelector: { matchExpressions: [{ values: string[] }] };
  };
  expect(policy.podSelector.matchExpressions[0].values.sort()).toEqual(domains.map(({ name }) => name).sort());
  for (const name of ['web', 'gateway']) {
    const { podSelector, ingress } = named('NetworkPolicy', name)?.spec as {
      podSelector: { matchLabels: Record<string, string> };
      ingress: [{ ports: [{ port: string }] }];
    };
    expect(portsOf(podSelector.matchLabels)).toEqual([ingress[0].ports[0].port]);
  }
});

describe('subgraphs', () => {
  test.each(domains.map(({ name }) => name))('%s runs as all others do', (name) => {
    const alike = (text: string, domain: string) => text.replaceAll(new RegExp(`\\b${domain}\\b`, 'g'), 'DOMAIN');
    expect(alike(read(`base/subgraph-${name}.yaml`), name)).toBe(
      alike(read('base/subgraph-identity.yaml'), 'identity'),
    );
  });
});
