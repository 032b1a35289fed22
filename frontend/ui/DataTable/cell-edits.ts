import { newIdempotencyKey, request } from '#graphql/client.ts';
import { GraphFault } from '#graphql/operation.ts';
import type { Formats } from '#i18n/format.ts';
import type { Translate } from '#i18n/translate.ts';
import { dismissToast, toast } from '../Toast.tsx';
import type { Column, ListDefinition, ListEdit, Row } from './definition.ts';
import { valueAt } from './definition.ts';
import { isGroupRow } from './group-row-data.ts';
import type { Marked } from './keys.ts';
import { parseCell, parseTsv } from './parse-cell.ts';
import type { ListRows } from './windows.ts';

/** A new value for a cell, as the graph takes it. */
export interface Change {
  readonly row: Row;
  readonly column: Column;
  readonly value: unknown;
}

/** Somebody else changed the same entry first: what was wanted, and what stands there now. */
export interface Conflict {
  readonly current: Row;
  readonly changes: readonly Change[];
}

interface Payload {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly fields: readonly { readonly path: string; readonly message: string }[];
  } | null;
}

const undoneMax = 50;

/**
 * Cells changed in place. A change is shown at once and taken back when the graph refuses it; what went wrong stands at
 * the cell. Every change can be undone as long as nobody else has changed the entry since.
 */
export class CellEdits {
  readonly #edit: ListEdit;
  readonly #rows: ListRows;
  readonly #t: Translate;
  readonly #format: Formats;
  readonly #listeners = new Set<() => void>();
  readonly #done: (readonly Change[])[] = [];
  #lastToast = 0;
  /** What was entered into cells last, by entry and column. */
  readonly #entered = new Map<string, string>();
  /** What own changes made of entries, by the entry and version they were based on. */
  readonly #made = new Map<string, Row>();
  #turn: Promise<unknown> = Promise.resolve();
  version = 0;
  faults: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map();
  conflict: Conflict | null = null;

