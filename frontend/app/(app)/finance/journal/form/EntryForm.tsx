'use client';

import { useRouter } from 'next/navigation';
import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import FormFiles, { type FormFilesHandle } from '#attachments/FormFiles.tsx';
import { PostJournalEntry } from '#graphql/_generated/operations.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { DraftOffer, type FormDraft } from '#offline/DraftOffer.tsx';
import type { FormHelpHandle } from '#offline/FormHelp.tsx';
import { type EditedRecord, useEditing } from '#offline/use-editing.ts';
import { useFormHelp } from '#offline/use-form-help.ts';
import { Button } from '#ui/Button.tsx';
import { Field } from '#ui/Field.tsx';
import { Icon } from '#ui/Icon.tsx';
import type { TaxCode } from '#ui/LineParts.tsx';
import { late } from '#ui/late.tsx';
import { toast } from '#ui/Toast.tsx';
import { useFaultInView } from '#ui/use-fault-in-view.ts';
import {
  balanced,
  compact,
  type EntryDraft,
  entryInput,
  faultsOf,
  lineToBalance,
  sumsOf,
  withOwnKeys,
} from './draft.ts';
import { EntryGrid } from './EntryGrid.tsx';
import { EntrySums } from './EntrySums.tsx';

const FormHelp = late(() => import('#offline/FormHelp.tsx'));
const PostDialog = late(() => import('./PostDialog.tsx'));

const record: EditedRecord = { form: 'finance.journalEntry', recordId: null, version: null };

/**
 * Writing an entry of the journal. It is checked by the ledger itself before it is asked whether to post it; numbers, dates and
 * periods are the server's to decide, so nothing is posted later or twice.
 */
