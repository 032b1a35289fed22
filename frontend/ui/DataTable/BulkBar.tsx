'use client';

import { useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Icon } from '../Icon.tsx';
import type { Column, ListDefinition } from './definition.ts';
import { exportCsv } from './exportCsv.ts';
import type { ListVariables } from './state.ts';
import type { Selection } from './useSelection.ts';

/** Actions for the chosen rows; it floats, so that no row moves when it comes. */
export default function BulkBar({
  definition,
  columns,
  variables,
  selection,
  count,
  total,
  onSelectAll,
  onClear,
}: {
  definition: ListDefinition;
  columns: readonly Column[];
  variables: ListVariables;
  selection: Selection;
  count: number;
  total: number;
  onSelectAll: () => void;
  onClear: () => void;
}) {
  const { t, format } = useLanguage();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    await exportCsv({ definition, columns, variables, t, format, ids: selection.all ? undefined : selection.ids });
    setBusy(false);
  };
  return (
    <div className="bulkbar" role="toolbar" aria-label={t('ui.bulk.label')}>
      <span>
        <strong className="tabn">{format.integer(count)}</strong> {t('ui.bulk.selected')}
      </span>
      {!selection.all && total > count && (
        <button type="button" className="link only-wide" onClick={onSelectAll}>
          {t('ui.bulk.selectAll', { total })}
        </button>
      )}
      <span className="bulkbar-sep only-wide" />
      <button type="button" onClick={save} disabled={busy}>
        <Icon name="download" />
        CSV
      </button>
      <span className="bulkbar-sep only-wide" />
      <button type="button" aria-label={t('ui.bulk.clear')} onClick={onClear}>
        <Icon name="x" />
      </button>
    </div>
  );
}