  constructor(definition: ListDefinition, rows: ListRows, { t, format }: { t: Translate; format: Formats }) {
    this.#edit = definition.edit as ListEdit;
    this.#rows = rows;
    this.#t = t;
    this.#format = format;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Puts what was copied elsewhere into cells: a single text into all of a marked range, anything else from a cell on. */
  async paste(text: string, from: Marked, marked: Marked | null, columns: readonly Column[]): Promise<void> {
    const cells = parseTsv(text);
    const isOne = cells.length === 1 && cells[0]?.length === 1;
    await this.enterRange(isOne && marked?.isRange ? marked : from, cells, columns);
  }

  /** Puts texts into cells: of a range, again and again where it is larger than they are, or from one cell on. */
  async enterRange(range: Marked, cells: readonly (readonly string[])[], columns: readonly Column[]): Promise<void> {
    const { isRange, fromRow, fromColumn } = range;
    const toRow = isRange ? range.toRow : fromRow + cells.length - 1;
    const toColumn = isRange ? range.toColumn : fromColumn + Math.max(...cells.map((line) => line.length)) - 1;
    const texts = [];
    for (let at = fromRow; at <= toRow; at += 1) {
      const row = this.#rows.row(at);
      if (!row || isGroupRow(row)) continue;
      for (let place = fromColumn; place <= toColumn; place += 1) {
        const column = columns[place - 1];
        const line = cells[(at - fromRow) % cells.length];
        const text = line?.[(place - fromColumn) % line.length];
        if (column?.edit && text !== undefined) texts.push({ row, column, text });
      }
    }
    if (texts.length > 0) await this.enter(texts);
  }

  /** Takes texts for cells, as typed or pasted. A text that is no value of its column becomes a fault at its cell. */
  async enter(texts: readonly { readonly row: Row; readonly column: Column; readonly text: string }[]): Promise<void> {
    const changes = texts.flatMap(({ row, column, text }): Change[] => {
      this.#entered.set(`${row.id} ${column.key}`, text);
      const parsed = parseCell(column, text, this.#format);
      if ('fault' in parsed) {
        this.#fault(row.id, { [column.key]: this.#t(`ui.edit.${parsed.fault}`) });
        return [];
      }
      if (!same(parsed.value, valueAt(row, column.path))) return [{ row, column, value: parsed.value }];
      this.forget(row.id, [column]);
      return [];
    });
    await this.#save(changes, true);
  }

  /** Takes back the last change, or the last that were made together. */
  async undo(): Promise<void> {
    const last = this.#done.pop();
    if (!last) return;
    const before = await Promise.all(last.map(async (change) => ({ ...change, row: await this.#read(change.row) })));
    await this.#save(before, false);
  }

  /** Ends a conflict: with what somebody else wrote, or with the own values over it. */
  async settle(mine: boolean): Promise<void> {
    const { conflict } = this;
    if (!conflict) return;
    this.conflict = null;
    this.#rows.replace(conflict.current);
    this.#changed();
    if (mine) {
      await this.#save(
        conflict.changes.map((change) => ({ ...change, row: conflict.current })),
        true,
      );
    }
  }

  /** The text that was no value of its cell, to be put right; null for a cell without a fault. */
  faulty(id: string, column: Column): string | null {
    return this.faults.get(id)?.[column.key] ? (this.#entered.get(`${id} ${column.key}`) ?? null) : null;
  }

  /** Forgets what went wrong with cells of an entry. */
  forget(id: string, columns: readonly Column[]): void {
    const faults = { ...this.faults.get(id) };
    for (const { key } of columns) delete faults[key];
    const next = new Map(this.faults);
    if (Object.keys(faults).length > 0) next.set(id, faults);
    else next.delete(id);
    this.faults = next;
    this.#changed();
  }

  /** Forgets what went wrong. */
  clear(): void {
    if (this.faults.size === 0) return;
    this.faults = new Map();
    this.#changed();
  }

  /** One entry after the other, so that a change is based on the version that the one before has made. */
  #save(changes: readonly Change[], undoable: boolean): Promise<void> {
    const byRow = Map.groupBy(changes, ({ row }) => row.id);
    const work = async () => {
      const saved: Change[] = [];
      for (const ofRow of byRow.values()) {
        const done = await this.#saveRow(ofRow);
        saved.push(...done);
      }
      if (saved.length === 0) return;
      if (undoable) {
        this.#done.push(saved);
        if (this.#done.length > undoneMax) this.#done.shift();
      }
      this.#say(saved, undoable);
    };
    const next = this.#turn.then(work, work);
    this.#turn = next.catch(() => undefined);
    return next;
  }

  /** Answers the changes that would restore what stood there before; none when the graph refused. */
  async #saveRow(changes: readonly Change[]): Promise<readonly Change[]> {
    const before = this.#latest((changes[0] as Change).row);
    this.forget(
      before.id,
      changes.map(({ column }) => column),
    );
    this.#rows.replace(changes.reduce((row, { column, value }) => withValue(row, column, value), before));
    const fields = Object.fromEntries(changes.map(({ column, value }) => [column.edit, value]));
    const input = { id: before.id, version: before.version, ...fields };
    try {
      const data = await request<Record<string, Payload & Record<string, Row | null>>, object>(
        this.#edit.operation as never,
        { input: { ...input, ...(this.#edit.operation.keyed && { idempotencyKey: newIdempotencyKey() }) } },
      );
      const payload = Object.values(data)[0];
      const saved = payload?.[this.#edit.field];
      if (payload && !payload.error && saved) {
        const after = { ...before, ...saved };
        if (after.version !== before.version) this.#made.set(versionOf(before), after);
        this.#rows.replace(after);
        return changes.map(({ column }) => ({ row: after, column, value: inputValue(before, column) }));
      }
      this.#rows.replace(before);
      if (payload?.error?.code === 'CONFLICT') {
        const current = await this.#read(before);
        this.#rows.replace(current);
        this.conflict = { current, changes };
        this.#changed();
      } else this.#refuse(changes, payload?.error ?? null);
    } catch (error) {
      this.#rows.replace(before);
      this.#refuse(changes, { message: error instanceof GraphFault ? error.message : String(error), fields: [] });
    }
    return [];
  }

  /** The entry as the own changes left it: what was typed before they were answered is no conflict with them. */
  #latest(row: Row): Row {
    const after = this.#made.get(versionOf(row));
    return after ? this.#latest(after) : row;
  }

  #refuse(changes: readonly Change[], error: Pick<NonNullable<Payload['error']>, 'message' | 'fields'> | null): void {
    const [{ row }] = changes as [Change];
    const faults = changes.map(({ column }) => {
      const field = error?.fields.find(({ path }) => path === column.edit);
      return [column.key, field?.message ?? error?.message ?? this.#t('ui.edit.refused')];
    });
    this.#fault(row.id, Object.fromEntries(faults));
  }

  /** The entry as it stands now, in the form that the list shows. */
  async #read(row: Row): Promise<Row> {
    const data = await request<Record<string, Row | null>, object>(this.#edit.read as never, { id: row.id });
    return { ...row, ...Object.values(data)[0] };
  }

  #fault(id: string, faults: Readonly<Record<string, string>>): void {
    dismissToast(this.#lastToast);
    this.#lastToast = toast({ tone: 'danger', text: [...new Set(Object.values(faults))].join(' ') });
    this.faults = new Map(this.faults).set(id, { ...this.faults.get(id), ...faults });
    this.#changed();
  }

  #say(saved: readonly Change[], undoable: boolean): void {
    dismissToast(this.#lastToast);
    this.#lastToast = toast({
      tone: 'ok',
      text: this.#t(undoable ? 'ui.edit.saved' : 'ui.edit.undone', { count: saved.length }),
      ...(undoable && { action: { label: this.#t('ui.edit.undo'), run: () => void this.undo() } }),
    });
  }

  #changed(): void {
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }
}

const versionOf = ({ id, version }: Row): string => `${id} ${version}`;

const isMoney = (row: Row, column: Column): boolean => column.path === `${column.key}.amount` && column.key in row;

/** What the graph would take to make the cell what it is. */
function inputValue(row: Row, column: Column): unknown {
  return valueAt(row, column.path);
}

function withValue(row: Row, column: Column, value: unknown): Row {
  const own = isMoney(row, column) ? value && { ...(row[column.key] as object | null), amount: value } : value;
  return { ...row, [column.key]: own };
}

function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  const number = /^-?\d+(\.\d+)?$/;
  if (typeof one === 'string' && typeof other === 'string' && number.test(one) && number.test(other)) {
    return plain(one) === plain(other);
  }
  return JSON.stringify(one) === JSON.stringify(other);
}

/** `12.50` and `12.5` are the same number. */
const plain = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
