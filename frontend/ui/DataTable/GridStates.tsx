'use client';

import { useLanguage } from '#i18n/client.tsx';
import { Button } from '../Button.tsx';
import { EmptyState } from '../EmptyState.tsx';
import { ErrorState } from '../ErrorState.tsx';
import type { ListDefinition } from './definition.ts';
import type { ListRows } from './windows.ts';

/** What stands over the rows when there are none, or when they could not be had. */
export function GridStates({
  definition,
  rows,
  filters,
  onClearFilters,
  onRetry,
}: {
  definition: ListDefinition;
  rows: ListRows;
  /** Number of filters in effect. */
  filters: number;
  onClearFilters: () => void;
  onRetry: () => void;
}) {
  const { t } = useLanguage();
  const { title, text, action } = definition.empty;
  return (
    <>
      {rows.total === 0 && (
        <div className="grid-state">
          {filters > 0 ? (
            <EmptyState
              title={t('ui.list.noMatch')}
              actions={<Button onClick={onClearFilters}>{t('ui.list.clearFilters')}</Button>}
            >
              {t('ui.list.filtersSet', { count: filters })}
            </EmptyState>
          ) : (
            <EmptyState
              title={title}
              actions={
                action && (
                  <a className="btn btn--primary" href={action.href}>
                    {action.label}
                  </a>
                )
              }
            >
              {text}
            </EmptyState>
          )}
        </div>
      )}
      {rows.fault !== null && (
        <div className="grid-fault">
          <ErrorState
            title={t('ui.list.failed')}
            requestId={(rows.fault as { requestId?: string }).requestId}
            actions={<Button onClick={onRetry}>{t('ui.retry')}</Button>}
          />
        </div>
      )}
    </>
  );
}
