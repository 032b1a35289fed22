'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type KeyboardEvent, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { FormFilesHandle } from '#attachments/FormFiles.tsx';
import type { AttachmentRecord } from '#graphql/_generated/operations.ts';
import { newIdempotencyKey, request } from '#graphql/client.ts';
import type { GraphFault, Operation } from '#graphql/operation.ts';
import { useLanguage } from '#i18n/client.tsx';
import { useConnection } from '#offline/connection.ts';
import { DraftOffer, type FormDraft } from '#offline/DraftOffer.tsx';
import type { FormHelpHandle } from '#offline/FormHelp.tsx';
import { pageOwner } from '#offline/session.ts';
import { type EditedRecord, useEditing } from '#offline/use-editing.ts';
import { useFormHelp } from '#offline/use-form-help.ts';
import type { WriteFault } from '#offline/write.ts';
import { Button } from './Button.tsx';
import { late } from './late.tsx';
import { FormInput } from './RecordFormInput.tsx';
import { type FormSection, type FormValues, faultsByField, readInput, shownValue } from './record-input.ts';
import { Notice } from './States.tsx';
import { toast } from './Toast.tsx';
import { untakenText } from './untaken.ts';
import { useFaultInView } from './use-fault-in-view.ts';

const FormHelp = late(() => import('#offline/FormHelp.tsx'));
const FormFiles = late(() => import('#attachments/FormFiles.tsx'));

export type { FormField, FormSection, FormValues } from './record-input.ts';

export interface RecordFormProps {
  readonly operation: { readonly id: string; readonly name: string; readonly writes?: true; readonly keyed?: true };
  /** Field of the mutation, and of the object in its payload. */
  readonly mutation: string;
  readonly object: string;
  readonly sections: readonly FormSection[];
  readonly values: FormValues;
  /** Sent along unchanged: the id and version of the record that is edited. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** What is edited, for forms whose work is kept in drafts and without a connection. */
  readonly record?: EditedRecord;
  /** Drafts of this form, the latest first. */
  readonly drafts?: readonly FormDraft[];
  /** Files can be chosen, which are attached to the record once it is saved. */
  readonly attach?: AttachmentRecord;
  /** Tells that the record was changed. */
  readonly live?: Operation<unknown, { id: string }>;
  /** Where to go when it is saved; `{id}` is the record's. Without it the form stays. */
  readonly target?: string;
  readonly cancel?: string;
  readonly submit: string;
  readonly saved: string;
  /** Fields are emptied once they are saved, for forms that are used again and again. */
  readonly again?: boolean;
  /** Called with the payload; for what is shown only once, such as a key. */
  onSaved?(payload: Readonly<Record<string, unknown>>): void;
}

interface Payload {
  readonly error?: (Omit<WriteFault, 'fields'> & { readonly fields?: WriteFault['fields'] | null }) | null;
  readonly [object: string]: unknown;
}

/**
 * The one form for records. Errors that the graph finds stand at their fields; a retry of the same input is the same write;
 * what is typed is kept, merged with what others save, and sent later when there is no connection.
 */
