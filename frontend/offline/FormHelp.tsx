'use client';

import { useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Operation } from '#graphql/operation.ts';
import { useLiveRecord } from '#graphql/use-live-page.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { Notice } from '#ui/States.tsx';
import { toast } from '#ui/Toast.tsx';
import EndedNotice from './EndedNotice.tsx';
import { formAddress, withQuery } from './form-address.ts';
import { LeaveDialog } from './LeaveDialog.tsx';
import Presence from './Presence.tsx';
import { pageOwner } from './session.ts';
import { type Ended, standingOf } from './standing.ts';
import { type FormFilesGiven, useDraft } from './use-draft.ts';
import type { EditedRecord, Editing, LeftForm } from './use-editing.ts';
import type { LeaveGuard } from './use-leave-guard.ts';
import type { Write } from './write.ts';

/** How a form asks for help, and how it is helped. */
export interface FormHelpHandle {
  /** The write of the outbox that is being worked on; null for a new one. */
  readonly queued: Write | null;
  /** The record can no longer be saved; the notice that says why is shown. */
  readonly ended: boolean;
  /** Asks what became of the record, after a save that was refused by this code. A newer version is fetched and merged. */
  check(code?: string): void;
  /** It is saved: the draft goes. */
  settle(): void;
}

export interface FormHelpProps {
  /** Without one nothing is kept; leaving is asked about all the same. */
  readonly record: EditedRecord | null;
  readonly editing: Editing;
  readonly guard: LeaveGuard;
  readonly handle: React.RefObject<FormHelpHandle | null>;
  readonly title: string;
  /** Draft that was chosen to go on with. */
  readonly draftId: string | null;
  /** Files that were chosen in it, where it takes any. */
  readonly files?: FormFilesGiven;
  /** Tells that somebody else has saved the record. */
  readonly live?: Operation<unknown, { id: string }>;
  readonly refresh: () => void;
  /** Saves by Ctrl+S; a form with keys of its own does without. */
  readonly save?: () => void;
  label(path: string): string;
  show(path: string, value: unknown): string;
}

/** What a form does besides its fields: drafts, leaving, the outbox, colleagues, conflicts. Fetched once it is needed. */
export default function FormHelp(props: FormHelpProps) {
  const { record, editing, guard, handle, title, draftId, files, live, refresh, save, label, show } = props;
  const { t, format } = useLanguage();
  const [queued, setQueued] = useState<Write | null>(null);
  const [missing, setMissing] = useState(false);
  const draft = useDraft(record, editing, title, draftId, queued !== null, files);
  // In the head of the page it moves nothing when it comes.
  const [head, setHead] = useState<Element | null>(null);
  useEffect(() => setHead(document.querySelector('.doc-head') ?? document.body), []);
  const { recordId } = record ?? {};

  const [ended, setEnded] = useState<Ended | null>(null);
  const latest = useRef({ record, refresh, base: editing.base.version });
  latest.current = { record, refresh, base: editing.base.version };
  const check = useCallback(async (code?: string) => {
    const now = latest.current;
    if (!now.record?.recordId) return;
    const standing = await standingOf({ ...now.record, version: now.base }).catch(() => 'same' as const);
    if (standing !== 'same' && standing !== 'newer') setEnded(standing);
    else if (code === 'NOT_FOUND') setEnded('gone');
    else if (standing === 'newer' || code === 'CONFLICT') latest.current.refresh();
  }, []);

  useImperativeHandle(
    handle,
    () => ({
      queued,
      ended: ended !== null,
      check: (code) => void check(code),
      settle: draft.discard,
    }),
    [queued, ended, check, draft],
  );

  const { restore } = editing;
  useEffect(() => {
    const owner = pageOwner()?.owner;
    const wanted = new URLSearchParams(location.search).get('outbox');
    if (!owner || !record || (!wanted && !recordId)) return;
    let gone = false;
    void import('./queue.ts').then(async ({ queuedWrite, waitingChangeOf }) => {
      const found = wanted ? await queuedWrite(owner, wanted) : await waitingChangeOf(owner, recordId as string);
      if (gone) return;
      setQueued(found ?? null);
      setMissing(Boolean(wanted && !found));
      if (found) restore(leftOf(found));
    });
    return () => {
      gone = true;
    };
  }, [recordId, record === null, restore]);

  useLiveRecord(live, recordId, check, check);
  useSaveKeys(save);

  const { conflicts, choose, taken } = editing;
  return (
    <>
      {ended && record && (
        <EndedNotice
          record={record}
          ended={ended}
          take={async () => {
            const kept = await draft.save();
            guard.release();
            guard.leave(withQuery(formAddress(record.form).create ?? '/', 'draft', String(kept)));
          }}
        />
      )}
      {missing && <Notice tone="info" title={t('ui.outbox.gone')} />}
      {queued && <Notice tone="info" title={t('ui.outbox.continued', { time: format.dateTime(queued.madeAt) })} />}
      {conflicts.length === 0 && taken.length > 0 && (
        <Notice tone="ok" title={t('ui.merge.merged')}>
          {t('ui.merge.taken', { fields: [...new Set(taken.map(label))].join(', ') })}
        </Notice>
      )}
      {conflicts.length > 0 && (
        <section className="merge" aria-label={t('ui.merge.title')} role="alert">
          <h2>{t('ui.merge.title')}</h2>
          <p>{t('ui.merge.text')}</p>
          <ul>
            {conflicts.map(({ path, mine, theirs }) => (
              <li key={path}>
                <span className="merge-field">{label(path)}</span>
                <span className="merge-choice">
                  <small>{t('ui.merge.mine')}</small>
                  <Button onClick={() => choose(path, mine)}>{show(path, mine) || t('ui.merge.empty')}</Button>
                </span>
                <span className="merge-choice">
                  <small>{t('ui.merge.theirs')}</small>
                  <Button onClick={() => choose(path, theirs)}>{show(path, theirs) || t('ui.merge.empty')}</Button>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {(draft.savedAt || draft.isLost) &&
        editing.changed &&
        head &&
        createPortal(
          <p className={draft.isLost ? 'draft-state field-error' : 'draft-state'} role="status">
            {draft.savedAt
              ? t(draft.onlyHere ? 'ui.draft.savedHere' : 'ui.draft.saved', {
                  time: format.dateTime(draft.savedAt.toISOString()),
                })
              : t('ui.draft.notSaved')}
          </p>,
          head,
        )}
      {recordId && <Presence recordId={recordId} editing />}
      {guard.asked && (
        <LeaveDialog
          keeps={record !== null}
          onlyHere={draft.onlyHere}
          onStay={guard.stay}
          onKeep={async () => {
            if (await draft.save()) return guard.go();
            guard.stay();
            toast({ tone: 'danger', text: t('ui.draft.notSaved') });
          }}
          onDiscard={() => {
            draft.discard();
            guard.go();
          }}
        />
      )}
    </>
  );
}

/** On the document: after a click beside the fields none of them has the focus. */
function useSaveKeys(save: (() => void) | undefined): void {
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || !['s', 'Enter'].includes(event.key)) return;
      if (!latest.current || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

/** What waits in the outbox, as a form that was left. Its version is that of the record when the work began. */
const leftOf = (write: Write): LeftForm<object> => ({
  values: write.values,
  base: write.base,
  version: typeof write.input.version === 'number' ? write.input.version : null,
});
