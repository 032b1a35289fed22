import { type Logger, pino } from 'pino';
import type { GatewayOptions } from '../options.ts';

export type { Logger };

/** JSON lines on stdout. */
export function createLog(level: GatewayOptions['log'] = 'info'): Logger {
  return pino({ level, base: { part: 'gateway' }, timestamp: pino.stdTimeFunctions.isoTime });
}
