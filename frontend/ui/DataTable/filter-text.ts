import type { Formats } from '#i18n/format.ts';
import type { Translate } from '#i18n/translate.ts';
import type { Column } from './definition.ts';
import { type Condition, type FilterPart, isGroup, splitValues } from './filter.ts';
import { isPeriod } from './periods.ts';

export interface FilterWords {
  readonly t: Translate;
  readonly format: Formats;
}

/** A condition's value in words: days as dates, codes by their names. */
export function conditionValue({ operator, value }: Condition, column: Column, { t, format }: FilterWords): string {
  if (operator === 'isNull') return value === 'false' ? t('ui.no') : t('ui.yes');
  if (operator === 'within') return isPeriod(value) ? t(`ui.period.${value}`) : value;
  if (column.filterType === 'yesNo') return value === 'true' ? t('ui.yes') : t('ui.no');
  if (column.filterType === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return format.date(value);
  if (column.filterType === 'number' && /^-?\d+(\.\d+)?$/.test(value)) return format.decimal(value);
  return (operator === 'in' ? splitValues(value) : [value]).map((each) => valueLabel(column, each, format)).join(', ');
}

/** One of a column's values as it is shown. */
export function valueLabel(column: Column, value: string, format: Formats): string {
  return column.values?.[value]?.label ?? (column.kind === 'country' ? format.country(value) : value);
}

/** What an operator is called: for days and numbers, before and after are from and to. */
export const operatorText = ({ operator }: Condition, t: Translate): string => t(`ui.op.${operator}`);

/** A part of a filter as a sentence. */
export function partText(part: FilterPart, columns: ReadonlyMap<string, Column>, words: FilterWords): string {
  const { t } = words;
  if (isGroup(part)) {
    const parts = part.parts.map((each) => {
      const text = partText(each, columns, words);
      return isGroup(each) && part.parts.length > 1 ? `(${text})` : text;
    });
    if (part.match === 'none') return `${t('ui.filter.not')} (${parts.join(` ${t('ui.filter.or')} `)})`;
    return parts.join(` ${t(part.match === 'any' ? 'ui.filter.or' : 'ui.filter.and')} `);
  }
  const column = columns.get(part.column);
  return column ? `${column.label} ${operatorText(part, t)} ${conditionValue(part, column, words)}` : '';
}
