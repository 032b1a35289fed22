import { pino } from 'pino';

/** As the setting `LOG_LEVEL` says. What it may not say stops the start where all settings are read, with its name. */
const levels = ['silent', 'error', 'warn', 'info', 'debug'];
const level = levels.find((one) => one === process.env.LOG_LEVEL) ?? 'warn';

/** JSON lines on stdout. What could be a secret never gets written. */
export const log = pino({
  level,
  base: { service: 'valeo' },
  redact: ['*.password', '*.token', '*.authorization', '*.cookie', 'headers.authorization', 'headers.cookie'],
});
