/** A report of a fault as Sentry takes it, as far as it is looked at here. */
interface FaultEvent {
  message?: string;
  exception?: { values?: { value?: string; stacktrace?: { frames?: { filename?: string; vars?: unknown }[] } }[] };
  request?: { url?: string };
  transaction?: string;
  user?: unknown;
  breadcrumbs?: unknown;
  server_name?: string;
  extra?: unknown;
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const textMax = 500;

/**
 * Takes out of a report whatever could tell of a person or a company: who was signed in, headers and cookies, what was done
 * before, the query of addresses, and in messages everything that a user may have typed. What remains is the kind of fault and
 * its place in the code.
 */
export function scrubFault<Event>(event: Event): Event {
  const report = event as FaultEvent;
  for (const part of ['user', 'breadcrumbs', 'server_name', 'extra'] as const) delete report[part];
  if (report.request) report.request = report.request.url ? { url: scrubAddress(report.request.url) } : {};
  if (report.transaction) report.transaction = scrubAddress(report.transaction);
  if (report.message) report.message = scrubText(report.message);
  for (const fault of report.exception?.values ?? []) {
    if (fault.value) fault.value = scrubText(fault.value);
    for (const frame of fault.stacktrace?.frames ?? []) {
      delete frame.vars;
      if (frame.filename) frame.filename = frame.filename.replace(/[?#].*$/, '');
    }
  }
  return event;
}

/** Texts in quotes, addresses, e-mail addresses, ids and numbers of three digits or more may be a user's: they give way. */
export function scrubText(text: string): string {
  return text
    .slice(0, textMax)
    .replaceAll(/https?:\/\/\S+/g, '[address]')
    .replaceAll(/"[^"]*"|“[^”]*”|„[^“”]*[“”]|`[^`]*`|(?<![\p{L}\d])'[^']*'/gu, '[text]')
    .replaceAll(/\S+@\S+/g, '[mail]')
    .replaceAll(ID, '[id]')
    .replaceAll(/[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,4})?/g, '[account]')
    .replaceAll(/\d(?:[\d.,]*\d)?/g, (digits) => (digits.length < 3 ? digits : '[number]'));
}

function scrubAddress(address: string): string {
  return address.replace(/[?#].*$/, '').replaceAll(ID, '[id]');
}
