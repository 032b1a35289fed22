'use client';

import { useLanguage } from '#i18n/client.tsx';
import { Button } from '../Button.tsx';
import { Dialog } from '../Dialog.tsx';
import { SelectField } from '../Field.tsx';
import type { ListDefinition } from './definition.ts';
import { type ListState, type Sort, shownSort } from './state.ts';

/** What the rows are sorted by, one column after the other, where no head can be clicked. */
export default function SortPanel({
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
  const sort = shownSort(state.sort, definition);
  const set = (next: readonly Sort[]) => change({ sort: next }, true);
  const left = definition.columns.filter(({ key, sort: by }) => by && !sort.some(({ column }) => column === key));
  const label = (key: string) => definition.columns.find((column) => column.key === key)?.label ?? key;
  return (
    <Dialog
      title={t('ui.list.sort')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={() => set([])}>{t('ui.list.columnsReset')}</Button>
          <Button kind="primary" onClick={onClose}>
            {t('ui.done')}
          </Button>
        </>
      }
    >
      <ul className="columns-list">
        {sort.map((step) => {
          const others = sort.filter((each) => each !== step);
          const turned = { ...step, descending: !step.descending };
          return (
            <li key={step.column}>
              <span>{label(step.column)}</span>
              <span>
                <Button
                  kind="ghost"
                  size="sm"
                  icon={step.descending ? 'arrow-down' : 'arrow-up'}
                  onClick={() => set(sort.map((each) => (each === step ? turned : each)))}
                >
                  {t(step.descending ? 'ui.sort.descending' : 'ui.sort.ascending')}
                </Button>
                <Button
                  kind="ghost"
                  size="sm"
                  icon="x"
                  label={t('ui.sort.remove', { name: label(step.column) })}
                  onClick={() => set(others)}
                />
              </span>
            </li>
          );
        })}
      </ul>
      {left.length > 0 && (
        <SelectField
          label={t(sort.length > 0 ? 'ui.sort.then' : 'ui.sort.by')}
          value=""
          onChange={(event) => set([...sort, { column: event.target.value, descending: false }])}
        >
          <option value="" />
          {left.map(({ key, label: text }) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </SelectField>
      )}
    </Dialog>
  );
}
