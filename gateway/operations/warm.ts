import { setTimeout as sleep } from 'node:timers/promises';
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

/** A new supergraph waits this long for what nobody registered: it may be urgent. */
const patienceMs = 10_000;

/**
 * Compiles what was asked for again and again on the graph before, so that a new one is as quick from its first answer on. What it
 * does not know any more is told to those who ask for it.
 */
export async function warmAgain(documents: Documents, before: Documents): Promise<void> {
  const isOver = sleep(patienceMs, true, { ref: false });
  for (const asked of before.askedAgain()) {
    const done = documents.prepare(asked).then(
      () => false,
      () => false,
    );
    if (await Promise.race([done, isOver])) return;
    await new Promise(setImmediate);
  }
}
