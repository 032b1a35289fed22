import { COUNTRIES } from '@valeo/kit/countries.ts';
import type { Formats } from '#i18n/format.ts';
import { wanted } from '#shell/wanted.ts';

const shownMax = 8;

export interface Country {
  /** Two letters. */
  readonly id: string;
  readonly name: string;
}

/** Countries by their code or by what they are called in the language of the page, nearest first. */
export function findCountries(text: string, format: Formats): readonly Country[] {
  const typed = text.trim();
  const sought = wanted(typed);
  const rank = ({ id, name }: Country): number => {
    if (id === typed.toUpperCase()) return 0;
    if (sought.begins(name)) return 1;
    if (sought.fits(name)) return 2;
    return sought.isNear(name) ? 3 : 4;
  };
  return COUNTRIES.map((id) => ({ id, name: format.country(id) }))
    .map((country) => ({ country, rank: rank(country) }))
    .filter((each) => each.rank < 4)
    .sort((one, other) => one.rank - other.rank || one.country.name.localeCompare(other.country.name, format.locale))
    .slice(0, shownMax)
    .map(({ country }) => country);
}