export function EntryForm({
  initial,
  drafts,
  taxCodes,
}: {
  initial: EntryDraft;
  drafts: readonly FormDraft[];
  taxCodes: readonly TaxCode[];
}) {
  const { t, format } = useLanguage();
  const router = useRouter();
  const editing = useEditing(record, initial);
  const { values: draft, setValues: setDraft, restore } = editing;
  const [draftId, setDraftId] = useState<string | null>(null);
  const [fileCount, setFileCount] = useState(0);
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [asking, setAsking] = useState(false);
  const { write, busy, error } = useWrite(PostJournalEntry);
  const form = useRef<HTMLFormElement>(null);
  const help = useRef<FormHelpHandle>(null);
  const files = useRef<FormFilesHandle>(null);
  const changed = editing.changed || fileCount > 0;
  const { helped, guard } = useFormHelp(changed, record);
  const showFault = useFaultInView(form, false);
  const refresh = useCallback(() => router.refresh(), [router]);
  const sums = sumsOf(draft.lines, format.locale);
  const failure = error && Object.keys(error.fields).length === 0 ? error.message : null;
  useEffect(() => {
    if (error) setFaults(faultsOf(error.fields));
  }, [error]);

  const patch = (change: Partial<EntryDraft>) => {
    setFaults({});
    setDraft((now) => ({ ...now, ...change }));
  };
  /** Sends the entry; what is wrong with it stands at its places. Null when something is, or when there was no answer. */
  const send = async (dryRun: boolean) => {
    const { input, faults: found } = entryInput(draft, format.locale, {
      required: t('ui.form.required'),
      notANumber: t('ui.form.notANumber'),
      twoDecimals: t('ui.form.twoDecimals'),
      oneSide: t('ui.journal.oneSide'),
      twoLines: t('ui.journal.twoLines'),
    });
    setDraft((now) => ({ ...now, lines: compact(now.lines) }));
    setFaults(found);
    const answer = Object.keys(found).length > 0 ? null : await write({ entries: [input], dryRun });
    if (answer) return answer.postJournalEntries;
    showFault();
    return null;
  };
  const check = async () => {
    if (await send(true)) toast({ tone: 'ok', text: t('ui.journal.checked') });
  };
  const ask = async () => {
    if (await send(true)) setAsking(true);
  };
  const post = async () => {
    const posted = await send(false);
    setAsking(false);
    const [entry] = posted?.entries ?? [];
    if (!entry) return;
    await files.current?.attachTo({ record: 'JOURNAL_ENTRY', id: entry.id });
    toast({ tone: 'ok', text: t('ui.journal.posted', { number: entry.number }) });
    guard.release();
    help.current?.settle();
    guard.leave(`/finance/journal/${entry.id}`);
    router.refresh();
  };
  const balance = () => {
    const at = lineToBalance(draft.lines);
    const amounts = balanced(draft.lines, at, format.locale);
    patch({ lines: draft.lines.map((line, index) => (index === at ? { ...line, ...amounts } : line)) });
  };
  const byKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || !['s', 'Enter'].includes(event.key)) return;
    event.preventDefault();
    if (busy || document.querySelector('dialog[open]')) return;
    void (event.key === 'Enter' ? ask() : check());
  };
  const onKey = useRef(byKey);
  onKey.current = byKey;
  // On the document: after a click beside the fields none of them has the focus.
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey.current(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  const words = {
    postedOn: t('ui.journal.postedOn'),
    text: t('ui.journal.text'),
    reference: t('ui.journal.reference'),
    lines: t('ui.journal.lines'),
  };

  return (
    <>
      <form className="entry-form" ref={form} onSubmit={(event) => event.preventDefault()} noValidate>
        <div className="entry-main">
          <DraftOffer<EntryDraft>
            record={record}
            drafts={drafts}
            onContinue={(id, left) => {
              setDraftId(id);
              restore({ ...left, values: withOwnKeys(left.values) });
            }}
          />
          {helped && (
            <Suspense>
              <FormHelp
                record={record}
                editing={{ ...editing, changed, restore: restore as (typeof editing)['restore'] }}
                guard={guard}
                handle={help}
                title={draft.text || t('ui.formName.journalEntry')}
                draftId={draftId}
                files={{ handle: files, count: fileCount }}
                refresh={refresh}
                label={(path) => words[path as keyof EntryDraft] ?? path}
                show={(_, value) => String(value)}
              />
            </Suspense>
          )}
          <fieldset className="form-grid form-grid--entry">
            <legend className="visually-hidden">{t('ui.entry.head')}</legend>
            <Field
              label={words.postedOn}
              type="date"
              required
              autoFocus
              value={draft.postedOn}
              error={faults.postedOn}
              onChange={(event) => patch({ postedOn: event.target.value })}
            />
            <Field
              label={words.text}
              required
              maxLength={200}
              value={draft.text}
              error={faults.text}
              onChange={(event) => patch({ text: event.target.value })}
            />
            <Field
              label={words.reference}
              maxLength={36}
              value={draft.reference}
              error={faults.reference}
              onChange={(event) => patch({ reference: event.target.value })}
            />
          </fieldset>
          <section>
            <h2 className="field-label entry-title">{words.lines}</h2>
            <EntryGrid lines={draft.lines} taxCodes={taxCodes} errors={faults} onChange={(lines) => patch({ lines })} />
            {faults.lines && (
              <p className="field-error">
                <Icon name="error" />
                {faults.lines}
              </p>
            )}
          </section>
          <FormFiles handle={files} draftId={draftId} onCount={setFileCount} />
        </div>
        <EntrySums sums={sums} errors={faults} failure={failure} onBalance={balance} />
      </form>
      <footer className="savebar">
        <a className="btn btn--ghost only-wide" href="/finance/journal">
          {t('ui.discard')}
        </a>
        <div className="end">
          <Button onClick={check} disabled={busy}>
            {t('ui.journal.check')}
            <kbd className="kbd only-desk">{t('ui.key.ctrl')} S</kbd>
          </Button>
          <Button kind="primary" onClick={ask} busy={busy && !asking} disabled={busy}>
            {t('ui.journal.post')}
            <kbd className="kbd only-desk">
              {t('ui.key.ctrl')} {t('ui.key.enter')}
            </kbd>
          </Button>
        </div>
      </footer>
      {asking && (
        <Suspense>
          <PostDialog
            amount={sums.debit}
            day={draft.postedOn}
            busy={busy}
            failure={error?.message ?? null}
            onPost={post}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </>
  );
}
