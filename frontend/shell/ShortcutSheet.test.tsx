import '#testing/next.ts';
import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { draw } from '#testing/render.tsx';
import ShortcutSheet from './ShortcutSheet.tsx';

test('the keys that save stand under forms, and pasting rows under lines', () => {
  draw(<ShortcutSheet onClose={() => undefined} />);
  const section = (title: string) => screen.getByRole('heading', { name: title }).parentElement as HTMLElement;
  const keysOf = (title: string, label: RegExp) =>
    [...(within(section(title)).getByText(label).parentElement?.querySelectorAll('kbd') ?? [])].map(
      (key) => key.textContent,
    );
  expect(keysOf('In Formularen', /^Speichern, einen Beleg als Entwurf/)).toEqual(['Strg', 'S']);
  expect(keysOf('Belegzeilen', /Zeilen einer Tabelle/)).toEqual(['Strg', 'V']);
});

test.each([
  ['<div class="grid"></div>', 'Listen'],
  ['<form><div class="line-grid"></div></form>', 'In Formularen'],
  ['<div class="dash"></div>', 'Übersicht'],
])('keys of the page in view come first: %s', (page, first) => {
  draw(
    <>
      <main id="main" dangerouslySetInnerHTML={{ __html: page }} />
      <ShortcutSheet onClose={() => undefined} />
    </>,
  );
  const titles = screen.getAllByRole('heading', { level: 3 }).map((heading) => heading.textContent ?? '');
  expect(titles[0]).toContain(first);
  expect(titles).toHaveLength(5);
});
