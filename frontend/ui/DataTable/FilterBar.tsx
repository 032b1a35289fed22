'use client';

import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import type { Formats } from '#i18n/format.ts';
import type { Translate } from '#i18n/translate.ts';
import { Icon } from '../Icon.tsx';
import type { Column, ListDefinition } from './definition.ts';
import type { Condition, ListState, ListVariables } from './state.ts';

const FilterEditor = lazy(() => import('./FilterEditor.tsx'));
const ColumnsPanel = lazy(() => import('./ColumnsPanel.tsx'));

const searchAfterMs = 250;

export interface FilterBarProps {
  readonly definition: ListDefinition;
  readonly state: ListState;
  readonly columns: readonly Column[];
  readonly variables: ListVariables;
  change(patch: Partial<ListState>, replace?: boolean): void;
}

/** Search, the conditions in effect, and the ways to change columns and row height. */
export function FilterBar(props: FilterBarProps) {
  const { definition, state, change } = props;
  const { t, format } = useLanguage();
  const [editing, setEditing] = useState<number | 'new' | null>(null);
  const [columnsOpen, setColumnsOpen] = useState(false);
  const byKey = new Map(definition.columns.map((column) => [column.key, column]));
  const canFilter = definition.columns.some((column) => column.filter);

  return (
    <div className="filterbar" role="search">
      {definition.search.length > 0 && (
        <SearchBox key={state.search} definition={definition} value={state.search} change={change} />
      )}
      {state.conditions.map((condition, at) => {
        const column = byKey.get(condition.column);
        if (!column) return null;
        return (
          <span className="chip" key={`${condition.column}${condition.operator}`}>
            <span className="chip-key">{column.label}</span>
            <span className="chip-op">{t(`ui.op.${condition.operator}`)}</span>
            <button type="button" className="chip-val tabn" onClick={() => setEditing(at)}>
              {conditionValue(condition, column, format, t)}
            </button>
            <button
              type="button"
              className="chip-x"
              aria-label={t('ui.list.removeFilter', { name: column.label })}
              onClick={() => change({ conditions: state.conditions.filter((each) => each !== condition) })}
            >
              <Icon name="x" size="sm" />
            </button>
          </span>
        );
      })}
      {canFilter && (
        <button type="button" className="chip chip--add" onClick={() => setEditing('new')} aria-haspopup="dialog">
          <Icon name="filter" size="sm" />
          {t('ui.list.filter')}
        </button>
      )}
      <div className="filterbar-end">
        <button
          type="button"
          className="btn btn--ghost btn--sm btn--icon"
          aria-label={t('ui.list.columns')}
          title={t('ui.list.columns')}
          aria-haspopup="dialog"
          onClick={() => setColumnsOpen(true)}
        >
          <Icon name="columns" />
        </button>
        <button
          type="button"
          className="btn btn--ghost btn--sm btn--icon"
          aria-label={t('ui.list.export')}
          title={t('ui.list.export')}
          onClick={() => void import('./exportCsv.ts').then(({ exportCsv }) => exportCsv({ ...props, t, format }))}
        >
          <Icon name="download" />
        </button>
      </div>
      <Suspense>
        {editing !== null && (
          <FilterEditor
            definition={definition}
            conditions={state.conditions}
            edited={editing === 'new' ? null : editing}
            onChange={(conditions) => change({ conditions })}
            onClose={() => setEditing(null)}
          />
        )}
        {columnsOpen && (
          <ColumnsPanel definition={definition} state={state} change={change} onClose={() => setColumnsOpen(false)} />
        )}
      </Suspense>
    </div>
  );
}

function SearchBox({
  definition,
  value,
  change,
}: {
  definition: ListDefinition;
  value: string;
  change: FilterBarProps['change'];
}) {
  const { t } = useLanguage();
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (next: string) => {
    clearTimeout(timer.current);
    if (next !== value) change({ search: next }, true);
  };
  const label = t('ui.list.search', { name: definition.label });
  return (
    <label className="input-wrap">
      <Icon name="search" size="sm" />
      <input
        type="search"
        // The box is made anew when a search takes effect and must keep the caret.
        autoFocus={value !== ''}
        placeholder={label}
        aria-label={label}
        aria-keyshortcuts="/"
        value={text}
        onChange={(event) => {
          const next = event.target.value;
          setText(next);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => search(next.trim()), searchAfterMs);
        }}
        onKeyDown={(event) => event.key === 'Enter' && search(text.trim())}
      />
      <kbd className="kbd">/</kbd>
    </label>
  );
}

/** A condition's value in words: days as dates, codes by their names. */
export function conditionValue(condition: Condition, column: Column, format: Formats, t: Translate): string {
  const { operator, value } = condition;
  if (operator === 'isNull') return value === 'false' ? t('ui.no') : t('ui.yes');
  if (column.filterType === 'yesNo') return value === 'true' ? t('ui.yes') : t('ui.no');
  if (column.filterType === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return format.date(value);
  if (column.filterType === 'number' && /^-?\d+(\.\d+)?$/.test(value)) return format.decimal(value);
  return value
    .split(operator === 'in' ? ',' : '\u0000')
    .map((each) => column.values?.[each]?.label ?? (column.kind === 'country' ? format.country(each) : each))
    .join(', ');
}
