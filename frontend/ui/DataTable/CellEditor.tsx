'use client';

import { COUNTRIES } from '@valeo/kit/countries.ts';
import { useEffect, useId, useRef, useState } from 'react';
import type { CellWords } from './cell.tsx';
import { isNumeric, valueText } from './cell.tsx';
import { type Column, type Row, valueAt } from './definition.ts';

export type EditEnd =
  /** Where the focus goes after the new value was taken; `leave` when it has gone somewhere else already. */
  | { readonly text: string; readonly go: 'stay' | 'down' | 'up' | 'right' | 'left' | 'leave' }
  /** The value stays as it was. */
  | null;

/** Changes the value of a cell where it stands. Enter and Tab take it and go on, Escape leaves it as it was. */
export default function CellEditor({
  column,
  row,
  words,
  typed,
  faulty,
  onEnd,
}: {
  column: Column;
  row: Row;
  words: CellWords;
  /** What was typed over the cell and begins the new value; null edits the one there is. */
  typed: string | null;
  /** What was entered before and is no value of the cell: it is put right, not typed again. */
  faulty: string | null;
  onEnd: (end: EditEnd) => void;
}) {
  const value = valueAt(row, column.path);
  const isChoice = column.values || column.kind === 'yesNo';
  const before = isChoice ? String(value) : valueText(column, value, words);
  const [text, setText] = useState(typed ?? (isChoice ? before : (faulty ?? before)));
  const isCountry = column.kind === 'country';
  const listId = useId();
  const field = useRef<HTMLInputElement & HTMLSelectElement>(null);
  const ended = useRef(false);
  const end = (go: NonNullable<EditEnd>['go']) => {
    if (ended.current) return;
    ended.current = true;
    onEnd({ text, go });
  };
  const latestEnd = useRef(end);
  latestEnd.current = end;

  // A cell that is scrolled out of view is taken out of the page, and what was typed into it is not lost with it.
  useEffect(() => {
    const place = field.current;
    return () => {
      if (!place?.isConnected) latestEnd.current('stay');
    };
  }, []);

  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    if (typed === null && field.current?.select) field.current.select();
  }, [typed]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      ended.current = true;
      onEnd(null);
      return;
    }
    // Arrows leave a value that was just typed over the cell, as in a spreadsheet; else they move within the text or its offers.
    const arrows = typed === null || isCountry ? null : ({ ArrowDown: 'down', ArrowUp: 'up' } as const)[event.key];
    const go =
      event.key === 'Enter'
        ? event.shiftKey
          ? 'up'
          : 'down'
        : event.key === 'Tab'
          ? event.shiftKey
            ? 'left'
            : 'right'
          : arrows;
    if (!go) return;
    event.preventDefault();
    end(go);
  };

  const shared = {
    ref: field,
    className: isNumeric(column) ? 'cell-editor num' : 'cell-editor',
    'aria-label': column.label,
    value: text,
    onKeyDown,
    onBlur: () => end('leave'),
  };
  const choices =
    column.kind === 'yesNo'
      ? [
          ['true', words.yes],
          ['false', words.no],
        ]
      : column.values && [
          // A value that has no words, such as a rare unit, stays what it is.
          ...(value === null || before in column.values ? [] : [[before, before]]),
          ...Object.entries(column.values).map(([key, { label }]) => [key, label]),
        ];
  if (choices) {
    return (
      <select {...shared} onChange={(event) => setText(event.target.value)}>
        {choices.map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    );
  }
  return (
    <>
      <input
        {...shared}
        inputMode={isNumeric(column) ? 'decimal' : undefined}
        autoComplete="off"
        list={isCountry ? listId : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      {isCountry && (
        <datalist id={listId}>
          {COUNTRIES.map((code) => (
            <option key={code} value={words.format.country(code)} label={code} />
          ))}
        </datalist>
      )}
    </>
  );
}
