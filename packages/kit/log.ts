import { pino } from 'pino';

/** JSON lines on stdout. What could be a secret never gets written. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: { service: process.env.VALEO_SERVICE ?? 'valeo' },
  redact: ['*.password', '*.token', '*.authorization', '*.cookie', 'headers.authorization', 'headers.cookie'],
});
