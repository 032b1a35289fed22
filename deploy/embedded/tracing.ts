import type { Config } from './config.ts';

/** Starts sending traces where the settings name a collector. What sends them is loaded only then. */
export async function tracing(
  { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }: Config,
  part: string,
): Promise<() => Promise<void>> {
  if (!endpoint) return () => Promise.resolve();
  const { startTracing } = await import('@valeo/gateway/report/tracing.ts');
  return startTracing(`valeo-${part}`, endpoint);
}
