/**
 * A reason not to start that the operator can act on: one sentence that names what was found and what to do.
 * It is printed as it is, without a stack; any other error is a bug and is printed with its stack.
 */
export class StartError extends Error {
  override name = 'StartError';
}
