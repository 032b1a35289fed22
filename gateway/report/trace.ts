import { type Attributes, context, propagation, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('gateway');

/** Runs work in a span. Without a tracing SDK in the process this is a plain call. */
export function inSpan<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  const span = tracer.startSpan(name, { attributes });
  if (!span.isRecording()) return work();
  return context.with(trace.setSpan(context.active(), span), async () => {
    try {
      return await work();
    } catch (error) {
      span.recordException(error as Error);
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Headers that let a subgraph go on with the trace; none outside of one. */
export function traceHeaders(): Record<string, string> | undefined {
  if (!trace.getActiveSpan()) return undefined;
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}
