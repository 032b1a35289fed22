/**
 * A reason not to start that the operator can act on: one sentence that names what was found and what to do.
 * It is printed as it is, without a stack; any other error is a bug and is printed with its stack.
 */
export class StartError extends Error {
  override name = 'StartError';
}

/** What to print of an error that kept a process from starting. */
export function sentenceOf(error: unknown): unknown {
  if (error instanceof StartError) return error.message;
  const { code, syscall, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code !== 'EADDRINUSE' || syscall !== 'listen') return error;
  return `Port ${port} is taken on ${address} by another program: stop that program, or set another port.`;
}

/** For processes that nobody watches start: whatever ends one is printed as the operator can use it. */
export function explainStart(): void {
  process.once('uncaughtException', (error) => {
    console.error(sentenceOf(error));
    process.exit(1);
  });
}
