import '#testing/next.ts';
import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { LanguageProvider } from '#i18n/client.tsx';
import { formats } from '#i18n/format.ts';
import { en } from '#i18n/messages.en.ts';
import { draw } from '#testing/render.tsx';
import { CountryField } from './CountryField.tsx';
import { findCountries } from './countries.ts';

const picked = vi.fn();
function Place({ required }: { required: boolean }) {
  const [value, setValue] = useState('DE');
  const pick = (code: string) => {
    picked(code);
    setValue(code);
  };
  return <CountryField label="Land" value={value} required={required} error={undefined} onPick={pick} />;
}
const field = () => screen.getByRole('combobox', { name: 'Land' }) as HTMLInputElement;

test('a country is chosen by what it is called, or by its two letters', async () => {
  const { user } = draw(<Place required />);
  expect(field().value).toBe('Deutschland');
  await user.type(field(), 'oster');
  await user.click(await screen.findByRole('option', { name: /Österreich/ }));
  expect([field().value, picked.mock.lastCall]).toEqual(['Österreich', ['AT']]);
  await user.clear(field());
  // As fast as somebody who knows the letters.
  await user.type(field(), 'ch{Tab}');
  await waitFor(() => expect(field().value).toBe('Schweiz'));
});

test('one that may be missing can be taken out, one that is needed stays', async () => {
  const { user, unmount } = draw(<Place required={false} />);
  await user.clear(field());
  // Whoever saves by a key does not leave the field before.
  expect([field().value, picked.mock.lastCall]).toEqual(['', ['']]);
  await user.tab();
  expect(field().value).toBe('');
  unmount();
  draw(<Place required />);
  await user.clear(field());
  await user.tab();
  expect(field().value).toBe('Deutschland');
});

test('names are those of the language of the page', async () => {
  const { user } = draw(
    <LanguageProvider locale="en" messages={en}>
      <Place required />
    </LanguageProvider>,
  );
  expect(field().value).toBe('Germany');
  await user.type(field(), 'switz');
  expect((await screen.findAllByRole('option')).map((option) => option.textContent)).toEqual(['CHSwitzerland']);
});

test.each([
  ['de', 'DE'],
  ['Niederl', 'NL'],
  ['frankriech', 'FR'],
  ['turkei', 'TR'],
  ['Vereinigte', 'VAE'],
])('%s finds %s', (text, first) => {
  const found = findCountries(text, formats('de'));
  if (first === 'VAE') expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining(['AE', 'US', 'GB']));
  else expect(found[0]?.id).toBe(first);
});

test('every country has a name in both languages', () => {
  for (const locale of ['de', 'en'] as const) {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const all = new Set(letters.flatMap((one) => letters.flatMap((two) => findCountries(one + two, formats(locale)))));
    expect([...all].filter(({ id, name }) => id === name)).toEqual([]);
  }
});
