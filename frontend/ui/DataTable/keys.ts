export interface Position {
  readonly row: number;
  readonly column: number;
}

/** The focused cell, and the range of cells that is marked from where it began to there. */
export interface Marked extends Position {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromColumn: number;
  readonly toColumn: number;
  /** More than the one cell. */
  readonly isRange: boolean;
}

export function markedFrom(start: Position, focus: Position): Marked {
  return {
    ...focus,
    fromRow: Math.min(start.row, focus.row),
    toRow: Math.max(start.row, focus.row),
    // The check mark is no cell with a value.
    fromColumn: Math.max(1, Math.min(start.column, focus.column)),
    toColumn: Math.max(start.column, focus.column),
    isRange: start.row !== focus.row || start.column !== focus.column,
  };
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that one screen shows. */
  readonly page: number;
}

export type GridAction =
  /** `extend`: the range that is marked grows or shrinks with the move. */
  | { readonly do: 'move'; readonly to: Position; readonly extend: boolean }
  /** `text`: what was typed and begins the new value. */
  | { readonly do: 'edit'; readonly text: string | null }
  | { readonly do: 'open' | 'select' | 'selectAll' | 'copy' | 'clear' | 'erase' | 'undo' };

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey?: boolean;
  readonly altKey?: boolean;
}

/**
 * What a key does in a grid: arrows, Home, End and pages move the focused cell, with Shift they mark a range; Enter opens
 * or edits, Space selects, and a character begins a new value.
 */
export function gridAction(event: Key, at: Position, size: GridSize): GridAction | null {
  const command = event.ctrlKey || event.metaKey;
  const move = (row: number, column: number): GridAction => ({
    do: 'move',
    to: { row: within(row, size.rows), column: within(column, size.columns) },
    extend: event.shiftKey ?? false,
  });
  switch (event.key) {
    case 'ArrowDown':
      return move(command ? size.rows - 1 : at.row + 1, at.column);
    case 'ArrowUp':
      return move(command ? 0 : at.row - 1, at.column);
    case 'ArrowRight':
      return move(at.row, command ? size.columns - 1 : at.column + 1);
    case 'ArrowLeft':
      return move(at.row, command ? 0 : at.column - 1);
    case 'PageDown':
      return move(at.row + size.page, at.column);
    case 'PageUp':
      return move(at.row - size.page, at.column);
    case 'Home':
      return move(command ? 0 : at.row, 0);
    case 'End':
      return move(command ? size.rows - 1 : at.row, size.columns - 1);
    case 'Enter':
      return { do: 'open' };
    case 'F2':
      return { do: 'edit', text: null };
    case ' ':
      return { do: 'select' };
    case 'Escape':
      return { do: 'clear' };
    case 'Delete':
    case 'Backspace':
      return { do: 'erase' };
    default:
      if (command) {
        const commands = { a: 'selectAll', c: 'copy', z: 'undo' } as const;
        const found = commands[event.key.toLowerCase() as keyof typeof commands];
        return found ? { do: found } : null;
      }
      return event.key.length === 1 && !event.altKey ? { do: 'edit', text: event.key } : null;
  }
}

function within(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value));
}
