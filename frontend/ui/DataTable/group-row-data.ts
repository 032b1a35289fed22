import { type Column, type ListDefinition, type Row, valueAt } from './definition.ts';

/** Entries that agree in something: how many they are and what their figures add up to. */
export interface Group {
  readonly key: string | null;
  readonly count: number;
  readonly sums?: Readonly<Record<string, unknown>> | null;
}

/** The head of a group among the rows of a grid. */
export interface GroupRowData extends Row {
  readonly group: Group & {
    readonly open: boolean;
    /** Keys of the groups around it, the outermost first. */
    readonly within: readonly (string | null)[];
  };
}

export const isGroupRow = (row: Row | undefined): row is GroupRowData => row !== undefined && 'group' in row;

/** The sum of a column's figures; null when the list does not add them up. */
export function sumOf({ sums }: Group, column: Column, { groups }: ListDefinition): string | null {
  if (!sums || !groups?.sums.includes(column.key)) return null;
  const found = valueAt({ id: '', ...sums }, column.kind === 'amount' ? `${column.key}.amount` : column.key);
  return found === null ? null : String(found);
}
