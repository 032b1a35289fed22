/** Member states with the days of joining and leaving; the United Kingdom's transition counted as membership for VAT. */
const MEMBERS: Readonly<Record<string, { from?: string; until?: string }>> = {
  ...Object.fromEntries(
    ['BE', 'DE', 'FR', 'IT', 'LU', 'NL', 'DK', 'IE', 'GR', 'ES', 'PT', 'AT', 'FI', 'SE'].map((code) => [code, {}]),
  ),
  ...Object.fromEntries(
    ['CY', 'CZ', 'EE', 'HU', 'LT', 'LV', 'MT', 'PL', 'SI', 'SK'].map((code) => [code, { from: '2004-05-01' }]),
  ),
  BG: { from: '2007-01-01' },
  RO: { from: '2007-01-01' },
  HR: { from: '2013-07-01' },
  GB: { until: '2020-12-31' },
};

/** Whether a country's VAT is ruled by the law of the union on a day. */
export function isInEu(country: string, day: string): boolean {
  const member = MEMBERS[country];
  return member !== undefined && (!member.from || day >= member.from) && (!member.until || day <= member.until);
}