export function RecordForm(props: RecordFormProps) {
  const { record = null, sections } = props;
  const { t, format } = useLanguage();
  const router = useRouter();
  const { offline } = useConnection();
  const editing = useEditing<FormValues>(record ?? nothing, props.values);
  const { values, setValues } = editing;
  const [fileCount, setFileCount] = useState(0);
  const changed = editing.changed || fileCount > 0;
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [draftId, setDraftId] = useState<string | null>(null);
  const attempt = useRef({ input: '', key: '' });
  const form = useRef<HTMLFormElement>(null);
  const help = useRef<FormHelpHandle>(null);
  const files = useRef<FormFilesHandle>(null);
  const { helped, guard } = useFormHelp(changed, record);
  const showFault = useFaultInView(form, editing.conflicts.length > 0);
  const refresh = useCallback(() => router.refresh(), [router]);
  const fields = sections.flatMap((section) => section.fields);
  const label = (path: string) => fields.find((field) => field.name === path)?.label ?? path;
  const show = (path: string, value: unknown) =>
    shownValue(
      fields.find((field) => field.name === path),
      value,
      format.country,
    );
  const title = String(values.name || values.sku || props.submit);

  const set = (name: string, value: string | readonly string[]) => {
    setValues((now) => ({ ...now, [name]: value }));
    setErrors(({ [name]: _, ...rest }) => rest);
  };

  const refuse = (fault: Payload['error']) => {
    const { errors: atFields, rest } = faultsByField(fault?.fields ?? [], fields);
    setFailure([fault?.message, ...rest].filter(Boolean).join(' ') || null);
    setErrors(atFields);
    // The newer version comes and is merged into what was typed.
    help.current?.check(fault?.code);
    showFault(fault?.code);
  };
  const settle = () => {
    guard.release();
    help.current?.settle();
  };
  const attachTo = async (id: string | null | undefined) => {
    if (props.attach && id) await files.current?.attachTo({ record: props.attach, id });
  };
  const done = async (id: string, payload?: Payload) => {
    await attachTo(id);
    // From now on the same input is a new write.
    attempt.current = { input: '', key: '' };
    settle();
    const version = (payload?.[props.object] as { version?: number } | null)?.version;
    const isUndoable = record?.recordId && version;
    const undo = () => void takeBack(version as number);
    toast({
      tone: 'ok',
      text: props.saved,
      action: isUndoable ? { label: t('ui.undo'), run: undo } : undefined,
    });
    if (payload) props.onSaved?.(payload);
    if (props.again) setValues(props.values);
    if (props.target) guard.leave(props.target.replace('{id}', id));
    router.refresh();
  };
  /** Writes what stood there before, on top of what was just saved and of nothing else. */
  const takeBack = async (version: number) => {
    const { input } = readInput(props, editing.base.values, format.locale, { required: '', number: '' });
    const variables = { input: { ...input, version, idempotencyKey: newIdempotencyKey() } };
    const data = await request<Record<string, Payload>, object>(props.operation as never, variables).catch(() => null);
    const error = data ? data[props.mutation]?.error?.message : t('ui.offline.only');
    toast({ tone: error ? 'danger' : 'ok', text: error ?? t('ui.undone') });
    router.refresh();
  };
  const park = async (input: Record<string, unknown>, sent: boolean) => {
    const { parkWrite } = await import('#offline/park-write.ts');
    const { operation, mutation, object } = props;
    const base = { ...editing.base.values };
    const change = { operation, mutation, object, input, key: attempt.current.key, sent, title, values, base };
    const outcome = await parkWrite(record as EditedRecord, change, help.current?.queued ?? null, t);
    if (outcome.state === 'refused') return refuse(outcome.fault);
    if (outcome.state === 'done') return done(outcome.id ?? record?.recordId ?? '');
    await attachTo(outcome.state === 'waiting' ? (outcome.makes ?? record?.recordId) : record?.recordId);
    settle();
    toast({ tone: 'ok', text: t(outcome.state === 'gone' ? 'ui.outbox.gone' : 'ui.outbox.parked') });
    guard.leave('/outbox');
  };

  // From beside the fields it is taken as well, once the help of the form is there.
  const saveByKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || !['s', 'Enter'].includes(event.key)) return;
    event.preventDefault();
    if (!busy) form.current?.requestSubmit();
  };
  const isNew = record?.recordId === null;
  // Whoever has gone elsewhere on the page stays there, and a phone does not open its keyboard by itself.
  useEffect(() => {
    const isElsewhere = !document.activeElement?.matches('body, h1');
    if (!isNew || isElsewhere || !globalThis.matchMedia?.('(pointer: fine)').matches) return;
    form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus({ preventScroll: true });
  }, [isNew]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { input, faults } = readInput(props, values, format.locale, {
      required: t('ui.form.required'),
      number: t('ui.form.notANumber'),
    });
    const untaken = untakenText(form.current);
    if (untaken !== null) return setFailure(t('ui.form.notTaken', { text: untaken }));
    setErrors(faults);
    const blocked = help.current?.ended
      ? t('ui.ended.refused')
      : editing.conflicts.length > 0
        ? t('ui.merge.open')
        : null;
    setFailure(blocked);
    if (Object.keys(faults).length > 0 || blocked) return showFault();
    const text = JSON.stringify(input);
    if (attempt.current.input !== text) attempt.current = { input: text, key: newIdempotencyKey() };
    setBusy(true);
    try {
      if (record && pageOwner() && (offline || help.current?.queued)) return await park(input, false);
      const data = await request<Record<string, Payload>, object>({ ...props.operation, writes: true } as never, {
        input: props.operation.keyed ? { ...input, idempotencyKey: attempt.current.key } : input,
      });
      const payload = data[props.mutation];
      if (payload?.error) return refuse(payload.error);
      await done((payload?.[props.object] as { id?: string } | null)?.id ?? '', payload);
    } catch (error) {
      const { code, message } = error as GraphFault;
      // A write of an earlier build goes on in the current one.
      const isParked = code === 'OFFLINE' || code === 'PERSISTED_QUERY_NOT_FOUND';
      if (isParked && record && pageOwner()) return await park(input, code === 'OFFLINE' && navigator.onLine);
      setFailure(code === 'OFFLINE' ? t('ui.offline') : message);
      showFault();
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="record-form" ref={form} onSubmit={submit} onKeyDown={saveByKey} noValidate>
      {record && (
        <DraftOffer<FormValues>
          record={record}
          drafts={props.drafts ?? []}
          onContinue={(id, left) => {
            setDraftId(id);
            editing.restore(left);
          }}
        />
      )}
      {helped && (
        <Suspense>
          <FormHelp
            record={record}
            editing={{ ...editing, changed }}
            guard={guard}
            handle={help}
            title={title}
            draftId={draftId}
            files={props.attach && { handle: files, count: fileCount }}
            live={props.live}
            refresh={refresh}
            save={() => !busy && form.current?.requestSubmit()}
            label={label}
            show={show}
          />
        </Suspense>
      )}
      {failure && <Notice tone="danger" title={failure} />}
      {sections.map((section) => (
        <fieldset className="record-section" key={section.title}>
          <legend>{section.title}</legend>
          <div className="record-grid">
            {section.fields.map((field) => (
              <FormInput
                key={field.name}
                field={field}
                value={values[field.name] ?? ''}
                error={errors[field.name]}
                set={set}
              />
            ))}
          </div>
        </fieldset>
      ))}
      {props.attach && (
        <Suspense>
          <FormFiles handle={files} draftId={draftId} onCount={setFileCount} />
        </Suspense>
      )}
      <div className="record-actions">
        <Button kind="primary" type="submit" busy={busy}>
          {props.submit}
        </Button>
        {props.cancel && (
          <a className="btn" href={props.cancel}>
            {t('ui.cancel')}
          </a>
        )}
      </div>
    </form>
  );
}

const nothing: EditedRecord = { form: '', recordId: null, version: null };
