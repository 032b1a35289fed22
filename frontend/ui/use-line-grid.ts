import { type KeyboardEvent, useRef } from 'react';

interface Lines<Line, Field extends string> {
  readonly lines: readonly Line[];
  /** The field that a line begins with. */
  readonly first: Field;
  isUsed(line: Line): boolean;
  emptyLine(): Line;
  /** The field that Enter goes on to in the same line; null goes on to the next line. */
  next(field: Field, line: Line): Field | null;
  /** What Ctrl+D takes over from the line above. */
  copied?(above: Line, field: Field): Partial<Line>;
  /** Fills in what `=` stands for; false where it is a sign like any other. */
  onEquals?(at: number, field: Field): boolean;
  onChange(lines: readonly Line[]): void;
}

/**
 * Lines edited in place: Enter goes on, arrows change rows, Ctrl+D copies from above, Ctrl+Delete removes. There is always one empty
 * line at the end to go on with. Rows carry `data-row`, cells the name of their field in `data-col`.
 */
export function useLineGrid<Line, Field extends string>(given: Lines<Line, Field>) {
  const { lines, first, isUsed, emptyLine, next, copied, onEquals, onChange } = given;
  const grid = useRef<HTMLDivElement>(null);

  // At once where the field is there, so that no key of a quick typist lands in the field before.
  const focus = (row: number, field: Field, afterChange = false) => {
    const find = () =>
      grid.current?.querySelector<HTMLElement>(`[data-row="${row}"] [data-col="${field}"] :is(input, select)`);
    const there = afterChange ? null : find();
    if (there) there.focus();
    else setTimeout(() => find()?.focus());
  };
  const change = (changed: readonly Line[]) =>
    onChange(changed.every((line) => isUsed(line)) ? [...changed, emptyLine()] : changed);
  const set = (at: number, patch: Partial<Line>) =>
    change(lines.map((line, index) => (index === at ? { ...line, ...patch } : line)));
  const remove = (at: number) => {
    change(lines.filter((_, index) => index !== at));
    focus(Math.min(at, lines.length - 2), first, true);
  };

  const onKeyDown = (event: KeyboardEvent, at: number, field: Field) => {
    if (press(event, at, field)) event.preventDefault();
  };
  /** Whether the key has done something here. */
  const press = ({ key, ctrlKey, metaKey, target }: KeyboardEvent, at: number, field: Field): boolean => {
    if (ctrlKey || metaKey) {
      const above = lines[at - 1];
      if (key === 'Delete') remove(at);
      else if (key === 'd' && above && copied) set(at, copied(above, field));
      else return false;
    } else if (key === '=') {
      return onEquals?.(at, field) ?? false;
    } else if (key === 'Enter') {
      const onward = next(field, lines[at] as Line);
      if (onward) focus(at, onward);
      else focus(at + 1, first);
    } else if ((key === 'ArrowDown' || key === 'ArrowUp') && target instanceof HTMLInputElement) {
      focus(at + (key === 'ArrowDown' ? 1 : -1), field);
    } else return false;
    return true;
  };

  return { grid, focus, set, remove, onKeyDown };
}
