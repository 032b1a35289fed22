import { act, fireEvent, screen } from '@testing-library/react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { beforeEach, expect, test, vi } from 'vitest';
import { draw, inGerman } from '#testing/render.tsx';
import { Combobox } from './Combobox.tsx';
import { untakenText } from './untaken.ts';

interface Article {
  readonly id: string;
  readonly sku: string;
}

const articles = ['10123G', '22423', '22423B', '22947'].map((sku): Article => ({ id: sku, sku }));
const picked = vi.fn();
let answers: (() => void)[] = [];

const form = (
  <>
    <Combobox<Article>
      label="Artikel"
      text=""
      nothing="Kein Artikel gefunden"
      search={(text) =>
        new Promise((resolve) =>
          answers.push(() => resolve(articles.filter(({ sku }) => sku.includes(text.toUpperCase())))),
        )
      }
      codeOf={(article) => article.sku}
      render={(article) => article.sku}
      onPick={(article, here) => picked(article.sku, here)}
    />
    <input aria-label="Menge" />
  </>
);
const show = () => draw(form);
const field = () => screen.getByRole('combobox') as HTMLInputElement;
async function answer() {
  await vi.waitFor(() => expect(answers.length).toBeGreaterThan(0));
  await act(async () => {
    for (const each of answers) each();
  });
  answers = [];
}

beforeEach(() => {
  picked.mockClear();
  answers = [];
});

test('a match of what stood there before is never taken: Enter waits for the answer to what is typed', async () => {
  const { user } = show();
  await user.type(field(), '2');
  await answer();
  expect(screen.getAllByRole('option')).toHaveLength(4);
  await user.keyboard('2947{Enter}');
  expect(picked).not.toHaveBeenCalled();
  await answer();
  expect(picked.mock.calls).toEqual([['22947', true]]);
});

test('a scan that ends in Tab takes the exact match once it is there, and leaves the focus where it went', async () => {
  const { user } = show();
  await user.type(field(), '22423{Tab}');
  expect(field().value).toBe('22423');
  await answer();
  expect(picked.mock.calls).toEqual([['22423', false]]);
  expect(document.activeElement).toBe(screen.getByLabelText('Menge'));
});

test('a text that the field is left with stays there as wrong, until it is taken or deleted', async () => {
  const { user } = show();
  await user.type(field(), '2242');
  await answer();
  await user.click(screen.getByLabelText('Menge'));
  expect(field().value).toBe('2242');
  expect(field().getAttribute('aria-invalid')).toBe('true');
  expect(screen.queryByRole('option')).toBeNull();
  expect(untakenText(document.body)).toBe('2242');
  expect(document.activeElement).toBe(field());
  expect(await screen.findByText('Bitte einen Treffer wählen oder den Text löschen.')).toBeTruthy();
  await user.clear(field());
  await user.click(screen.getByLabelText('Menge'));
  expect(field().getAttribute('aria-invalid')).toBeNull();
  expect(untakenText(document.body)).toBeNull();
});

test('where nothing matches, or several and none exactly, the text stays and is told to be wrong', async () => {
  const { user } = show();
  await user.type(field(), '999{Enter}');
  await answer();
  expect(field().getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText('Kein Artikel gefunden')).toBeTruthy();
  await user.tab();
  expect(field().value).toBe('999');

  await user.clear(field());
  await user.type(field(), '2242{Tab}');
  await answer();
  expect(field().value).toBe('2242');
  expect(field().getAttribute('aria-invalid')).toBe('true');
  expect(picked).not.toHaveBeenCalled();
  await user.click(screen.getByRole('option', { name: '22423B' }));
  expect(picked).toHaveBeenCalledWith('22423B', expect.anything());
});

test('a field that had the focus before the page woke shows what it finds', async () => {
  const page = document.body.appendChild(document.createElement('main'));
  page.innerHTML = renderToString(inGerman(form));
  field().focus();
  const root = await act(() => hydrateRoot(page, inGerman(form)));
  fireEvent.change(field(), { target: { value: '22947' } });
  await answer();
  expect(screen.getByRole('option', { name: '22947' })).toBeTruthy();
  act(() => root.unmount());
  page.remove();
});

test('a match whose choice moves the focus on is no text that was left', async () => {
  picked.mockImplementationOnce(() => screen.getByLabelText('Menge').focus());
  const { user } = show();
  await user.type(field(), '22947');
  await answer();
  await user.keyboard('{Enter}');
  expect(document.activeElement).toBe(screen.getByLabelText('Menge'));
  expect(field().getAttribute('aria-invalid')).toBeNull();
});
