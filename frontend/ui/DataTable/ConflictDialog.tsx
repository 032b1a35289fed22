'use client';

import { useLanguage } from '#i18n/client.tsx';
import { Button } from '../Button.tsx';
import { Dialog } from '../Dialog.tsx';
import { valueText } from './cell.tsx';
import type { CellEdits, Conflict } from './cell-edits.ts';
import { type ListDefinition, valueAt } from './definition.ts';

/** Somebody else changed the same entry first. Both values are shown; the reader says which one counts. */
export default function ConflictDialog({
  definition,
  conflict,
  edits,
}: {
  definition: ListDefinition;
  conflict: Conflict;
  edits: CellEdits;
}) {
  const { t, format } = useLanguage();
  const words = { format, yes: t('ui.yes'), no: t('ui.no') };
  const name = definition.columns.find(({ kind }) => kind === 'link');
  const entry = name ? String(valueAt(conflict.current, name.path) ?? '') : '';
  return (
    <Dialog
      title={t('ui.conflict.title', { entry })}
      text={t('ui.conflict.text')}
      onClose={() => void edits.settle(false)}
      actions={
        <>
          <Button onClick={() => void edits.settle(false)}>{t('ui.conflict.theirs')}</Button>
          <Button kind="primary" onClick={() => void edits.settle(true)}>
            {t('ui.conflict.mine')}
          </Button>
        </>
      }
    >
      <table className="conflict">
        <thead>
          <tr>
            <th scope="col">{t('ui.conflict.field')}</th>
            <th scope="col">{t('ui.conflict.theirValue')}</th>
            <th scope="col">{t('ui.conflict.myValue')}</th>
          </tr>
        </thead>
        <tbody>
          {conflict.changes.map(({ column, value }) => (
            <tr key={column.key}>
              <th scope="row">{column.label}</th>
              <td>{valueText(column, valueAt(conflict.current, column.path), words) || '–'}</td>
              <td>{valueText(column, value, words) || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
