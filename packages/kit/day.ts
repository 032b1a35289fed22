/** Swedish writes days as ISO 8601 does. */
const berlin = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Berlin' });

/** The calendar day in Germany. Documents, entries and due dates follow it, wherever the server and its database run. */
export const today = (now: Date | number = Date.now()): string => berlin.format(now);
