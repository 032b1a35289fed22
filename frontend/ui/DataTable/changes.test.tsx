import '#testing/next.ts';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { answering } from '#testing/render.tsx';
import { cell, focused, grid, prepareList, sample, serve, show } from '#testing/shown-list.tsx';

beforeEach(prepareList);

test('a new value is typed into a cell, and what the graph says stands there', async () => {
  const base = sample();
  const definition = {
    ...base,
    columns: base.columns.map((column) => (column.key === 'note' ? { ...column, edit: 'note', spare: false } : column)),
    edit: {
      operation: { id: 'e', name: 'Edit' },
      field: 'invoice',
      read: { id: 'r', name: 'Read' },
      permission: 'sales:write',
    },
  };
  const server = serve(definition);
  const list = server.fetch;
  const edit = answering({
    Edit: ({ input }: { input: { note: string } }) => ({
      update: { invoice: { version: 2, note: `${input.note}!` }, error: null },
    }),
  });
  vi.stubGlobal('fetch', (url: unknown, init?: RequestInit) =>
    (String(init?.body).includes('"Edit"') ? edit.fetch : list)(url as string, init),
  );
  const { user } = show(definition);
  await user.click(cell(1, 6));
  fireEvent.keyDown(grid(), { key: 'N' });
  const editor = await screen.findByRole('textbox', { name: 'Notiz' });
  await user.type(editor, 'eu{Enter}');
  await waitFor(() => expect(cell(1, 6).textContent).toBe('Neu!'));
  expect(edit.asked[0]?.variables.input).toMatchObject({ id: 'id-1', note: 'Neu' });
  expect(focused()?.parentElement?.getAttribute('aria-rowindex')).toBe('3');
});

test('what was typed and is no value is put right where it stands, and Escape gives it up', async () => {
  const base = sample();
  const definition = {
    ...base,
    columns: base.columns.map((column) => (column.key === 'gross' ? { ...column, edit: 'gross' } : column)),
    edit: {
      operation: { id: 'e', name: 'Edit' },
      field: 'invoice',
      read: { id: 'r', name: 'Read' },
      permission: 'sales:write',
    },
  };
  serve(definition);
  const { user } = show(definition);
  const gross = () => cell(1, 5);
  await user.click(gross());
  fireEvent.keyDown(grid(), { key: '1' });
  await user.type(await screen.findByRole('textbox', { name: 'Brutto €' }), '2x{Enter}');
  await waitFor(() => expect(gross().getAttribute('aria-invalid')).toBe('true'));
  await user.click(gross());
  fireEvent.keyDown(grid(), { key: 'F2' });
  const editor = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Brutto €' });
  expect(editor.value).toBe('12x');
  await user.type(editor, '{Escape}');
  expect(gross().getAttribute('aria-invalid')).toBeNull();
});

test('many rows are changed at once, and those that failed are named', async () => {
  const definition = sample({
    bulk: [
      {
        key: 'post',
        label: 'Buchen',
        icon: 'check',
        operation: { id: 'p', name: 'Post' },
        question: ['1 Beleg buchen?', '{count} buchen?'],
        permission: 'sales:write',
        when: { path: 'status', in: ['DRAFT'], filter: { status: { eq: 'DRAFT' } } },
      },
    ],
  });
  const list = serve(definition, 10).fetch;
  const posts = answering({
    Post: ({ input }: { input: { id: string } }) => ({
      post: { error: input.id === 'id-7' ? { message: 'Monat geschlossen' } : null },
    }),
  });
  vi.stubGlobal('fetch', (url: unknown, init?: RequestInit) =>
    (String(init?.body).includes('"Post"') ? posts.fetch : list)(url as string, init),
  );
  const { user } = show(definition, 10);
  fireEvent.click(cell(0, 0));
  fireEvent.click(cell(7, 0), { shiftKey: true });
  const bar = await screen.findByRole('toolbar');
  expect(bar.textContent).toContain('8');
  await user.click(within(bar).getByRole('button', { name: 'Buchen' }));
  expect(await screen.findByText('2 buchen?')).toBeTruthy();
  expect(screen.getByText(/6 ausgewählte Zeilen bleiben/)).toBeTruthy();
  // The way out never has the name of an action, which may be to cancel.
  expect(within(screen.getByRole('dialog')).getByRole('button', { name: 'Zurück' })).toBeTruthy();
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Buchen' }));
  expect(await screen.findByText('1 von 2 erledigt')).toBeTruthy();
  expect(screen.getByText('Monat geschlossen')).toBeTruthy();
});
