import { isDecimal } from '@valeo/money/decimal.ts';
import { and, asc, desc, eq, gt, lt, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { isId } from './ids.ts';
import { isDate, isStoredMoment } from './scalars.ts';
import { isStorable } from './storable.ts';

/** One column of an order. The last key of an order is always the id, so that no two rows are equal. */
export interface SortKey {
  /** Property of the row that holds the value. */
  readonly property: string;
  readonly column: PgColumn;
  readonly descending: boolean;
}

/**
 * Keyset paging from one list of keys: the order, the comparison with a cursor and the cursor itself cannot disagree,
 * because all three come from here. Key columns are NOT NULL, timestamps are strings (a Date loses microseconds).
 */
export class Keyset {
  readonly keys: readonly SortKey[];

  constructor(keys: readonly SortKey[]) {
    const nullable = keys.find((key) => !key.column.notNull);
    if (nullable) throw new Error(`Cannot page by ${nullable.property}: the column may be null`);
    this.keys = keys;
  }

  order(backwards = false): SQL[] {
    return this.keys.map((key) => (key.descending !== backwards ? desc(key.column) : asc(key.column)));
  }

  /** Rows behind the cursor in reading direction, or before it when paging backwards. */
  beyond(values: readonly unknown[], backwards = false): SQL {
    return this.#compare(values, backwards, false);
  }

  /** The row with these values and those behind it. */
  from(values: readonly unknown[]): SQL {
    return this.#compare(values, false, true);
  }

  #compare(values: readonly unknown[], backwards: boolean, inclusive: boolean): SQL {
    const directions = this.keys.map((key) => key.descending !== backwards);
    if (directions.every((direction) => direction === directions[0])) {
      // One row comparison lets PostgreSQL enter the index at the cursor.
      const columns = sql.join(
        this.keys.map((key) => sql`${key.column}`),
        sql`, `,
      );
      const operands = sql.join(
        values.map((value) => sql`${value}`),
        sql`, `,
      );
      const operator = sql.raw(`${directions[0] ? '<' : '>'}${inclusive ? '=' : ''}`);
      return sql`(${columns}) ${operator} (${operands})`;
    }
    const branches = this.keys.map((key, index) =>
      and(
        ...this.keys.slice(0, index).map((before, position) => eq(before.column, values[position])),
        directions[index] ? lt(key.column, values[index]) : gt(key.column, values[index]),
      ),
    );
    const equal = inclusive ? and(...this.keys.map((key, index) => eq(key.column, values[index]))) : undefined;
    return or(...branches, equal) as SQL;
  }

  cursorOf(row: Readonly<Record<string, unknown>>): string {
    const values = this.keys.map((key) => row[key.property]);
    return Buffer.from(JSON.stringify([this.#signature(), ...values])).toString('base64url');
  }

  /** The values of a cursor, or null when it is malformed or was made for another order: anybody can write one himself. */
  parseCursor(cursor: string): unknown[] | null {
    try {
      const [signature, ...values] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
      if (signature !== this.#signature() || values.length !== this.keys.length) return null;
      return this.keys.every(({ column }, index) => isComparable(column, values[index])) ? values : null;
    } catch {
      return null;
    }
  }

  #signature(): string {
    return this.keys.map((key) => `${key.property}${key.descending ? '-' : '+'}`).join('');
  }
}

/** Whether PostgreSQL can compare a value with a column; otherwise its statement would fail, as if the fault were ours. */
function isComparable(column: PgColumn, value: unknown): boolean {
  const type = column.getSQLType();
  if (column.dataType === 'number') return Number.isSafeInteger(value);
  if (column.dataType === 'boolean') return typeof value === 'boolean';
  if (typeof value !== 'string') return false;
  if (type === 'uuid') return isId(value);
  if (type === 'date') return isDate(value);
  if (type.startsWith('timestamp')) return isStoredMoment(value);
  return type.startsWith('numeric') ? isDecimal(value) : isStorable(value);
}
