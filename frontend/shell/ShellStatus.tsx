import { ShellStatus as ShellStatusQuery } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { StatusTools } from './StatusTools.tsx';

/** Running tasks and unread notifications. Whoever may not see them, or when they cannot be had, gets the bare tools. */
export async function ShellStatus() {
  const status = await ask(ShellStatusQuery, {}).catch(() => null);
  return <StatusTools initial={status} />;
}
