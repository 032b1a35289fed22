'use client';

import { Suspense, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Icon } from '../Icon.tsx';
import { late } from '../late.tsx';
import type { BulkAction, Column, ListDefinition } from './definition.ts';
import { exportRows } from './exportRows.ts';
import type { ListVariables } from './state.ts';
import type { WindowsOf } from './useRowWindows.ts';
import { chosenCount, type Selection } from './useSelection.ts';

const BulkDialog = late(() => import('./BulkDialog.tsx'));

/** Actions for the chosen rows; it floats, so that no row moves when it comes. */
export default function BulkBar({
  definition,
  columns,
  variables,
  selection,
  total,
  windowsOf,
  onSelectAll,
  onClear,
  onChanged,
  onActing,
}: {
  definition: ListDefinition;
  columns: readonly Column[];
  variables: ListVariables;
  selection: Selection;
  total: number;
  windowsOf: WindowsOf;
  onSelectAll: () => void;
  onClear: () => void;
  /** An action has changed rows. */
  onChanged: () => void;
  /** An action is open; the bar stays until it is closed, whatever of the selection is left by then. */
  onActing: (acting: boolean) => void;
}) {
  const { t, format } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [action, setAction] = useState<BulkAction | null>(null);
  const count = chosenCount(selection, total);
  const act = (next: BulkAction | null) => {
    setAction(next);
    onActing(next !== null);
  };
  const save = async (form: 'csv' | 'xlsx') => {
    setBusy(true);
    await exportRows(form, { definition, columns, variables, selection, windowsOf, t, format });
    setBusy(false);
  };
  return (
    <>
      <div className="bulkbar" role="toolbar" aria-label={t('ui.bulk.label')}>
        <span className="bulkbar-count">
          <strong className="tabn">{format.integer(count)}</strong> {t('ui.bulk.selected')}
        </span>
        {!selection.all && total > count && (
          <button type="button" className="link" onClick={onSelectAll}>
            {t('ui.bulk.selectAll', { total })}
          </button>
        )}
        <span className="bulkbar-sep" />
        {definition.bulk?.map((each) => (
          <button type="button" key={each.key} title={each.label} onClick={() => act(each)}>
            <Icon name={each.icon} />
            <span className="bulkbar-label">{each.label}</span>
          </button>
        ))}
        <button type="button" onClick={() => save('csv')} disabled={busy}>
          <Icon name="download" />
          CSV
        </button>
        <button type="button" className="only-wide" onClick={() => save('xlsx')} disabled={busy}>
          <Icon name="download" />
          XLSX
        </button>
        <span className="bulkbar-sep only-wide" />
        <button type="button" aria-label={t('ui.bulk.clear')} onClick={onClear}>
          <Icon name="x" />
        </button>
      </div>
      {action && (
        <Suspense>
          <BulkDialog
            action={action}
            definition={definition}
            variables={variables}
            selection={selection}
            total={total}
            windowsOf={windowsOf}
            onDone={onChanged}
            onClose={() => act(null)}
          />
        </Suspense>
      )}
    </>
  );
}
