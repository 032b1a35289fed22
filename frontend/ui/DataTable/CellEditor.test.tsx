import { screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { formats } from '#i18n/format.ts';
import { draw } from '#testing/render.tsx';
import CellEditor from './CellEditor.tsx';
import type { Column } from './definition.ts';

const words = { format: formats('de'), yes: 'Ja', no: 'Nein' } as never;
const column: Column = {
  key: 'country',
  label: 'Land',
  kind: 'country',
  path: 'country',
  width: null,
  edit: 'country',
};

test('a country is edited by what it is called, offered beside its letters, and arrows go through the offers', async () => {
  const onEnd = vi.fn();
  const { user, container } = draw(
    <CellEditor column={column} row={{ id: '1', country: 'DE' }} words={words} typed="Ö" faulty={null} onEnd={onEnd} />,
  );
  const field = screen.getByLabelText<HTMLInputElement>('Land');
  const offered = container.querySelector(`#${CSS.escape(field.getAttribute('list') ?? '')} option[label=AT]`);
  expect(offered?.getAttribute('value')).toBe('Österreich');
  await user.type(field, 'sterreich{ArrowDown}');
  expect(onEnd).not.toHaveBeenCalled();
  await user.type(field, '{Enter}');
  expect(onEnd).toHaveBeenCalledWith({ text: 'Österreich', go: 'down' });
});

test('the country that a cell has is shown as it is called', () => {
  draw(
    <CellEditor
      column={column}
      row={{ id: '1', country: 'AT' }}
      words={words}
      typed={null}
      faulty={null}
      onEnd={vi.fn()}
    />,
  );
  expect(screen.getByLabelText<HTMLInputElement>('Land').value).toBe('Österreich');
});
