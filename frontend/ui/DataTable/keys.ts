export interface Position {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that one screen shows. */
  readonly page: number;
}

export type GridAction =
  | { readonly do: 'move'; readonly to: Position }
  | { readonly do: 'open' | 'select' | 'selectAll' | 'copy' | 'clear' };

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** What a key does in a grid: arrows, Home, End and pages move the focused cell; Enter opens, Space selects. */
export function gridAction(event: Key, at: Position, size: GridSize): GridAction | null {
  const command = event.ctrlKey || event.metaKey;
  const move = (row: number, column: number): GridAction => ({
    do: 'move',
    to: { row: within(row, size.rows), column: within(column, size.columns) },
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
    case ' ':
      return { do: 'select' };
    case 'Escape':
      return { do: 'clear' };
    case 'a':
      return command ? { do: 'selectAll' } : null;
    case 'c':
      return command ? { do: 'copy' } : null;
    default:
      return null;
  }
}

function within(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value));
}
