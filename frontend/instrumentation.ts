import type { Instrumentation } from 'next';

/** A page failed on the server: told to Sentry by the process around the pages, when an operator has set a DSN. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, { routePath }) => {
  const report = (globalThis as { [key: symbol]: unknown })[Symbol.for('valeo.report-fault')];
  const requestId = request.headers['x-request-id'];
  if (typeof report === 'function') report(error, { route: routePath, requestId: [requestId].flat()[0] });
};
