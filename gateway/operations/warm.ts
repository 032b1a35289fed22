import type { Logger } from '../report/log.ts';
import type { Documents } from './documents.ts';

/**
 * Compiles persisted operations before anybody asks for them, one at a time so that requests are answered in between.
 * One that does not fit the schema is reported, and is an error for its users only.
 */
export function warm(documents: Documents, texts: Iterable<string>, log: Logger): void {
  const waiting = texts[Symbol.iterator]();
  const step = (): void => {
    const { value, done } = waiting.next();
    if (done) return;
    try {
      documents.warm(value);
    } catch (err) {
      log.warn({ err, operation: value.slice(0, 200) }, 'a persisted operation cannot be prepared');
    }
    setImmediate(step);
  };
  step();
}
