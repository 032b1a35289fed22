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
