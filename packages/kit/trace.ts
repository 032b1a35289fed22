import type { IncomingHttpHeaders } from 'node:http';
import {
  type Attributes,
  context,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type pg from 'pg';

const tracer = trace.getTracer('subgraph');

/** Goes on with the trace that a gateway's headers carry. Without a tracing SDK in the process this is a plain call. */
export function continueTrace<T>(headers: IncomingHttpHeaders, name: string, work: () => Promise<T>): Promise<T> {
  const outer = propagation.extract(context.active(), headers);
  const span = tracer.startSpan(name, { kind: SpanKind.SERVER }, outer);
  if (!isSpanContextValid(span.spanContext())) return work();
  return context.with(trace.setSpan(outer, span), () => work().finally(() => span.end()));
}

/** A trace of its own for work in the background, which goes on long after what asked for it. A plain call without a tracing SDK. */
export function traceBackground<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  const span = tracer.startSpan(name, { kind: SpanKind.CONSUMER, attributes, root: true });
  if (!isSpanContextValid(span.spanContext())) return work();
  return context.with(trace.setSpan(ROOT_CONTEXT, span), async () => {
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

/** Adds to the span under way, if there is one. */
export const describeTrace = (attributes: Attributes): void => void trace.getActiveSpan()?.setAttributes(attributes);

/** Makes each statement of a connection a span of the trace under way; outside of a trace statements are just run. */
export function traceStatements(client: pg.ClientBase): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const traced = (...args: unknown[]): unknown => {
    if (!trace.getActiveSpan()) return query(...args);
    const text = textOf(args[0]);
    const span = tracer.startSpan(text.slice(0, text.search(/\s|$/)), {
      kind: SpanKind.CLIENT,
      attributes: { 'db.system.name': 'postgresql', 'db.query.text': text },
    });
    const answer = query(...args);
    if (!(answer instanceof Promise)) {
      span.end();
      return answer;
    }
    answer.then(
      () => span.end(),
      (error: Error) => {
        span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
        span.end();
      },
    );
    return answer;
  };
  Object.assign(client, { query: traced });
}

/** The statement without the values written into it: those are our users' data. */
function textOf(statement: unknown): string {
  const text = typeof statement === 'string' ? statement : (statement as { text?: string } | null)?.text;
  return (text ?? '').replace(/'(?:[^']|'')*'/g, '?').trim();
}
