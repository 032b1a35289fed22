import { context, propagation, trace } from '@opentelemetry/api';
import { beginTracing } from './trace.ts';

/**
 * Sends the traces of this process to a collector (OTLP over HTTP). The SDK is loaded only here, so that a process that is not
 * traced does not pay for it. How much is sampled is said by `OTEL_TRACES_SAMPLER`, as everywhere.
 * @param endpoint base address, to which `/v1/traces` is added.
 * @returns sends what is left and ends it.
 */
export async function startTracing(service: string, endpoint: string): Promise<() => Promise<void>> {
  const [{ AsyncLocalStorageContextManager }, { W3CTraceContextPropagator }, resources, sdk, { OTLPTraceExporter }] =
    await Promise.all([
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/core'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
    ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new sdk.BasicTracerProvider({
    resource: resources.defaultResource().merge(resources.resourceFromAttributes({ 'service.name': service })),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  beginTracing();
  // A collector that is away must not hold up the end of the process.
  return () =>
    Promise.race([provider.shutdown().catch(() => {}), new Promise<void>((done) => setTimeout(done, 2_000).unref())]);
}
