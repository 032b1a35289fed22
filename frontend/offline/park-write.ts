import type { Translate } from '#i18n/translate.ts';
import { formAddress } from './form-address.ts';
import { proxyText } from './proxy-text.ts';
import { enqueue, type Outcome, resend, sendQueued } from './queue.ts';
import { pageOwner } from './session.ts';
import type { EditedRecord } from './use-editing.ts';
import type { Write } from './write.ts';

/** What a form wants to have written. */
export type ParkedChange = Pick<Write, 'operation' | 'mutation' | 'object' | 'input' | 'title' | 'values' | 'base'> & {
  readonly key: string;
  /** A request with this key went out that found no answer. */
  readonly sent: boolean;
};

/**
 * Puts the write of a form into the outbox, or into the place of the one that is being worked on, and sends it as soon as it
 * can be. Answers what became of it by now: refused as well when the browser has no room left, or forbids keeping things.
 */
export async function parkWrite(
  { form, recordId }: EditedRecord,
  change: ParkedChange,
  queued: Write | null,
  t: Translate,
): Promise<Outcome> {
  const owner = pageOwner()?.owner;
  if (!owner) return { state: 'gone' };
  const { edit, create } = formAddress(form);
  const href = recordId ? edit(recordId) : (create ?? '/');
  try {
    const outcome = queued
      ? await resend(owner, queued.id, change)
      : await sendQueued(owner, await enqueue(owner, { ...change, form, href, creates: recordId === null }));
    if (outcome.state !== 'refused') return outcome;
    return {
      state: 'refused',
      fault: { ...outcome.fault, message: proxyText(t, outcome.fault) ?? outcome.fault.message },
    };
  } catch {
    return { state: 'refused', fault: { code: 'NO_ROOM', message: t('ui.outbox.noRoom'), fields: [] } };
  }
}
