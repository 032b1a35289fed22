import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { askParts } from '#graphql/server.ts';
import { type Crumb, NotAllowed, Page } from '#shell/Page.tsx';
import { viewer } from '#shell/viewer.ts';
import { DataTable } from '#ui/DataTable/DataTable.tsx';
import type { ListDefinition, Row, SavedView } from '#ui/DataTable/definition.ts';
import { parseState, toVariables } from '#ui/DataTable/state.ts';
import type { InitialRows } from '#ui/DataTable/useRowWindows.ts';
import { windowSize } from '#ui/DataTable/windows.ts';
import { readerOf } from './own-views.ts';

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** Rows of the first paint: as many as most screens of the kind show. What a larger one has room for follows at once. */
const rowsDrawn = { phone: 12, other: 30 } as const;

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
  const reader = readerOf(definition.connection);
  // Only a period of the company's own year has to wait for what it is.
  const dated = (start: number | undefined) => ({ ...definition, fiscalYearStart: start });
  const needsYear = params.toString().includes('Year') || params.toString().includes('Quarter');
  const rows = firstRows(needsYear ? dated((await reader).fiscalYearStart) : definition, params);
  const [initial, { views: own, fiscalYearStart }, { permissions }] = await Promise.all([rows, reader, viewer()]);
  if (!initial) {
    return (
      <Page crumbs={crumbs}>
        <NotAllowed reading />
      </Page>
    );
  }
  return (
    <Page crumbs={crumbs}>
      <DataTable
        definition={allowed(dated(fiscalYearStart), permissions)}
        initial={initial}
        views={[...views, ...own]}
        actions={actions}
      />
    </Page>
  );
}

/** Only what the reader may do; the graph would refuse the rest anyway. */
function allowed(definition: ListDefinition, permissions: readonly string[]): ListDefinition {
  const { edit, bulk, columns, empty } = definition;
  const mayEdit = edit && permissions.includes(edit.permission);
  return {
    ...definition,
    edit: mayEdit ? edit : undefined,
    columns: mayEdit ? columns : columns.map((column) => ({ ...column, edit: undefined })),
    empty: empty.action && permissions.includes(empty.action.permission) ? empty : { ...empty, action: undefined },
    bulk: bulk?.filter(({ permission }) => permissions.includes(permission)),
  };
}

type Connections = Readonly<Record<string, { edges?: readonly { node: Row }[]; totalCount?: number } | null>>;

/** Null for whoever may not read them: a list without rows would say that there are none. */
async function firstRows(definition: ListDefinition, params: URLSearchParams): Promise<InitialRows | null> {
  const variables = toVariables(parseState(params, definition), definition);
  const read = async (rows: boolean) => {
    const { data, faults } = await askParts<Connections, unknown>(definition.operation as never, {
      ...variables,
      first: rows ? windowSize : 1,
      at: 0,
      rows,
      count: !rows,
    });
    const connection = data[definition.connection];
    return { connection, isRefused: !connection && faults[definition.connection]?.code === 'FORBIDDEN' };
  };
  const counted = read(false).then(
    ({ connection }) => connection?.totalCount ?? -1,
    () => -1,
  );
  const [{ connection, isRefused }, head] = await Promise.all([read(true), headers()]);
  const total = await Promise.race([counted, new Promise<number>((done) => setTimeout(done, waitForCountMs, -1))]);
  if (isRefused) return null;
  const isPhone = head.get('sec-ch-ua-mobile') === '?1' || /\bMobi/.test(head.get('user-agent') ?? '');
  return {
    key: JSON.stringify(variables),
    rows: JSON.stringify(connection?.edges?.map((edge) => edge.node) ?? []),
    total,
    drawn: rowsDrawn[isPhone ? 'phone' : 'other'],
    cards: isPhone,
  };
}

export function toParams(found: Record<string, string | string[] | undefined>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(found)) {
    for (const each of Array.isArray(value) ? value : value === undefined ? [] : [value]) params.append(name, each);
  }
  return params;
}
