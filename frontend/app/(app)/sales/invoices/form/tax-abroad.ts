/** Member states whose VAT the law of the union rules, besides our own. */
const memberStates = new Set(
  'AT BE BG CY CZ DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);
const britainLeft = '2021-01-01';

/** Where a customer is in terms of VAT on the day of supply. */
export function placeOf(country: string, day: string): 'EU' | 'THIRD' | null {
  if (country === 'DE') return null;
  const isBritainWithin = country === 'GB' && day !== '' && day < britainLeft;
  return memberStates.has(country) || isBritainWithin ? 'EU' : 'THIRD';
}
