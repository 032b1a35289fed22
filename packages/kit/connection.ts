/** Milliseconds in which PostgreSQL gives a statement up. */
export const STATEMENT_MS = 30_000;

/** Beyond that no answer comes any more: it is lost on the way. */
const ANSWER_SPARE_MS = 5_000;

/** Milliseconds after which a statement counts as lost with its connection. */
export const answerMs = (statementMs = STATEMENT_MS): number => statementMs + ANSWER_SPARE_MS;

/** A statement counts as lost. The driver knows it by its words alone. */
export const isUnanswered = (error: unknown): error is Error =>
  error instanceof Error && error.message === 'Query read timeout';

/**
 * What every connection to PostgreSQL needs: a machine that is gone without a word, or a link that swallows everything, would
 * otherwise be waited for until the system gives it up, which takes a quarter of an hour, and two hours where we only listen.
 */
export const watchedConnection = {
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  connectionTimeoutMillis: 15_000,
} as const;
