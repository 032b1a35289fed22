import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from '@valeo/kit/testing/tool.ts';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { root } from '../embedded/config.ts';

/** Rules and dashboards ask for what processes tell: a metric that is renamed would silence its alert without a word. */

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: { readonly severity: string };
  readonly annotations?: Readonly<Record<string, string>>;
}
interface Pod {
  readonly metadata: { readonly labels: Record<string, string>; readonly annotations: Record<string, string> };
}
interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { groups } = parse(read('deploy/monitoring/rules.yml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const alerts = rules.filter(({ alert }) => alert);

const sources = ['gateway/report/*.ts', 'packages/kit/*.ts', 'frontend/server/*.ts', 'deploy/embedded/*.ts']
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .filter((path) => !path.endsWith('.test.ts'))
  .map(read);
const registry = new Registry();
collectDefaultMetrics({ register: registry });
const known = new Set([
  ...registry.getMetricsAsArray().map(({ name }) => name),
  ...sources.flatMap((text) =>
    [...text.matchAll(/'((?:gateway|subgraph|web|worker)_[a-z_]+)'/g)].map((match) => match[1] as string),
  ),
  ...rules.flatMap(({ record }) => record ?? []),
  // What Prometheus and its blackbox exporter tell themselves.
  'up',
  'probe_success',
]);

/** Names that a PromQL expression selects: no labels, no functions, no aggregations. */
function metricsOf(expr: string): string[] {
  const bare = expr.replace(/"[^"]*"/g, '').replace(/\{[^}]*\}/g, '{}');
  const withoutLabels = bare.replace(/\b(by|on|without|ignoring)\s*\([^)]*\)/g, '');
  return [...withoutLabels.matchAll(/[a-z_][\w:]*\b(?!\s*\()/gi)]
    .map(([name]) => name)
    .filter((name) => /[_:]|^up$/.test(name))
    .map((name) => (known.has(name) ? name : name.replace(/_(bucket|sum|count)$/, '')));
}

const dashboards = globSync('deploy/monitoring/grafana/dashboards/*.json', { cwd: root }).map(
  (path) => [path, JSON.parse(read(path)) as Dashboard] as const,
);
const expressions = [
  ...rules.map(({ alert, record, expr }) => [alert ?? record ?? '', expr] as const),
  ...dashboards.flatMap(([, { panels }]) =>
    panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ),
];

test.each(expressions)('%s asks for metrics that processes tell', (_title, expr) => {
  const metrics = metricsOf(expr);
  expect(metrics).not.toEqual([]);
  expect(metrics.filter((name) => !known.has(name))).toEqual([]);
});

test('a metric that nobody tells is noticed', () => {
  expect(metricsOf('sum by (le) (rate(gateway_gone_bucket{le="1"}[5m]))')).toEqual(['gateway_gone']);
  expect(known.has('gateway_gone')).toBe(false);
});

test('codes that alerts count are documented ones', () => {
  const codes = alerts.flatMap(({ expr }) => /code=~"([A-Z_|]+)"/.exec(expr)?.[1]?.split('|') ?? []);
  expect(codes).not.toEqual([]);
  for (const code of codes) expect(read(`docs/errors/${code}.md`)).toContain(code);
});

describe.each(alerts)('$alert', ({ alert = '', labels, annotations }) => {
  test('says what it is, what it means and where the guide tells what to do', () => {
    expect(labels?.severity).toMatch(/^(page|ticket)$/);
    expect(annotations?.summary).toBeTruthy();
    expect(annotations?.description).toBeTruthy();
    expect(annotations?.runbook).toBe(`docs/guides/operators.md#${alert.toLowerCase()}`);
    expect(read('docs/guides/operators.md')).toContain(`\n### ${alert}\n`);
  });
});

test('the guide has no section for an alert that is gone', () => {
  const runbook = read('docs/guides/operators.md').split('\n## Alerts\n')[1]?.split('\n## ')[0] ?? '';
  const sections = [...runbook.matchAll(/^### (\w+)$/gm)].map((match) => match[1]);
  expect(sections.sort()).toEqual(alerts.map(({ alert }) => alert).sort());
});

/** What the manifests say of their pods. */
const pods = globSync('deploy/kubernetes/base/*.yaml', { cwd: root })
  .flatMap((path) =>
    parseAllDocuments(read(path))
      .map((document) => document.toJS() as { kind: string; spec: { template: Pod } })
      .filter(({ kind }) => kind === 'Deployment')
      .map(({ spec: { template } }) => ({
        name: template.metadata.labels['app.kubernetes.io/name'] ?? '',
        port: template.metadata.annotations['prometheus.io/port'] ?? '',
      })),
  )
  .sort((a, b) => a.name.localeCompare(b.name));

describeWith('promtool', 'Prometheus', (promtool) => {
  const run = (...args: string[]) => execFileSync(promtool, args, { cwd: import.meta.dirname, encoding: 'utf8' });

  test('takes configuration and rules', () => {
    expect(run('check', 'config', 'prometheus.yml')).toContain('SUCCESS');
  });

  test('finds every pod of Kubernetes, under the name that alerts know', () => {
    const folder = mkdtempSync(join(tmpdir(), 'valeo-prometheus-'));
    const config = parse(read('deploy/monitoring/prometheus-kubernetes.yml')) as {
      scrape_configs: { kubernetes_sd_configs?: object; static_configs?: object }[];
    };
    const pod = (name: string, port: string, changes?: object) => ({
      targets: ['10.1.2.3:1'],
      labels: {
        __meta_kubernetes_pod_ip: '10.1.2.3',
        __meta_kubernetes_pod_name: `${name}-1`,
        __meta_kubernetes_pod_phase: 'Running',
        __meta_kubernetes_pod_annotation_prometheus_io_scrape: 'true',
        __meta_kubernetes_pod_annotation_prometheus_io_port: port,
        __meta_kubernetes_pod_label_app_kubernetes_io_name: name,
        __meta_kubernetes_pod_label_app_kubernetes_io_part_of: 'valeo',
        ...changes,
      },
    });
    for (const scraped of config.scrape_configs) {
      expect(scraped.kubernetes_sd_configs).toEqual([{ role: 'pod', namespaces: { names: ['valeo'] } }]);
      // Debian's promtool is built without Kubernetes: here the pods are written down.
      delete scraped.kubernetes_sd_configs;
      scraped.static_configs = [
        ...pods.map(({ name, port }) => pod(name, port)),
        pod('gateway', '9', { __meta_kubernetes_pod_phase: 'Succeeded' }),
        pod('migrate', '9', { __meta_kubernetes_pod_annotation_prometheus_io_scrape: '' }),
        pod('other', '9', { __meta_kubernetes_pod_label_app_kubernetes_io_part_of: 'other' }),
      ];
    }
    const file = join(folder, 'prometheus.yml');
    writeFileSync(file, JSON.stringify({ ...config, rule_files: [join(root, 'deploy/monitoring/rules.yml')] }));
    expect(run('check', 'config', '--syntax-only', file)).toContain('SUCCESS');
    const found = (job: string) =>
      (JSON.parse(run('check', 'service-discovery', '--timeout=1s', file, job)) as { labels: Record<string, string> }[])
        .map(({ labels }) => labels)
        .filter((labels) => Object.keys(labels ?? {}).length > 0)
        .sort((a, b) => (a.instance ?? '').localeCompare(b.instance ?? ''));
    const own = ['gateway', 'worker', 'web'];
    const expected = pods.map(({ name, port }) => ({
      __address__: `10.1.2.3:${port}`,
      job: own.includes(name) ? name : 'subgraph',
      instance: `${name}-1`,
      ...(!own.includes(name) && { subgraph: name }),
    }));
    expect(found('valeo')).toEqual(expected.map((labels) => expect.objectContaining(labels)));
    const probed = pods.map(({ name, port }) => ({
      __address__: 'blackbox:9115',
      __param_target: `http://10.1.2.3:${port}/health/${name === 'web' ? 'live' : 'ready'}`,
      job: 'ready',
      instance: `${name}-1`,
    }));
    expect(found('ready')).toEqual(probed.map((labels) => expect.objectContaining(labels)));
    rmSync(folder, { recursive: true });
  });

  test('fires when it should, and only then', () => {
    expect(run('test', 'rules', 'rules.promtest.yml')).toContain('SUCCESS');
  });
});
