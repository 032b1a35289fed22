import type { ReactNode } from 'react';
import { ask } from '#graphql/server.ts';
import { type Crumb, Page } from '#shell/Page.tsx';
import { DataTable } from '#ui/DataTable/DataTable.tsx';
import type { ListDefinition, Row, SavedView } from '#ui/DataTable/definition.ts';
import { parseState, toVariables } from '#ui/DataTable/state.ts';
import type { InitialRows } from '#ui/DataTable/useRowWindows.ts';
import { windowSize } from '#ui/DataTable/windows.ts';
import { ownViews } from './own-views.ts';

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** The number of rows may come later than the rows; a page waits for it only this long after they are there. */
const waitForCountMs = 40;

/** A page that is one list: the first rows come with the page, everything after it through the same operation. */
export async function ListPage({
  definition,
  crumbs,
  views = [],
  searchParams,
  actions,
}: {
  definition: ListDefinition;
  crumbs: readonly Crumb[];
  views?: readonly SavedView[];
  searchParams: SearchParams;
  actions?: ReactNode;
}) {
  const params = toParams(await searchParams);
  const [initial, own] = await Promise.all([firstRows(definition, params), ownViews(definition.connection)]);
  return (
    <Page crumbs={crumbs}>
      <DataTable definition={definition} initial={initial} views={[...views, ...own]} actions={actions} />
    </Page>
  );
}

async function firstRows(definition: ListDefinition, params: URLSearchParams): Promise<InitialRows> {
  const variables = toVariables(parseState(params, definition), definition);
  const read = async (rows: boolean) => {
    const data = (await ask(definition.operation as never, {
      ...variables,
      first: rows ? windowSize : 1,
      at: 0,
      rows,
      count: !rows,
    })) as Record<string, { edges?: readonly { node: Row }[]; totalCount?: number } | null>;
    return data[definition.connection];
  };
  const counted = read(false).then(
    (connection) => connection?.totalCount ?? -1,
    () => -1,
  );
  const connection = await read(true);
  const total = await Promise.race([counted, new Promise<number>((done) => setTimeout(done, waitForCountMs, -1))]);
  return { key: JSON.stringify(variables), rows: connection?.edges?.map((edge) => edge.node) ?? [], total };
}

export function toParams(found: Record<string, string | string[] | undefined>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(found)) {
    for (const each of Array.isArray(value) ? value : value === undefined ? [] : [value]) params.append(name, each);
  }
  return params;
}
