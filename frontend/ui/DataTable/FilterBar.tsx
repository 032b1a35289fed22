'use client';

import { memo, Suspense, useEffect, useRef, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Icon } from '../Icon.tsx';
import { late } from '../late.tsx';
import { Menu } from '../Menu.tsx';
import type { Column, ListDefinition } from './definition.ts';
import type { FilterPart } from './filter.ts';
import { type GroupWay, wayName } from './group-ways.ts';
import type { ListState, ListVariables } from './state.ts';
import type { WindowsOf } from './useRowWindows.ts';

const FilterBuilder = late(() => import('./FilterBuilder.tsx'));
const GroupChoices = late(() => import('./GroupChoices.tsx'));
const Conditions = late(() => import('./Conditions.tsx'));
const panels = {
  sort: late(() => import('./SortPanel.tsx')),
  columns: late(() => import('./ColumnsPanel.tsx')),
} as const;

const searchAfterMs = 250;

export interface FilterBarProps {
  readonly definition: ListDefinition;
  readonly state: ListState;
  readonly columns: readonly Column[];
  readonly variables: ListVariables;
  readonly ways: readonly GroupWay[];
  readonly windowsOf: WindowsOf;
  change(patch: Partial<ListState>, replace?: boolean): void;
}

/** Search, the conditions in effect, and the ways to group, to change columns and to take the list along. */
export const FilterBar = memo(function FilterBar(props: FilterBarProps) {
  const { definition, state, change } = props;
  const { t } = useLanguage();
  /** The condition that is opened for a change; `new` for one more. */
  const [editing, setEditing] = useState<FilterPart | 'new' | null>(null);
  const [panel, setPanel] = useState<keyof typeof panels | null>(null);
  const Panel = panel && panels[panel];
  const canFilter = definition.columns.some((column) => column.filter);

  return (
    <div className="filterbar" role="search">
      {definition.search.length > 0 && (
        <SearchBox key={state.search} definition={definition} value={state.search} change={change} />
      )}
      {state.conditions.length > 0 && (
        <Suspense>
          <Conditions
            definition={definition}
            conditions={state.conditions}
            onOpen={setEditing}
            onRemove={(part) => change({ conditions: state.conditions.filter((each) => each !== part) })}
          />
        </Suspense>
      )}
      {canFilter && (
        <button type="button" className="chip chip--add" onClick={() => setEditing('new')} aria-haspopup="dialog">
          <Icon name="filter" size="sm" />
          {t('ui.list.filter')}
        </button>
      )}
      <div className="filterbar-end">
        {definition.groups && <GroupMenu {...props} />}
        {(['sort', 'columns'] as const).map((name) => (
          <button
            type="button"
            key={name}
            className={`btn btn--ghost btn--sm btn--icon ${name === 'sort' ? 'only-phone' : 'only-wide'}`}
            aria-label={t(`ui.list.${name}`)}
            title={t(`ui.list.${name}`)}
            aria-haspopup="dialog"
            onClick={() => setPanel(name)}
          >
            <Icon name={name} />
          </button>
        ))}
        <ExportMenu {...props} />
      </div>
      <Suspense>
        {editing !== null && (
          <FilterBuilder
            definition={definition}
            conditions={state.conditions}
            opened={editing}
            onChange={(conditions) => change({ conditions })}
            onClose={() => setEditing(null)}
          />
        )}
        {Panel && <Panel definition={definition} state={state} change={change} onClose={() => setPanel(null)} />}
      </Suspense>
    </div>
  );
});

/** Chooses what rows are grouped by. The choices are fetched when someone reaches for them. */
function GroupMenu({ definition, ways, change }: FilterBarProps) {
  const { t } = useLanguage();
  const [near, setNear] = useState(false);
  return (
    <span className="row" onPointerEnter={() => setNear(true)} onFocus={() => setNear(true)}>
      <Menu
        id="group-menu"
        label={t('ui.group.label')}
        trigger={
          <>
            <Icon name="sum" />
            <span className="only-wide">{ways.map((way) => wayName(way, t)).join(' › ') || t('ui.group.label')}</span>
          </>
        }
        className={ways.length > 0 ? 'btn btn--ghost btn--sm is-on' : 'btn btn--ghost btn--sm'}
      >
        <Suspense>{near && <GroupChoices definition={definition} ways={ways} change={change} />}</Suspense>
      </Menu>
    </span>
  );
}

function ExportMenu({ definition, columns, variables, ways, windowsOf }: FilterBarProps) {
  const { t, format } = useLanguage();
  const save = (form: 'csv' | 'xlsx') =>
    import('./exportRows.ts').then(({ exportRows }) =>
      exportRows(form, { definition, columns, variables, ways, windowsOf, t, format }),
    );
  return (
    <Menu
      id="export-menu"
      label={t('ui.list.export')}
      trigger={<Icon name="download" />}
      className="btn btn--ghost btn--sm btn--icon"
    >
      {(['csv', 'xlsx'] as const).map((form) => (
        <button
          type="button"
          key={form}
          className="menu-item"
          role="menuitem"
          popoverTarget="export-menu"
          onClick={() => void save(form)}
        >
          {t(`ui.export.${form}`)}
        </button>
      ))}
    </Menu>
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
