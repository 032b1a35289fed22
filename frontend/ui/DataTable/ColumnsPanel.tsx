'use client';

import { useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { currentDisplay } from '#shell/display.ts';
import { Button } from '../Button.tsx';
import { Dialog } from '../Dialog.tsx';
import type { ListDefinition } from './definition.ts';
import { type ListState, pinnedMax, type ShownColumn, shownColumns } from './state.ts';

/** Which columns are shown and in which order, and how high the rows are. */
export default function ColumnsPanel({
  definition,
  state,
  change,
  onClose,
}: {
  definition: ListDefinition;
  state: ListState;
  change: (patch: Partial<ListState>, replace?: boolean) => void;
  onClose: () => void;
}) {
  const { t } = useLanguage();
  const [density, setDensity] = useState<string>(() => currentDisplay().density ?? '');
  const shown: readonly ShownColumn[] =
    state.columns ?? shownColumns(state, definition).map((column) => ({ key: column.key, width: null }));
  const pinned = state.pinned ?? definition.pinned;
  const byKey = new Map(definition.columns.map((column) => [column.key, column]));
  const hidden = definition.columns.filter((column) => !shown.some((each) => each.key === column.key));
  const set = (columns: readonly ShownColumn[]) => columns.length > 0 && change({ columns }, true);
  const move = (at: number, by: number) => {
    const next = [...shown];
    const [moved] = next.splice(at, 1);
    next.splice(at + by, 0, moved as ShownColumn);
    set(next);
  };

  return (
    <Dialog
      title={t('ui.list.columns')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={() => change({ columns: null, pinned: null }, true)}>{t('ui.list.columnsReset')}</Button>
          <Button kind="primary" onClick={onClose}>
            {t('ui.done')}
          </Button>
        </>
      }
    >
      <div className="segment" role="group" aria-label={t('ui.list.density')}>
        {(['compact', '', 'comfortable'] as const).map((each) => (
          <button
            type="button"
            key={each}
            data-display={`density=${each}`}
            aria-pressed={each === density}
            onClick={() => setDensity(each)}
          >
            {t(`ui.density.${each || 'normal'}`)}
          </button>
        ))}
      </div>
      <ul className="columns-list">
        {shown.map(({ key }, at) => (
          <li key={key}>
            <label className="choice">
              <input
                className="check"
                type="checkbox"
                checked
                onChange={() => set(shown.filter((each) => each.key !== key))}
              />
              {byKey.get(key)?.label}
            </label>
            <span>
              <Button
                kind="ghost"
                size="sm"
                icon="lock"
                label={t('ui.list.pin')}
                aria-pressed={at < pinned}
                disabled={at >= pinnedMax}
                onClick={() => change({ pinned: pinned === at + 1 ? at : at + 1 }, true)}
              />
              <Button
                kind="ghost"
                size="sm"
                icon="arrow-up"
                label={t('ui.list.moveUp')}
                disabled={at === 0}
                onClick={() => move(at, -1)}
              />
              <Button
                kind="ghost"
                size="sm"
                icon="arrow-down"
                label={t('ui.list.moveDown')}
                disabled={at === shown.length - 1}
                onClick={() => move(at, 1)}
              />
            </span>
          </li>
        ))}
        {hidden.map((column) => (
          <li key={column.key}>
            <label className="choice muted">
              <input
                className="check"
                type="checkbox"
                checked={false}
                onChange={() => set([...shown, { key: column.key, width: null }])}
              />
              {column.label}
            </label>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
