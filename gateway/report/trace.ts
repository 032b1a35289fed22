import type { IncomingHttpHeaders } from 'node:http';
import {
  type Attributes,
  context,
  isSpanContextValid,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

const tracer = trace.getTracer('gateway');

let traced = false;

/** Whether traces are sent: what is only for them is not made otherwise. */
export const isTraced = (): boolean => traced;

/** From now on there are spans. */
export function beginTracing(): void {
  traced = true;
}

/** Runs work in a span. In a process that is not traced this is a plain call. */
export function inSpan<T>(
  name: string,
  attributes: Attributes,
  work: () => Promise<T>,
  kind: SpanKind = SpanKind.INTERNAL,
): Promise<T> {
  if (!traced) return work();
  const span = tracer.startSpan(name, { attributes, kind });
  // A span that is not sampled must still be the parent of the next, or those would begin traces of their own.
  if (!isSpanContextValid(span.spanContext())) return work();
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

/** Runs the work of a request in a span that goes on with the caller's trace, where its headers name one. */
export function inRequestSpan<T>(
  headers: IncomingHttpHeaders,
  name: string,
  attributes: Attributes,
  work: () => Promise<T>,
): Promise<T> {
  if (!traced) return work();
  const outer = propagation.extract(context.active(), headers);
  return context.with(outer, () => inSpan(name, attributes, work, SpanKind.SERVER));
}

/** Adds to what is known of the span under way. */
export function describeSpan(attributes: Attributes): void {
  if (traced) trace.getActiveSpan()?.setAttributes(attributes);
}

/** Leads from a log line to its trace; undefined outside of one. */
export const traceId = (): string | undefined => (traced ? trace.getActiveSpan()?.spanContext().traceId : undefined);

/** Headers that let a subgraph go on with the trace; none outside of one. */
export function traceHeaders(): Record<string, string> | undefined {
  if (!traced || !trace.getActiveSpan()) return undefined;
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}
