'use client';

import { useEffect, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { today } from '#i18n/today.ts';
import { parseDecimal } from '../decimal-input.ts';
import { Field, SelectField } from '../Field.tsx';
import type { Column, ListDefinition } from './definition.ts';
import { type Condition, joinValues, splitValues } from './filter.ts';
import { valueLabel } from './filter-text.ts';
import { groupWays } from './group-ways.ts';
import { daysOf, isPeriod, periods } from './periods.ts';
import { allOf } from './state.ts';
import { fetchGroups } from './useRowWindows.ts';

/** Values offered at once; more are found by typing. */
const offeredMax = 60;
const askAfterMs = 200;

interface ValueProps {
  readonly definition: ListDefinition;
  readonly column: Column;
  readonly condition: Condition;
  readonly others: object | null;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
}

/** The value of a condition, asked for in the way that fits its column. */
export function ValueInput(props: ValueProps) {
  const { column, condition, definition, onChange, onEnter } = props;
  const { operator, value } = condition;
  const { t, format } = useLanguage();
  const label = t('ui.filter.value');
  if (operator === 'isNull' || column.filterType === 'yesNo') {
    return (
      <SelectField label={label} value={value || 'true'} onChange={(event) => onChange(event.target.value)}>
        <option value="true">{t('ui.yes')}</option>
        <option value="false">{t('ui.no')}</option>
      </SelectField>
    );
  }
  if (operator === 'within') {
    const days = isPeriod(value) && daysOf(value, today(), definition.fiscalYearStart);
    return (
      <SelectField
        label={label}
        value={value}
        hint={days ? `${format.date(days.from)} – ${format.date(days.to)}` : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">–</option>
        {periods.map((period) => (
          <option key={period} value={period}>
            {t(`ui.period.${period}`)}
          </option>
        ))}
      </SelectField>
    );
  }
  const isChoice = column.values && (column.filterType === 'enum' || column.filterType === 'set');
  if (isChoice || operator === 'in') return <Choices {...props} />;
  if (column.filterType === 'number') return <NumberInput {...props} />;
  return (
    <Field
      label={label}
      type={column.filterType === 'date' ? 'date' : 'text'}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && onEnter()}
    />
  );
}

/** A number as people of the language write it. What is none stands there with its fault, and is no value. */
function NumberInput({ condition, onChange, onEnter }: ValueProps) {
  const { t, format } = useLanguage();
  const [typed, setTyped] = useState('');
  const read = (text: string) => parseDecimal(text, format.locale) ?? '';
  // A value that was not typed here, such as one from the link, is written out.
  const text = read(typed) === condition.value ? typed : condition.value && format.decimal(condition.value);
  return (
    <Field
      label={t('ui.filter.value')}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      error={text.trim() && !read(text) ? t('ui.edit.notNumber') : null}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(read(event.target.value));
      }}
      onKeyDown={(event) => event.key === 'Enter' && onEnter()}
    />
  );
}

/** Values to choose from, with the number of entries that each would match. */
function Choices({ definition, column, condition, others, onChange }: ValueProps) {
  const { t, format } = useLanguage();
  const [search, setSearch] = useState('');
  const { counts, total } = useCounts(definition, column, others, search);
  const several = condition.operator === 'in';
  const picked = several ? splitValues(condition.value) : condition.value ? [condition.value] : [];
  const named = column.values && Object.keys(column.values).filter((key) => column.choices?.includes(key) ?? true);
  const offered = named ?? [...new Set([...picked, ...counts.keys()])];
  const choose = (value: string) => {
    if (!several) return onChange(value);
    onChange(joinValues(picked.includes(value) ? picked.filter((each) => each !== value) : [...picked, value]));
  };
  return (
    <fieldset className="field choices">
      <legend className="field-label">{t('ui.filter.value')}</legend>
      {!named && (search !== '' || total > offeredMax / 4) && (
        <input
          type="search"
          className="input"
          aria-label={t('ui.filter.findValue')}
          placeholder={t('ui.filter.findValue')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      <div className="choices-list">
        {offered.map((value) => (
          <div className="choices-row" key={value}>
            <label className="choice">
              <input
                className="check"
                type={several ? 'checkbox' : 'radio'}
                checked={picked.includes(value)}
                onChange={() => choose(value)}
              />
              {valueLabel(column, value, format)}
            </label>
            {counts.has(value) && <span className="choices-count tabn">{format.integer(counts.get(value) ?? 0)}</span>}
          </div>
        ))}
        {!named && total > offered.length && (
          <p className="hint">{t('ui.filter.moreValues', { count: total - offered.length })}</p>
        )}
      </div>
    </fieldset>
  );
}

/** How many entries have each value, the most frequent first. */
function useCounts(definition: ListDefinition, column: Column, others: object | null, search: string) {
  const [found, setFound] = useState<{ readonly counts: ReadonlyMap<string, number>; readonly total: number }>({
    counts: new Map(),
    total: 0,
  });
  const way = groupWays(definition).find((each) => each.column.key === column.key && each.span === null);
  const by = way?.by;
  const asked = allOf([
    ...(definition.base ? [definition.base] : []),
    ...(others ? [others] : []),
    ...(search.trim() ? [{ [column.filter as string]: { contains: search.trim() } }] : []),
  ]);
  const key = JSON.stringify(asked);
  useEffect(() => {
    if (!by) return;
    const patience = new AbortController();
    const timer = setTimeout(() => {
      const variables = { by, filter: JSON.parse(key), order: 'COUNT_DESC', first: offeredMax, sums: false } as const;
      fetchGroups(definition, variables, patience.signal).then(
        ({ groups, total }) => {
          const counts = groups.flatMap(({ key, count }) =>
            key === null || key === '' ? [] : [[key, count] as const],
          );
          setFound({ counts: new Map(counts), total });
        },
        () => undefined,
      );
    }, askAfterMs);
    return () => {
      clearTimeout(timer);
      patience.abort();
    };
  }, [definition, by, key]);
  return found;
}
