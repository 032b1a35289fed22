import type { Logger } from '../report/log.ts';
import type { Documents } from './documents.ts';

/**
 * Compiles persisted operations before anybody asks for them, one at a time so that requests are answered in between; resolves
 * when all are done. One that does not fit the schema is reported, and is an error for its users only.
 */
export async function warm(documents: Documents, texts: Iterable<string>, log: Logger): Promise<void> {
  for (const text of texts) {
    try {
      documents.warm(text);
    } catch (err) {
      log.warn({ err, operation: text.slice(0, 200) }, 'a persisted operation cannot be prepared');
    }
    await new Promise(setImmediate);
  }
}
