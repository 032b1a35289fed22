'use client';

import { useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '../Button.tsx';
import { Dialog } from '../Dialog.tsx';
import { Field, SelectField } from '../Field.tsx';
import type { Column, ListDefinition } from './definition.ts';
import { type Condition, type Operator, operatorsByType } from './state.ts';

/** Adds a condition or changes one. */
export default function FilterEditor({
  definition,
  conditions,
  edited,
  onChange,
  onClose,
}: {
  definition: ListDefinition;
  conditions: readonly Condition[];
  edited: number | null;
  onChange: (conditions: readonly Condition[]) => void;
  onClose: () => void;
}) {
  const { t } = useLanguage();
  const columns = definition.columns.filter((column) => column.filter);
  const before = edited === null ? undefined : conditions[edited];
  const [key, setKey] = useState(before?.column ?? columns[0]?.key ?? '');
  const column = columns.find((each) => each.key === key) as Column;
  const operators = operatorsByType[column.filterType ?? 'text'];
  const [chosen, setOperator] = useState<Operator | null>(before?.operator ?? null);
  const operator = chosen && operators.includes(chosen) ? chosen : (operators[0] as Operator);
  const [value, setValue] = useState(before?.value ?? '');

  const save = () => {
    const condition: Condition = {
      column: key,
      operator,
      value: operator === 'isNull' ? value || 'true' : value.trim(),
    };
    if (condition.value === '') return;
    onChange(
      edited === null ? [...conditions, condition] : conditions.map((each, at) => (at === edited ? condition : each)),
    );
    onClose();
  };

  return (
    <Dialog
      title={t('ui.list.filter')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" onClick={save}>
            {t('ui.apply')}
          </Button>
        </>
      }
    >
      <SelectField
        label={t('ui.filter.column')}
        value={key}
        onChange={(event) => {
          setKey(event.target.value);
          setValue('');
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
        value={operator}
        onChange={(event) => setOperator(event.target.value as Operator)}
      >
        {operators.map((each) => (
          <option key={each} value={each}>
            {t(`ui.op.${each}`)}
          </option>
        ))}
      </SelectField>
      <ValueInput column={column} operator={operator} value={value} onChange={setValue} onEnter={save} />
    </Dialog>
  );
}

function ValueInput({
  column,
  operator,
  value,
  onChange,
  onEnter,
}: {
  column: Column;
  operator: Operator;
  value: string;
  onChange: (value: string) => void;
  onEnter: () => void;
}) {
  const { t } = useLanguage();
  const label = t('ui.filter.value');
  if (operator === 'isNull' || column.filterType === 'yesNo') {
    return (
      <SelectField label={label} value={value || 'true'} onChange={(event) => onChange(event.target.value)}>
        <option value="true">{t('ui.yes')}</option>
        <option value="false">{t('ui.no')}</option>
      </SelectField>
    );
  }
  if ((column.filterType === 'enum' || column.filterType === 'set') && column.values) {
    const picked = value === '' ? [] : value.split(',');
    return (
      <fieldset className="field">
        <legend className="field-label">{label}</legend>
        {Object.entries(column.values)
          .filter(([each]) => column.choices?.includes(each) ?? true)
          .map(([each, look]) => (
            <label className="choice" key={each}>
              <input
                className="check"
                type={operator === 'in' ? 'checkbox' : 'radio'}
                checked={picked.includes(each)}
                onChange={() =>
                  onChange(
                    operator !== 'in'
                      ? each
                      : (picked.includes(each) ? picked.filter((other) => other !== each) : [...picked, each]).join(
                          ',',
                        ),
                  )
                }
              />
              {look.label}
            </label>
          ))}
      </fieldset>
    );
  }
  return (
    <Field
      label={label}
      type={column.filterType === 'date' ? 'date' : column.filterType === 'number' ? 'number' : 'text'}
      step="any"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && onEnter()}
    />
  );
}
