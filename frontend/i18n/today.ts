let berlin: Intl.DateTimeFormat | undefined;

/** The calendar day in Germany, on the server and in every browser alike. */
export function today(now = Date.now()): string {
  // Swedish writes days as ISO 8601 does.
  berlin ??= new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Berlin' });
  return berlin.format(now);
}
