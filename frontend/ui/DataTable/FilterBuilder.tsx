'use client';

import { useRef, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { today } from '#i18n/today.ts';
import { Button } from '../Button.tsx';
import { Dialog } from '../Dialog.tsx';
import { SelectField } from '../Field.tsx';
import type { Column, ListDefinition } from './definition.ts';
import {
  type Condition,
  type ConditionGroup,
  depthMax,
  type FilterPart,
  filterOf,
  isGroup,
  type Operator,
  operatorsByType,
} from './filter.ts';
import { partText } from './filter-text.ts';
import { allOf } from './state.ts';
import { ValueInput } from './ValueInput.tsx';

const matches = ['all', 'any', 'none'] as const;

/** Conditions of a list, in groups of which all, any or none must hold. */
export default function FilterBuilder({
  definition,
  conditions,
  opened,
  onChange,
  onClose,
}: {
  definition: ListDefinition;
  conditions: readonly FilterPart[];
  /** The condition that was chosen for a change, to begin with; `new` adds one. */
  opened: FilterPart | 'new';
  onChange: (conditions: readonly FilterPart[]) => void;
  onClose: () => void;
}) {
  const { t, format } = useLanguage();
  const columns = definition.columns.filter((column) => column.filter);
  const [root, setRoot] = useState<ConditionGroup>(() => rootOf(conditions, opened === 'new' ? columns[0] : undefined));
  const byKey = new Map(columns.map((column) => [column.key, column]));
  const whole = cleaned(root);

  const builder = useRef<HTMLDivElement>(null);
  const save = () => {
    const faulty = builder.current?.querySelector<HTMLElement>('[aria-invalid]');
    if (faulty) return faulty.focus();
    onChange(whole === null ? [] : whole.match === 'all' ? whole.parts : [whole]);
    onClose();
  };

  return (
    <Dialog
      title={t('ui.list.filter')}
      onClose={onClose}
      actions={
        <>
          {conditions.length > 0 && (
            <Button
              kind="ghost"
              onClick={() => {
                onChange([]);
                onClose();
              }}
            >
              {t('ui.list.clearFilters')}
            </Button>
          )}
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" onClick={save}>
            {t('ui.apply')}
          </Button>
        </>
      }
    >
      <div className="builder" ref={builder}>
        <GroupEditor
          group={root}
          definition={definition}
          columns={columns}
          depth={0}
          others={null}
          onChange={setRoot}
          onEnter={save}
        />
        <p className="builder-words" role="status">
          {whole ? partText(whole, byKey, { t, format }) : t('ui.filter.nothing')}
        </p>
      </div>
    </Dialog>
  );
}

interface EditorProps {
  readonly definition: ListDefinition;
  readonly columns: readonly Column[];
  /** What else must hold, for counting the values there are. */
  readonly others: object | null;
  readonly onEnter: () => void;
}

function GroupEditor({
  group,
  depth,
  onChange,
  onRemove,
  ...shared
}: EditorProps & {
  group: ConditionGroup;
  depth: number;
  onChange: (group: ConditionGroup) => void;
  onRemove?: () => void;
}) {
  const { t } = useLanguage();
  const { definition, columns } = shared;
  const add = (part: FilterPart) => onChange({ ...group, parts: [...group.parts, part] });
  const replace = (at: number, part: FilterPart) => onChange({ ...group, parts: group.parts.with(at, part) });
  const remove = (at: number) => onChange({ ...group, parts: group.parts.filter((_, each) => each !== at) });
  const first = columns[0] as Column;
  return (
    <fieldset className="builder-group" data-match={group.match}>
      <legend className="visually-hidden">{t(`ui.filter.match.${group.match}`)}</legend>
      <div className="builder-head">
        <div className="segment" role="group" aria-label={t('ui.filter.match')}>
          {matches.map((match) => (
            <button
              type="button"
              key={match}
              aria-pressed={group.match === match}
              onClick={() => onChange({ ...group, match })}
            >
              {t(`ui.filter.match.${match}`)}
            </button>
          ))}
        </div>
        {onRemove && (
          <Button kind="ghost" size="sm" icon="trash" label={t('ui.filter.removeGroup')} onClick={onRemove} />
        )}
      </div>
      {group.parts.map((part, at) => {
        const others = group.match === 'all' ? othersOf(group, at, definition) : [];
        const known = allOf([...(shared.others ? [shared.others] : []), ...others]);
        return isGroup(part) ? (
          <GroupEditor
            key={at}
            {...shared}
            others={known}
            group={part}
            depth={depth + 1}
            onChange={(next) => replace(at, next)}
            onRemove={() => remove(at)}
          />
        ) : (
          <ConditionEditor
            key={at}
            {...shared}
            others={known}
            condition={part}
            onChange={(next) => replace(at, next)}
            onRemove={() => remove(at)}
          />
        );
      })}
      <div className="builder-add">
        <Button kind="ghost" size="sm" icon="plus" onClick={() => add(emptyCondition(first))}>
          {t('ui.filter.add')}
        </Button>
        {depth + 1 < depthMax && (
          <Button
            kind="ghost"
            size="sm"
            icon="plus"
            onClick={() => add({ match: group.match === 'any' ? 'all' : 'any', parts: [emptyCondition(first)] })}
          >
            {t('ui.filter.addGroup')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function ConditionEditor({
  condition,
  onChange,
  onRemove,
  definition,
  columns,
  others,
  onEnter,
}: EditorProps & {
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}) {
  const { t } = useLanguage();
  const column = columns.find(({ key }) => key === condition.column) ?? (columns[0] as Column);
  const operators = operatorsFor(column, definition);
  return (
    <div className="builder-row">
      <SelectField
        label={t('ui.filter.column')}
        value={column.key}
        onChange={(event) => {
          const chosen = columns.find(({ key }) => key === event.target.value);
          if (chosen) onChange(emptyCondition(chosen));
        }}
      >
        {columns.map((each) => (
          <option key={each.key} value={each.key}>
            {each.label}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('ui.filter.operator')}
        value={condition.operator}
        onChange={(event) => onChange({ ...condition, operator: event.target.value as Operator, value: '' })}
      >
        {operators.map((each) => (
          <option key={each} value={each}>
            {t(`ui.op.${each}`)}
          </option>
        ))}
      </SelectField>
      <ValueInput
        definition={definition}
        column={column}
        condition={condition}
        others={others}
        onChange={(value) => onChange({ ...condition, value })}
        onEnter={onEnter}
      />
      <Button
        kind="ghost"
        size="sm"
        icon="x"
        label={t('ui.list.removeFilter', { name: column.label })}
        onClick={onRemove}
      />
    </div>
  );
}

/** Several values are offered where the graph can say which there are. */
function operatorsFor(column: Column, definition: ListDefinition): readonly Operator[] {
  const operators = operatorsByType[column.filterType ?? 'text'];
  const counted = column.filterType !== 'text' || definition.groups?.columns.includes(column.key);
  return counted ? operators : operators.filter((operator) => operator !== 'in');
}

const emptyCondition = (column: Column): Condition => ({
  column: column.key,
  operator: operatorsByType[column.filterType ?? 'text'][0] as Operator,
  value: '',
});

/** The conditions as one group; a group that stands alone is the root itself. */
function rootOf(conditions: readonly FilterPart[], added: Column | undefined): ConditionGroup {
  const [only] = conditions;
  const root: ConditionGroup =
    conditions.length === 1 && only && isGroup(only) ? only : { match: 'all', parts: conditions };
  return added ? { ...root, parts: [...root.parts, emptyCondition(added)] } : root;
}

/** Without conditions that say nothing; null when nothing is left. */
function cleaned(group: ConditionGroup): ConditionGroup | null {
  const parts = group.parts.flatMap((part): FilterPart[] => {
    if (isGroup(part)) {
      const inner = cleaned(part);
      return inner ? [inner] : [];
    }
    const value = part.value.trim() || (hasOnlyYesNo(part) ? 'true' : '');
    return value === '' ? [] : [{ ...part, value }];
  });
  return parts.length > 0 ? { ...group, parts } : null;
}

const hasOnlyYesNo = ({ operator }: Condition): boolean => operator === 'isNull';

const othersOf = (group: ConditionGroup, at: number, definition: ListDefinition): object[] =>
  group.parts.flatMap((part, each) => (each === at ? [] : (filterOf(part, definition, today()) ?? [])));
