import type { IconName } from '../icons.ts';
import type { StatusTone } from '../Status.tsx';

/** How a value is written in a cell, and in an exported file. */
export type CellKind =
  | 'link'
  | 'text'
  | 'code'
  | 'date'
  | 'dateTime'
  | 'amount'
  | 'quantity'
  | 'status'
  | 'country'
  | 'yesNo'
  | 'percent'
  /** A share from 0 to 1, shown in percent. */
  | 'share';

/** `set`: a field that holds several values of an enum. */
export type FilterType = 'text' | 'date' | 'number' | 'enum' | 'set' | 'yesNo';

export interface ValueLook {
  readonly label: string;
  readonly tone?: StatusTone;
}

/** One column of a list, as data: the server sends it along, so that a list needs no script of its own. */
export interface Column {
  /** Names the column in the URL and in saved views. */
  readonly key: string;
  readonly label: string;
  /** Words of a link whose value is not there yet, such as the number of a draft. */
  readonly empty?: string;
  readonly kind: CellKind;
  /** Where the value stands in a row, such as `customer.name`. */
  readonly path: string;
  /** Width in px; null takes the room that is left. */
  readonly width: number | null;
  /** Name in the list's `orderBy`. */
  readonly sort?: string;
  /** Name in the list's `filter`. */
  readonly filter?: string;
  readonly filterType?: FilterType;
  /** Words and glyphs for the values of an enum. */
  readonly values?: Readonly<Record<string, ValueLook>>;
  /** Values that the filter offers, when they are not all that the column can show. */
  readonly choices?: readonly string[];
  /** The ISO country shown in front of the text. */
  readonly countryPath?: string;
  /** A link of its own, with `{path}` for values of the row. */
  readonly href?: string;
  readonly look?: 'muted' | 'medium';
  /** Place on the card that a row becomes on a phone. */
  readonly card?: 'title' | 'end' | 'sub' | 'note' | 'state';
  /** Words that take the place of the value when a row meets a condition; the first that fits counts. */
  readonly rules?: readonly ValueRule[];
  /** Not shown unless chosen. */
  readonly spare?: boolean;
  /** Input field that a change of this cell is sent in; the cell can be edited in place. */
  readonly edit?: string;
  /** It cannot be emptied. */
  readonly required?: boolean;
  /** Empty is an empty text and not the absence of one. */
  readonly emptyText?: boolean;
  /** The number has no decimals and is sent as one. */
  readonly whole?: boolean;
}

export interface ValueRule {
  readonly path: string;
  readonly is?: string;
  /** Holds when the value is a day before today. */
  readonly past?: true;
  readonly value: string;
}

export interface ListOperation {
  readonly id: string;
  readonly name: string;
  /** A mutation whose input takes an idempotency key. */
  readonly keyed?: true;
}

/** Counts and sums of a list, by what its entries have in common. */
export interface ListGroups {
  readonly operation: ListOperation;
  /** Keys of the columns that entries can be grouped by. */
  readonly columns: readonly string[];
  /** Keys of the columns that are added up. */
  readonly sums: readonly string[];
  /** What the sum of everything is called where it is more than a sum. */
  readonly label?: string;
}

/** A change of one entry at a time that can be done to many chosen ones. */
export interface BulkAction {
  readonly key: string;
  readonly label: string;
  readonly icon: IconName;
  readonly operation: ListOperation;
  /** What the mutation is told beside the entry's id; `{now}` stands for the present moment. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** The mutation wants the version that the change is based on. */
  readonly versioned?: true;
  /** Entries that it can be done to; others are left out and counted. */
  readonly when?: { readonly path: string; readonly in: readonly (string | boolean)[]; readonly filter: object };
  /** Input field for a sentence that the reader is asked for. */
  readonly reason?: string;
  /** The question before it starts, for one row and with `{count}`, and what it means. */
  readonly question: readonly [one: string, other: string];
  readonly consequence?: string;
  readonly danger?: true;
  /** Needed to do it; without it the action is not offered. */
  readonly permission: string;
}

/** How cells are changed in place: one mutation takes the fields of any editable column. */
export interface ListEdit {
  readonly operation: ListOperation;
  /** Field of the payload that holds the changed entry. */
  readonly field: string;
  /** Reads one entry anew, to show what stands there now. */
  readonly read: ListOperation;
  /** Needed to change anything; without it cells are only read. */
  readonly permission: string;
}

export interface SavedView {
  readonly name: string;
  /** The query string that the view stands for, without the question mark. */
  readonly query: string;
  /** Where it is kept when it is the reader's own and can be forgotten. */
  readonly key?: string;
  /** Colleagues see it as well. */
  readonly shared?: boolean;
}

export interface ListDefinition {
  /** The connection's name in the graph, such as `salesInvoices`; also names the list in saved views. */
  readonly connection: string;
  readonly operation: ListOperation;
  readonly label: string;
  readonly columns: readonly Column[];
  /** Where a row opens, with `{path}` for values of the row; null when rows have no page. */
  readonly href: string | null;
  /** Filter fields that the search box looks in. */
  readonly search: readonly string[];
  /** Order when the URL names none: the graph's own default order, only for the arrow in the head. */
  readonly defaultSort: string | null;
  /** Conditions that always hold, such as one account's entries on its sheet. */
  readonly base?: object;
  readonly pinned: number;
  readonly groups?: ListGroups;
  readonly bulk?: readonly BulkAction[];
  readonly edit?: ListEdit;
  /** Month in which the company's fiscal year starts; January without it. */
  readonly fiscalYearStart?: number;
  /** Tells when an entry that the filter matches was created or changed. */
  readonly live?: ListOperation;
  readonly empty: {
    readonly title: string;
    readonly text: string;
    readonly action?: { readonly label: string; readonly href: string; readonly permission: string };
  };
}

export type Row = { readonly id: string } & Readonly<Record<string, unknown>>;

/** The value at a path such as `net.amount`; null when anything on the way is missing. */
export function valueAt(row: Row, path: string): unknown {
  let value: unknown = row;
  for (const part of path.split('.')) {
    if (value === null || value === undefined) return null;
    value = (value as Record<string, unknown>)[part];
  }
  return value ?? null;
}

/** Fills `{path}` in a link with values of the row. */
export function hrefOf(template: string, row: Row): string | null {
  const whole = /^\{([\w.]+)\}$/.exec(template)?.[1];
  if (whole !== undefined) {
    const path = valueAt(row, whole);
    return typeof path === 'string' && /^\/(?![/\\])/.test(path) ? path : null;
  }
  let complete = true;
  const href = template.replace(/\{([\w.]+)\}/g, (_, path: string) => {
    const value = valueAt(row, path);
    if (value === null) complete = false;
    return encodeURIComponent(String(value));
  });
  return complete ? href : null;
}
