let berlin: Intl.DateTimeFormat | undefined;

/** The calendar day in Germany, on the server and in every browser alike. */
export function today(now = Date.now()): string {
  // Swedish writes days as ISO 8601 does.
  berlin ??= new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Berlin' });
  return berlin.format(now);
}

/** Whole days from a day to another, today without one; 0 for a day that is still to come. */
export const daysPast = (since: string, day = today()): number =>
  Math.max(0, Math.round((Date.parse(day) - Date.parse(since)) / 86_400_000));
