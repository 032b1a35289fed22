import { expect, test } from 'vitest';
import { formats } from '#i18n/format.ts';
import { draw } from '#testing/render.tsx';
import type { Column, Row } from './definition.ts';
import { GridRow } from './GridRow.tsx';
import type { Sort } from './state.ts';

const words = { format: formats('de'), yes: 'Ja', no: 'Nein' };
const column = (key: string, card?: Column['card']): Column => ({
  key,
  label: key,
  kind: 'text',
  path: key,
  width: 120,
  card,
});
const columns = [column('number', 'sub'), column('name', 'title'), column('city'), column('email')].map((each, at) => ({
  column: each,
  at,
  afterGap: false,
}));
const row = { id: '1', number: 'RE-7', name: 'Nordwind', city: 'Hamburg', email: 'a@b.example' } as Row;

function written(rushing: boolean, sort: readonly Sort[], selected = false): (string | null)[] {
  const { container, unmount } = draw(
    <GridRow
      index={6}
      row={row}
      rushing={rushing}
      place="0px"
      columns={columns}
      href={null}
      pinned={0}
      sort={sort}
      words={words}
      selectLabel="Zeile wählen"
      selected={selected}
      focused={-1}
      markedFrom={-1}
      markedTo={-1}
      editor={null}
      faults={undefined}
    />,
  );
  expect(container.querySelector<HTMLInputElement>('.check')?.checked).toBe(selected);
  const texts = [...container.querySelectorAll('[data-col]:not([data-col=check])')].map((cell) => cell.textContent);
  unmount();
  return texts;
}

test('a row that rushes past says what it is called and what the list is sorted by, and all when it rests', () => {
  expect(written(true, [])).toEqual(['RE-7', 'Nordwind', '', '']);
  expect(written(true, [{ column: 'city', descending: true }])).toEqual(['RE-7', 'Nordwind', 'Hamburg', '']);
  expect(written(false, [], true)).toEqual(['RE-7', 'Nordwind', 'Hamburg', 'a@b.example']);
});
