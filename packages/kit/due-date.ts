const DAY_MS = 86_400_000;

const parse = (day: string) => new Date(`${day}T00:00:00Z`);
const format = (date: Date) => date.toISOString().slice(0, 10);
export const addDays = (day: string, days: number): string => format(new Date(parse(day).getTime() + days * DAY_MS));

/** Easter Sunday by the Gregorian computus (Meeus/Jones/Butcher). */
function easter(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return format(new Date(Date.UTC(year, month - 1, day)));
}

/** Holidays of all German states: New Year, Good Friday, Easter Monday, 1 May, Ascension, Whit Monday, 3 October, Christmas. */
export function isWorkingDay(day: string): boolean {
  const weekday = parse(day).getUTCDay();
  if (weekday === 0 || weekday === 6) return false;
  if (['01-01', '05-01', '10-03', '12-25', '12-26'].includes(day.slice(5))) return false;
  const sunday = easter(Number(day.slice(0, 4)));
  return ![-2, 1, 39, 50].some((offset) => addDays(sunday, offset) === day);
}

/** Date of an invoice or bill plus the term; on a weekend or holiday the next working day counts (§ 193 BGB, rule 55). */
export function dueDate(issuedOn: string, termDays: number): string {
  let day = addDays(issuedOn, termDays);
  while (!isWorkingDay(day)) day = addDays(day, 1);
  return day;
}
