/** The SQLSTATE with which PostgreSQL has refused something; what builds statements wraps its errors in errors of its own. */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : sqlStateOf(error.cause);
}
