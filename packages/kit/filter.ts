import { and, not, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Locale } from './caller.ts';
import { standardError } from './errors.ts';
import { isId } from './ids.ts';
import { isStorable } from './storable.ts';

/** What one GraphQL field of a list may be filtered by. */
export interface FilterField {
  readonly column: PgColumn;
  /** Compared instead of the column, for what is computed from other tables of the domain. */
  readonly expression?: SQL;
  /** Compared instead of the column, for a text that is kept in each language. */
  readonly columnIn?: Readonly<Record<Locale, PgColumn>>;
  /** GraphQL input type of the operators: `StringFilter`, or `<Enum>Filter`. */
  readonly filter: string;
  /** The enum's name, for the fields whose filter type is made from it. */
  readonly enumType?: string;
  /** For a column of a child table: puts the condition into an `exists`. */
  readonly within?: (condition: SQL) => SQL;
}

export const text = (column: PgColumn): FilterField => ({ column, filter: 'StringFilter' });
export const localText = (columns: Readonly<Record<Locale, PgColumn>>): FilterField => ({
  ...text(columns.de),
  columnIn: columns,
});
export const id = (column: PgColumn): FilterField => ({ column, filter: 'IDFilter' });
export const date = (column: PgColumn): FilterField => ({ column, filter: 'DateFilter' });
export const dateTime = (column: PgColumn): FilterField => ({ column, filter: 'DateTimeFilter' });
export const decimal = (column: PgColumn): FilterField => ({ column, filter: 'DecimalFilter' });
export const int = (column: PgColumn): FilterField => ({ column, filter: 'IntFilter' });
export const boolean = (column: PgColumn): FilterField => ({ column, filter: 'BooleanFilter' });
export const enumeration = (enumType: string, column: PgColumn): FilterField => ({
  column,
  filter: `${enumType}Filter`,
  enumType,
});

/** A column that holds several values of an enum. */
export const enumerationSet = (enumType: string, column: PgColumn): FilterField => ({
  column,
  filter: `${enumType}SetFilter`,
  enumType,
});

/** The filter argument of a list as it arrives: fields with operators, and the connectives. */
export interface FilterInput {
  readonly and?: readonly FilterInput[] | null;
  readonly or?: readonly FilterInput[] | null;
  readonly not?: FilterInput | null;
  readonly [field: string]: unknown;
}

export type Operators = Readonly<Record<string, unknown>>;

const MAX_CONDITIONS = 100;
const MAX_IN = 500;
const NEVER = sql`false`;

/** The condition of a filter, or undefined when it asks for nothing. Unknown fields are refused by the schema before. */
export function filterCondition(
  fields: Readonly<Record<string, FilterField>>,
  filter: FilterInput | null | undefined,
  locale: Locale,
): SQL | undefined {
  let conditions = 0;
  const count = (n: number) => {
    conditions += n;
    if (conditions > MAX_CONDITIONS) throw standardError('FILTER_TOO_LARGE', locale, { max: String(MAX_CONDITIONS) });
  };

  const walk = (input: FilterInput): SQL | undefined => {
    const parts: (SQL | undefined)[] = [];
    for (const [name, value] of Object.entries(input)) {
      if (value === null || value === undefined) continue;
      if (name === 'and') parts.push(and(...(value as FilterInput[]).map(walk)));
      else if (name === 'or') parts.push(orOf((value as FilterInput[]).map(walk)));
      else if (name === 'not') {
        const inner = walk(value as FilterInput);
        // What asks for nothing matches everything. NULL is not a match of the inner filter, so its negation matches it.
        parts.push(inner ? not(sql`coalesce(${inner}, false)`) : NEVER);
      } else {
        const field = fields[name];
        if (!field) throw new Error(`Filter field ${name} has no column`);
        for (const [operator, operand] of Object.entries(value as Operators)) {
          count(1);
          const inner = condition(field, operator, operand, locale);
          parts.push(inner && field.within ? field.within(inner) : inner);
        }
      }
    }
    return and(...parts);
  };
  return filter ? walk(filter) : undefined;
}

/** An empty `or` matches nothing; drizzle would drop it and match everything. */
function orOf(parts: (SQL | undefined)[]): SQL {
  if (parts.length === 0) return NEVER;
  // A branch without a condition matches everything, and so does the whole.
  return parts.some((part) => part === undefined) ? sql`true` : (or(...parts) ?? NEVER);
}

function condition(field: FilterField, operator: string, operand: unknown, locale: Locale): SQL | undefined {
  const { filter } = field;
  const column = field.expression ?? field.columnIn?.[locale] ?? field.column;
  if (operator === 'isNull') {
    if (operand === null) return undefined;
    return operand ? sql`${column} is null` : sql`${column} is not null`;
  }
  if (operand === null || operand === undefined) return undefined;
  // What cannot be kept is equal to nothing.
  if (typeof operand === 'string' && !isStorable(operand)) return NEVER;
  const valid = (value: unknown) => (filter === 'IDFilter' ? isId(value) : isStorable(String(value)));
  switch (operator) {
    case 'eq':
      return valid(operand) ? sql`${column} = ${operand}` : NEVER;
    case 'ne':
      return valid(operand) ? sql`${column} is distinct from ${operand}` : undefined;
    case 'in': {
      const values = operand as unknown[];
      if (values.length > MAX_IN) throw standardError('FILTER_TOO_LARGE', locale, { max: String(MAX_IN) });
      const usable = values.filter(valid);
      return usable.length > 0 ? sql`${column} in ${usable}` : NEVER;
    }
    case 'lt':
      return sql`${column} < ${operand}`;
    case 'lte':
      return sql`${column} <= ${operand}`;
    case 'gt':
      return sql`${column} > ${operand}`;
    case 'gte':
      return sql`${column} >= ${operand}`;
    case 'contains':
      if (filter.endsWith('SetFilter')) return sql`${column} @> array[${operand}]`;
      return sql`${column} ilike ${`%${escapeLike(String(operand))}%`}`;
    case 'startsWith':
      return sql`${column} ilike ${`${escapeLike(String(operand))}%`}`;
    default:
      throw new Error(`Unknown filter operator ${operator}`);
  }
}

const escapeLike = (value: string) => value.replace(/[\\%_]/g, (character) => `\\${character}`);
