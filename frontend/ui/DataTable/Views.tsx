'use client';

import { memo, Suspense, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Icon } from '../Icon.tsx';
import { late } from '../late.tsx';
import type { SavedView } from './definition.ts';

const SaveView = late(() => import('./SaveView.tsx'));

/** Views as tabs; each is a link that can be opened beside the others, sent on, or gone back to. */
export const Views = memo(function Views({
  connection,
  views,
  query,
}: {
  connection: string;
  views: readonly SavedView[];
  query: string;
}) {
  const { t } = useLanguage();
  const [dialog, setDialog] = useState<'save' | 'remove' | null>(null);
  const like = (columns: boolean) =>
    views.find((view) => comparable(view.query, columns) === comparable(query, columns));
  const saved = like(true);
  const current = saved ?? like(false);
  const offered = {
    save: !saved && t('ui.views.save'),
    remove: current?.key && t('ui.views.remove', { name: current.name }),
  };
  return (
    <nav className="tabs" aria-label={t('ui.views.label')}>
      {views.map((view) => (
        <a
          key={view.name + view.query}
          className="tab"
          href={`?${view.query}`}
          aria-current={view === current ? 'true' : undefined}
        >
          {view.name}
        </a>
      ))}
      {(['save', 'remove'] as const).map((act) => {
        const label = offered[act];
        return (
          label && (
            <button
              key={act}
              type="button"
              className="tab tab--add"
              aria-label={label}
              title={label}
              aria-haspopup="dialog"
              onClick={() => setDialog(act)}
            >
              <Icon name={act === 'save' ? 'plus' : 'trash'} size="sm" />
            </button>
          )
        );
      })}
      {dialog && (
        <Suspense>
          <SaveView
            connection={connection}
            query={query}
            view={(dialog === 'remove' && current) || null}
            onClose={() => setDialog(null)}
          />
        </Suspense>
      )}
    </nav>
  );
});

/** Two queries have the same rows when they differ in their columns, what stays in view of them, or in the order of their conditions only. */
function comparable(query: string, columns: boolean): string {
  const params = new URLSearchParams(query);
  for (const name of columns ? [] : ['cols', 'pin']) params.delete(name);
  params.sort();
  return params.toString();
}
