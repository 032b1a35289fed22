import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { useLineGrid } from './use-line-grid.ts';

interface Line {
  readonly text: string;
  readonly kind: string;
}

function Grid() {
  const [lines, onChange] = useState<readonly Line[]>([
    { text: 'one', kind: 'A' },
    { text: 'two', kind: 'B' },
    { text: '', kind: '' },
  ]);
  const { grid, set, onKeyDown } = useLineGrid<Line, 'text' | 'kind'>({
    lines,
    first: 'text',
    isUsed: (line) => line.text !== '',
    emptyLine: () => ({ text: '', kind: '' }),
    next: (field) => (field === 'text' ? 'kind' : null),
    copied: (above, field) => ({ [field]: above[field] }),
    onEquals(at, field) {
      if (field === 'text') set(at, { text: 'rest' });
      return field === 'text';
    },
    onChange,
  });
  return (
    <div ref={grid}>
      {lines.map((line, at) => (
        <div key={at} data-row={at}>
          <div data-col="text">
            <input
              aria-label={`text ${at}`}
              value={line.text}
              onChange={(event) => set(at, { text: event.target.value })}
              onKeyDown={(event) => onKeyDown(event, at, 'text')}
            />
          </div>
          <div data-col="kind">
            <select
              aria-label={`kind ${at}`}
              value={line.kind}
              onChange={(event) => set(at, { kind: event.target.value })}
              onKeyDown={(event) => onKeyDown(event, at, 'kind')}
            >
              <option />
              <option>A</option>
              <option>B</option>
            </select>
          </div>
        </div>
      ))}
    </div>
  );
}

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const texts = () => screen.getAllByRole<HTMLInputElement>('textbox').map((input) => input.value);
/** Whether the key was taken from the browser. */
function press(name: string, key: string, more: object = {}): boolean {
  field(name).focus();
  return !fireEvent.keyDown(field(name), { key, ...more });
}

test('Enter goes on along the line and then to the next one', () => {
  render(<Grid />);
  press('text 0', 'Enter');
  expect(document.activeElement).toBe(field('kind 0'));
  press('kind 0', 'Enter');
  expect(document.activeElement).toBe(field('text 1'));
});

test('arrows change rows in a field that is typed in, and choose in a list', () => {
  render(<Grid />);
  expect(press('text 0', 'ArrowDown')).toBe(true);
  expect(document.activeElement).toBe(field('text 1'));
  press('text 1', 'ArrowUp');
  expect(document.activeElement).toBe(field('text 0'));
  expect(press('kind 0', 'ArrowDown')).toBe(false);
  expect(document.activeElement).toBe(field('kind 0'));
});

test('Ctrl+D copies from above, Ctrl+Delete removes, and an empty line stays at the end', () => {
  render(<Grid />);
  expect(press('text 0', 'd', { ctrlKey: true })).toBe(false);
  press('text 2', 'd', { ctrlKey: true });
  expect(texts()).toEqual(['one', 'two', 'two', '']);
  press('text 3', 'Delete', { ctrlKey: true });
  expect(texts()).toEqual(['one', 'two', 'two', '']);
  press('text 1', 'Delete', { metaKey: true });
  expect(texts()).toEqual(['one', 'two', '']);
});

test('the equals sign fills in where the grid knows what, and stays with the browser elsewhere', () => {
  render(<Grid />);
  expect(press('text 2', '=')).toBe(true);
  expect(texts()).toEqual(['one', 'two', 'rest', '']);
  expect(press('kind 1', '=')).toBe(false);
  expect(press('text 1', '=', { ctrlKey: true })).toBe(false);
});
