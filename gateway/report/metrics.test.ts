import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

test('names that strangers think of do not grow the metrics, and do not take the place of registered ones', async () => {
  const metrics = createMetrics();
  for (let i = 0; i < 5_000; i++)
    metrics.requests.of(metrics.operationLabel(`Made_up_${i}`, false), 'ok').observe(0.01);
  metrics.requests.of(metrics.operationLabel('Invoices', true), 'ok').observe(0.01);
  const text = await metrics.text();
  expect(text.match(/gateway_request_seconds_count/g)?.length).toBeLessThan(300);
  expect(text).toContain('gateway_request_seconds_count{operation="Invoices",outcome="ok"} 1');
  expect(text).toMatch(/gateway_request_seconds_count\{operation="other",outcome="ok"\} 4\d{3}/);
});

test('nor does a name that is as long as a body', async () => {
  const metrics = createMetrics();
  metrics.requests.of(metrics.operationLabel('N'.repeat(90_000), false), 'ok').observe(0.01);
  const text = await metrics.text();
  expect(text.length).toBeLessThan(90_000);
  expect(text).toContain('gateway_request_seconds_count{operation="other",outcome="ok"} 1');
});

test('times are counted in every bucket they fit in', async () => {
  const metrics = createMetrics();
  const timing = metrics.fetches.of('sales', 'ok');
  for (const seconds of [0.001, 0.002, 0.3, 60]) timing.observe(seconds);
  const text = await metrics.text();
  const bucket = (le: string) =>
    Number(
      new RegExp(`gateway_subgraph_seconds_bucket\\{le="${le}",subgraph="sales",outcome="ok"\\} (\\d+)`).exec(
        text,
      )?.[1],
    );
  expect(['0.001', '0.0025', '0.25', '0.5', '10', '\\+Inf'].map(bucket)).toEqual([1, 2, 2, 3, 3, 4]);
  expect(text).toContain('gateway_subgraph_seconds_sum{subgraph="sales",outcome="ok"} 60.303');
});
