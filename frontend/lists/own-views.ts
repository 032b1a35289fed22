import { OwnViews } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import type { SavedView } from '#ui/DataTable/definition.ts';

/** Where the views of a list are kept among the preferences of a user. */
export const viewPrefix = (connection: string): string => `views/${connection}/`;

/** What a list knows of its reader: own views, those that colleagues share, and when the company's fiscal year starts. */
export interface ReaderOfList {
  readonly views: readonly SavedView[];
  readonly fiscalYearStart: number | undefined;
}

/** Without an answer the list still opens. */
export async function readerOf(connection: string): Promise<ReaderOfList> {
  const found = await ask(OwnViews, { prefix: viewPrefix(connection) }).catch(() => null);
  const views = (found?.viewer?.preferences ?? []).flatMap(({ key, value, own, shared }) => {
    const { name, query } = (value ?? {}) as { name?: unknown; query?: unknown };
    if (typeof name !== 'string' || typeof query !== 'string') return [];
    return [{ name, query, key: own ? key : undefined, shared }];
  });
  return { views, fiscalYearStart: found?.viewer?.company?.fiscalYearStartMonth ?? undefined };
}
