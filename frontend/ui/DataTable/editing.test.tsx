import '#testing/next.ts';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { answering } from '#testing/render.tsx';
import { sampleRow } from '#testing/sample-list.ts';
import { cell, focused, grid, prepareList, sample, show, total } from '#testing/shown-list.tsx';

/** What tells the list of changes that others make. */
let tell: () => void = () => undefined;
/** The reader looks at the page again. */
let comeBack: () => void = () => undefined;

vi.mock('#graphql/client.ts', async (original) => ({
  ...(await original<object>()),
  listenWhileVisible: (start: () => () => void) => {
    comeBack = start;
    return start();
  },
  subscribe: (_operation: unknown, _variables: unknown, onEvent: () => void) => {
    tell = onEvent;
    return () => undefined;
  },
}));

const noted = 6;
const gatheredMs = 1000;
const wait = (ms: number) => act(() => new Promise((resolve) => setTimeout(resolve, ms)));

/** A list whose notes can be changed, and into whose head others put rows. */
function editable() {
  const base = sample();
  let above = 0;
  const definition = {
    ...base,
    columns: base.columns.map((column) => (column.key === 'note' ? { ...column, edit: 'note', spare: false } : column)),
    live: { id: 'l', name: 'Live' },
    edit: {
      operation: { id: 'e', name: 'Edit' },
      field: 'invoice',
      read: { id: 'r', name: 'Read' },
      permission: 'sales:write',
    },
  };
  const server = answering({
    SampleList: ({ at, first, rows }: { at: number; first: number; rows: boolean }) => ({
      [definition.connection]: {
        ...(rows && {
          edges: Array.from({ length: first }, (_, index) => ({ node: sampleRow(Math.max(0, at + index - above)) })),
        }),
        totalCount: total + above,
      },
    }),
    Edit: ({ input }: { input: { id: string; note: string } }) => ({
      update: { invoice: { version: 2, note: input.note }, error: null },
    }),
  });
  vi.stubGlobal('fetch', server.fetch);
  const edited = () => server.asked.filter((each) => each.operationName === 'Edit').map((each) => each.variables.input);
  return { ...show(definition), edited, push: () => (above += 2) };
}

test('what changed before the list began to listen is seen once it does', async () => {
  const { push } = editable();
  push();
  await waitFor(() => expect(cell(7, 1).textContent).toBe('RE-000006'), { timeout: 3 * gatheredMs });
});

test('whoever comes back to the page sees what changed meanwhile', async () => {
  const { push } = editable();
  await wait(gatheredMs);
  push();
  comeBack();
  await waitFor(() => expect(cell(7, 1).textContent).toBe('RE-000006'), { timeout: 3 * gatheredMs });
});

const begin = async (row: number) => {
  fireEvent.click(cell(row, noted));
  fireEvent.keyDown(grid(), { key: 'F2' });
  return screen.findByRole('textbox', { name: 'Notiz' });
};

beforeEach(prepareList);

test('the entry that is edited stays where it is while others add some, and it is the one that is changed', async () => {
  const { user, edited, push } = editable();
  await user.type(await begin(5), 'Meins');
  push();
  tell();
  await wait(gatheredMs);
  expect(cell(5, 1).textContent).toBe('RE-000006');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(cell(7, 1).textContent).toBe('RE-000006'));
  await waitFor(() => expect(edited()).toMatchObject([{ id: 'id-5', note: 'Meins' }]));
});

test('rows that were on their way when the edit began change another entry no more than others do', async () => {
  const { user, edited, push } = editable();
  push();
  tell();
  const list = fetch;
  vi.stubGlobal('fetch', async (...asked: Parameters<typeof fetch>) => {
    if (String(asked[1]?.body).includes('SampleList')) await new Promise((resolve) => setTimeout(resolve, gatheredMs));
    return list(...asked);
  });
  await wait(gatheredMs);
  await user.type(await begin(5), 'Meins');
  await waitFor(() => expect(cell(7, 1).textContent).toBe('RE-000006'), { timeout: 3 * gatheredMs });
  await user.keyboard('{Enter}');
  await waitFor(() => expect(edited()).toMatchObject([{ id: 'id-5', note: 'Meins' }]));
});

test('a click on another cell takes what was typed and goes there, a click beside the list leaves it', async () => {
  const { user, edited } = editable();
  await user.type(await begin(5), 'Eins');
  await user.click(cell(7, noted));
  await waitFor(() => expect(edited()).toMatchObject([{ id: 'id-5', note: 'Eins' }]));
  expect(focused()?.parentElement?.getAttribute('aria-rowindex')).toBe('8');
  await user.type(await begin(8), 'Zwei');
  await user.click(screen.getByRole('searchbox'));
  await waitFor(() => expect(edited()).toMatchObject([{ id: 'id-5' }, { id: 'id-8', note: 'Zwei' }]));
  expect(document.activeElement).toBe(screen.getByRole('searchbox'));
});

test('what was typed into a cell that is scrolled out of view is taken', async () => {
  const { user, edited } = editable();
  await user.type(await begin(5), 'Fern');
  grid().scrollTop = 36 * 5000;
  fireEvent.scroll(grid());
  await waitFor(() => expect(edited()).toMatchObject([{ id: 'id-5', note: 'Fern' }]));
  expect(document.activeElement).toBe(grid());
});
