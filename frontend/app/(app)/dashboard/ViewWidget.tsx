import { Suspense } from 'react';
import { GraphFault } from '#graphql/operation.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { cellText } from '#ui/DataTable/cell.tsx';
import { type Column, hrefOf, type Row } from '#ui/DataTable/definition.ts';
import { parseState, toVariables } from '#ui/DataTable/state.ts';
import { ErrorState } from '#ui/ErrorState.tsx';
import { Retry } from '#ui/Retry.tsx';
import { Skeleton } from '#ui/Skeleton.tsx';
import type { ListAt } from './lists.ts';
import { Nothing, Rows } from './Rows.tsx';
import { Card } from './Widget.tsx';

export interface View {
  readonly name: string;
  readonly query: string;
}

const rowsShown = 6;

/** The first rows of a saved view, by the list's own operation and order; its title opens the whole view. */
export function ViewWidget(props: { view: View; list: ListAt }) {
  return (
    <Suspense
      fallback={
        <Card title={props.view.name}>
          <div className="tile-skeleton">
            {['90%', '100%', '84%', '97%'].map((width) => (
              <Skeleton key={width} width={width} />
            ))}
          </div>
        </Card>
      }
    >
      <Loaded {...props} />
    </Suspense>
  );
}

type Answer = Record<string, { edges?: readonly { node: Row }[]; totalCount?: number } | null>;

async function Loaded({ view, list: { path, definition } }: { view: View; list: ListAt }) {
  const { t, format } = await language();
  const variables = toVariables(parseState(new URLSearchParams(view.query), definition), definition);
  let found: Answer[string] = null;
  let fault: GraphFault | null = null;
  try {
    const answer = (await ask(definition.operation as never, {
      ...variables,
      first: rowsShown,
      at: 0,
      rows: true,
      count: true,
    })) as Answer;
    found = answer[definition.connection] ?? null;
  } catch (error) {
    if (!(error instanceof GraphFault)) throw error;
    fault = error;
  }
  const words = { format, yes: t('ui.yes'), no: t('ui.no') };
  const column = (role: Column['card']) => definition.columns.find((each) => each.card === role);
  const [title, sub, end] = [column('title'), column('sub'), column('end')];
  const text = (shown: Column | undefined, row: Row) => (shown ? cellText(shown, row, words) : '');
  return (
    <Card
      title={view.name}
      sub={found ? `${definition.label}, ${format.integer(found.totalCount ?? 0)}` : definition.label}
      href={`${path}?${view.query}`}
    >
      {found ? (
        <Rows
          nothing={<Nothing>{t('dashboard.viewEmpty')}</Nothing>}
          rows={(found.edges ?? []).map(({ node }) => ({
            id: node.id,
            href: (definition.href && hrefOf(definition.href, node)) ?? `${path}?${view.query}`,
            title: text(title, node) || text(sub, node),
            sub: text(title, node) ? text(sub, node) : null,
            end: text(end, node),
          }))}
        />
      ) : (
        <ErrorState title={t('dashboard.failed')} requestId={fault?.requestId} actions={<Retry />}>
          {t('dashboard.failedText')}
        </ErrorState>
      )}
    </Card>
  );
}
