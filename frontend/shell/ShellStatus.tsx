import { ShellStatus as ShellStatusQuery } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { Icon } from '#ui/Icon.tsx';
import { StatusTools } from './StatusTools.tsx';

/** Running tasks and unread notifications. Whoever may not see them, or when they cannot be had, gets the bare tools. */
export async function ShellStatus() {
  const status = await ask(ShellStatusQuery, {}).catch(() => null);
  return <StatusTools initial={status} />;
}

/** Keeps the room of the bell while nobody knows what is new, so that nothing beside it moves. */
export function StatusPlace() {
  return (
    <span className="tool">
      <Icon name="bell" />
    </span>
  );
}
