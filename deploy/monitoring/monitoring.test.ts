import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith } from '@valeo/kit/testing/tool.ts';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../embedded/config.ts';

/** Rules and dashboards ask for what processes tell: a metric that is renamed would silence its alert without a word. */

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: { readonly severity: string };
  readonly annotations?: Readonly<Record<string, string>>;
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

describeWith('promtool', 'Prometheus', (promtool) => {
  const run = (...args: string[]) => execFileSync(promtool, args, { cwd: import.meta.dirname, encoding: 'utf8' });

  test('takes configuration and rules', () => {
    expect(run('check', 'config', 'prometheus.yml')).toContain('SUCCESS');
  });

  test('fires when it should, and only then', () => {
    expect(run('test', 'rules', 'rules.promtest.yml')).toContain('SUCCESS');
  });
});
