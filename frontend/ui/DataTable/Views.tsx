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
  const [saving, setSaving] = useState(false);
  const current = views.find((view) => comparable(view.query) === comparable(query));
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
      {(!current || current.key) && (
        <button
          type="button"
          className="tab tab--add"
          aria-label={current ? t('ui.views.remove', { name: current.name }) : t('ui.views.save')}
          title={current ? t('ui.views.remove', { name: current.name }) : t('ui.views.save')}
          aria-haspopup="dialog"
          onClick={() => setSaving(true)}
        >
          <Icon name={current ? 'trash' : 'plus'} size="sm" />
        </button>
      )}
      {saving && (
        <Suspense>
          <SaveView connection={connection} query={query} view={current ?? null} onClose={() => setSaving(false)} />
        </Suspense>
      )}
    </nav>
  );
});

/** Two queries show the same when they differ in their columns or in the order of their conditions only. */
export function comparable(query: string): string {
  const params = new URLSearchParams(query);
  params.delete('cols');
  params.sort();
  return params.toString();
}
