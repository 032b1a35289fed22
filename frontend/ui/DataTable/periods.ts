/** Stretches of days that move with the calendar, so that a saved view of last month is always about last month. */
export const periods = [
  'today',
  'yesterday',
  'tomorrow',
  'thisWeek',
  'lastWeek',
  'nextWeek',
  'thisMonth',
  'lastMonth',
  'nextMonth',
  'thisQuarter',
  'lastQuarter',
  'thisYear',
  'lastYear',
  'last7Days',
  'last30Days',
  'last90Days',
  'next7Days',
  'next30Days',
  'past',
] as const;
export type Period = (typeof periods)[number];

/** First and last day, both included. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

export function isPeriod(text: string): text is Period {
  return (periods as readonly string[]).includes(text);
}

/** The days of a period as of a day. Years are fiscal years, which start in the given month. */
export function daysOf(period: Period, day: string, fiscalYearStart = 1): Days {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const at = (y: number, m: number, d: number) => new Date(Date.UTC(y, m - 1, d)).toISOString().slice(0, 10);
  const days = (from: number, to: number): Days => ({
    from: at(year, month, date + from),
    to: at(year, month, date + to),
  });
  const months = (first: number, count: number): Days => ({ from: at(year, first, 1), to: at(year, first + count, 0) });
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const week = (by: number) => days(by * 7 - sinceMonday, by * 7 + 6 - sinceMonday);
  const quarter = month - ((month - fiscalYearStart + 12) % 3);
  const fiscalYear = month - ((month - fiscalYearStart + 12) % 12);
  switch (period) {
    case 'today':
      return days(0, 0);
    case 'yesterday':
      return days(-1, -1);
    case 'tomorrow':
      return days(1, 1);
    case 'thisWeek':
      return week(0);
    case 'lastWeek':
      return week(-1);
    case 'nextWeek':
      return week(1);
    case 'thisMonth':
      return months(month, 1);
    case 'lastMonth':
      return months(month - 1, 1);
    case 'nextMonth':
      return months(month + 1, 1);
    case 'thisQuarter':
      return months(quarter, 3);
    case 'lastQuarter':
      return months(quarter - 3, 3);
    case 'thisYear':
      return months(fiscalYear, 12);
    case 'lastYear':
      return months(fiscalYear - 12, 12);
    case 'last7Days':
      return days(-6, 0);
    case 'last30Days':
      return days(-29, 0);
    case 'last90Days':
      return days(-89, 0);
    case 'next7Days':
      return days(0, 6);
    case 'next30Days':
      return days(0, 29);
    case 'past':
      return days(-36_500, -1);
  }
}
