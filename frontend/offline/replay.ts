import { type Write, type WriteFault, withRealIds } from './write.ts';

/** Where writes wait. Every method is durable before it resolves. */
export interface Outbox {
  /** Everything of this owner, in the order it was made. */
  writes(): Promise<readonly Write[]>;
  /** Real ids of records that were created without a connection, by local id. */
  realIds(): Promise<Map<string, string>>;
  save(write: Write): Promise<void>;
  /** Takes a write out that has happened and remembers the record it made, in one step. */
  finish(write: Write, realId: string | null): Promise<void>;
}

/** `later`: nothing can be known now, such as without a connection; the rest of the queue waits for the next time. */
export type Sent =
  | { readonly done: true; readonly id: string | null }
  | { readonly done: false; readonly fault: WriteFault }
  | { readonly later: string };

export type Send = (write: Write, input: unknown) => Promise<Sent>;

/**
 * Sends what waits, in order. A write goes out once everything it refers to exists; one that fails holds up only those
 * that refer to it. May be interrupted at any moment and started again: a write that may have reached the server is sent
 * again under its key, which the graph answers with what it answered first. Resolves with the reason when it had to stop.
 */
export async function replay(outbox: Outbox, send: Send): Promise<string | null> {
  const ids = await outbox.realIds();
  const writes = await outbox.writes();
  const made = new Set(writes.map((write) => write.makes));
  for (const write of writes) {
    if (write.state !== 'waiting') continue;
    const { input, missing } = withRealIds(write.input, ids);
    if (missing.length > 0) {
      if (missing.some((id) => !made.has(id))) await outbox.save(faulty(write, missingFault));
      continue;
    }
    await outbox.save({ ...write, sent: true });
    const answer = await send(write, input);
    if ('later' in answer) {
      // Something may be wrong with this one alone: next time the others go first.
      if (answer.later !== 'OFFLINE') await outbox.save({ ...write, sent: true, order: Date.now() });
      return answer.later;
    }
    if (answer.done) {
      if (write.makes && answer.id) ids.set(write.makes, answer.id);
      await outbox.finish(write, answer.id);
    } else await outbox.save(faulty(write, answer.fault));
  }
  return null;
}

const missingFault: WriteFault = { code: 'REFERENCE_DISCARDED', message: '', fields: [] };

const faulty = (write: Write, fault: WriteFault): Write => ({
  ...write,
  // The graph has refused it, so it has not happened.
  sent: false,
  state: fault.code === 'CONFLICT' ? 'conflict' : 'failed',
  fault,
});
