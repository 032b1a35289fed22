import { sendCurrent } from './current-operations.ts';
import { type Outbox, replay } from './replay.ts';
import { outboxOf } from './store.ts';
import { newLocalId, type Write, type WriteFault } from './write.ts';

/** What a form gives to the outbox. */
export type Queued = Pick<
  Write,
  'operation' | 'mutation' | 'object' | 'input' | 'file' | 'form' | 'title' | 'href' | 'base' | 'values'
> & {
  readonly key: string;
  readonly creates: boolean;
  /** A request went out that found no answer, so it may have arrived. */
  readonly sent: boolean;
};

/** What became of a write that was sent from a form. */
export type Outcome =
  | { readonly state: 'done'; readonly id: string | null }
  | { readonly state: 'refused'; readonly fault: WriteFault }
  /** `makes` is the local id of the record that will be made. */
  | { readonly state: 'waiting'; readonly makes: string | null }
  /** It was sent from somewhere else meanwhile, or is on its way. */
  | { readonly state: 'gone' };

/** One at a time among tabs and the worker, so that nothing is changed while it is being sent. */
const alone = <T>(work: () => Promise<T>): Promise<T> => navigator.locks.request('valeo-outbox', work) as Promise<T>;

/** Puts a write that could not be sent at the end of the outbox and answers it. */
export async function enqueue(owner: string, queued: Queued): Promise<Write> {
  const { key, creates, ...given } = queued;
  const outbox = outboxOf(owner);
  const last = (await outbox.writes()).at(-1);
  const write: Write = {
    ...given,
    id: key,
    owner,
    order: Math.max(Date.now(), (last?.order ?? 0) + 1),
    makes: creates ? newLocalId() : null,
    state: 'waiting',
    fault: null,
    madeAt: new Date().toISOString(),
  };
  await outbox.save(write);
  await wakeWorker();
  return write;
}

/** The write under a key; undefined when it is done or was discarded. */
export async function queuedWrite(owner: string, id: string): Promise<Write | undefined> {
  return (await outboxOf(owner).writes()).find((write) => write.id === id);
}

/** The change of a record that has not been sent yet. */
export async function waitingChangeOf(owner: string, recordId: string): Promise<Write | undefined> {
  return (await outboxOf(owner).writes()).find((write) => write.input.id === recordId);
}

/** Puts what a form now says in the place of what waits, sends it when it can be, and tells what became of it. */
export async function resend(
  owner: string,
  id: string,
  change: Pick<Write, 'input' | 'values' | 'base' | 'title'>,
): Promise<Outcome> {
  return alone(async () => {
    const outbox = outboxOf(owner);
    const write = await queuedWrite(owner, id);
    if (!write) return { state: 'gone' };
    // Under its key another input would be refused, and whether the first has happened is not known.
    if (write.sent) await replay(only(outbox, id), sendCurrent);
    const standing = await queuedWrite(owner, id);
    if (!standing || standing.sent) return standing ? { state: 'waiting', makes: standing.makes } : { state: 'gone' };
    await outbox.save({ ...standing, ...change, state: 'waiting', fault: null });
    return outcomeOf(outbox, { ...standing });
  });
}

/** Sends one write that was just queued and tells what became of it. */
export const sendQueued = (owner: string, write: Write): Promise<Outcome> =>
  alone(() => outcomeOf(outboxOf(owner), write));

async function outcomeOf(outbox: Outbox, { id, makes }: Write): Promise<Outcome> {
  await replay(outbox, sendCurrent);
  const left = (await outbox.writes()).find((write) => write.id === id);
  if (!left) return { state: 'done', id: (makes && (await outbox.realIds()).get(makes)) || null };
  return left.fault ? { state: 'refused', fault: left.fault } : { state: 'waiting', makes };
}

/** An outbox in which only one write is seen. */
const only = (outbox: Outbox, id: string): Outbox => ({
  ...outbox,
  writes: async () => (await outbox.writes()).filter((write) => write.id === id),
});

/** Sends a refused write once more as it is. */
export const retry = (owner: string, id: string): Promise<void> =>
  alone(async () => {
    const write = await queuedWrite(owner, id);
    if (write) await outboxOf(owner).save({ ...write, state: 'waiting', fault: null });
  });

/** Takes a write out unsent. */
export const discard = (owner: string, write: Write): Promise<void> => alone(() => outboxOf(owner).finish(write, null));

/** Asks for a Background Sync, where there is one, for the case that no tab is open when the connection comes back. */
async function wakeWorker(): Promise<void> {
  const ready = await navigator.serviceWorker?.getRegistration();
  const sync = (ready as { sync?: { register(tag: string): Promise<void> } } | undefined)?.sync;
  await sync?.register('outbox').catch(() => undefined);
}
