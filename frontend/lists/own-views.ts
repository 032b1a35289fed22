import { OwnViews } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import type { SavedView } from '#ui/DataTable/definition.ts';

/** Where the views of a list are kept among the preferences of a user. */
export const viewPrefix = (connection: string): string => `views/${connection}/`;

/** Views that the reader saved for a list, and those that colleagues share. Without them the list still opens. */
export async function ownViews(connection: string): Promise<readonly SavedView[]> {
  const found = await ask(OwnViews, { prefix: viewPrefix(connection) }).catch(() => null);
  return (found?.viewer?.preferences ?? []).flatMap(({ key, value, own }) => {
    const { name, query } = (value ?? {}) as { name?: unknown; query?: unknown };
    return typeof name === 'string' && typeof query === 'string' ? [{ name, query, key: own ? key : undefined }] : [];
  });
}
