'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type KeyboardEvent, Suspense, useCallback, useRef, useState } from 'react';
import { newIdempotencyKey } from '#graphql/client.ts';
import type { Operation } from '#graphql/operation.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { useConnection } from '#offline/connection.ts';
import { DraftOffer, type FormDraft } from '#offline/DraftOffer.tsx';
import type { FormHelpHandle } from '#offline/FormHelp.tsx';
import { type EditedRecord, useEditing } from '#offline/use-editing.ts';
import { useFormHelp } from '#offline/use-form-help.ts';
import { Button } from '#ui/Button.tsx';
import { Field } from '#ui/Field.tsx';
import { Icon } from '#ui/Icon.tsx';
import { late } from '#ui/late.tsx';
import { Notice } from '#ui/States.tsx';
import { toast } from '#ui/Toast.tsx';
import { useFaultInView } from '#ui/use-fault-in-view.ts';
import {
  atTheirLines,
  type QuantityHeadName,
  type QuantityName,
  type QuantityValues,
  quantitiesInput,
} from './quantities.ts';

const FormHelp = late(() => import('#offline/FormHelp.tsx'));

export interface QuantitiesFormProps {
  readonly title: string;
  readonly edited: {
    readonly record: EditedRecord & { readonly recordId: string };
    readonly operation: Operation<unknown, { input: object }>;
    /** Field of the object in the payload of the mutation. */
    readonly object: string;
    /** Tells that somebody else has changed the document. */
    readonly live: Operation<unknown, { id: string }>;
  };
  /** Sent along unchanged. */
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly head: readonly { readonly name: QuantityHeadName; readonly label: string; readonly type: 'date' | 'text' }[];
  readonly columns: readonly { readonly name: QuantityName; readonly label: string }[];
  readonly values: QuantityValues;
  readonly drafts: readonly FormDraft[];
  /** The document. */
  readonly target: string;
}

/**
 * Which quantities of a delivery or a receipt are true; a line of zero is left out. What is typed is kept, merged with what others
 * save, and sent later when there is no connection.
 */
export function QuantitiesForm(props: QuantitiesFormProps) {
  const { title, edited, fixed, head, columns, drafts, target } = props;
  const { record, operation } = edited;
  const { t, format } = useLanguage();
  const router = useRouter();
  const { offline } = useConnection();
  const editing = useEditing<QuantityValues>(record, props.values);
  const { values, setValues, changed, restore } = editing;
  const [draftId, setDraftId] = useState<string | null>(null);
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [notice, setNotice] = useState<string | null>(null);
  const [parking, setParking] = useState(false);
  const { write, busy, error, attempt } = useWrite(operation);
  const places = useRef<readonly number[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const help = useRef<FormHelpHandle>(null);
  const { helped, guard } = useFormHelp(changed, record);
  const showFault = useFaultInView(form, editing.conflicts.length > 0);
  const refresh = useCallback(() => router.refresh(), [router]);
  const isBusy = busy || parking;
  const errors = { ...atTheirLines(error?.fields ?? {}, places.current), ...faults };
  const failure = notice ?? error?.message ?? faults.lines ?? null;

  const label = (path: string): string => {
    const [, row, name] = /^lines\.(\d+)\.(\w+)/.exec(path) ?? [];
    const column = columns.find((each) => each.name === name)?.label ?? '';
    if (row) return `${t('ui.entry.positionAt', { position: Number(row) + 1 })}: ${column}`;
    return path === 'lines' ? t('ui.entry.lines') : (head.find(({ name }) => name === path)?.label ?? path);
  };
  const show = (path: string, value: unknown): string =>
    path === 'lines'
      ? t('ui.entry.lineCount', { count: (value as unknown[]).length })
      : head.some(({ name, type }) => name === path && type === 'date')
        ? format.date(String(value))
        : String(value);

  const patch = (change: (now: QuantityValues) => QuantityValues) => {
    setFaults({});
    setNotice(null);
    setValues(change);
  };
  const refuse = (text: string, code?: string) => {
    setNotice(text);
    showFault(code);
  };
  const leave = (href: string) => {
    guard.release();
    help.current?.settle();
    guard.leave(href);
    router.refresh();
  };
  const park = async (input: Readonly<Record<string, unknown>>, key: string, sent: boolean) => {
    setParking(true);
    try {
      const { parkWrite } = await import('#offline/park-write.ts');
      const mutation = operation.name.charAt(0).toLowerCase() + operation.name.slice(1);
      const written = { values: { ...values }, base: { ...editing.base.values } };
      const change = { operation, mutation, object: edited.object, input, key, sent, title, ...written };
      const outcome = await parkWrite(record, change, help.current?.queued ?? null, t);
      if (outcome.state === 'refused') {
        const fields = outcome.fault.fields.map(({ path, message }) => [path, message]);
        setFaults(atTheirLines(Object.fromEntries(fields), places.current));
        help.current?.check(outcome.fault.code);
        return refuse(outcome.fault.message, outcome.fault.code);
      }
      const isDone = outcome.state === 'done';
      toast({
        tone: 'ok',
        text: t(isDone ? 'ui.saved' : outcome.state === 'gone' ? 'ui.outbox.gone' : 'ui.outbox.parked'),
      });
      leave(isDone ? target : '/outbox');
    } finally {
      setParking(false);
    }
  };
  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    if (isBusy) return;
    const names = columns.map(({ name }) => name);
    const words = { notANumber: t('ui.form.notANumber'), noLines: t('ui.entry.noLines') };
    const found = quantitiesInput(values, names, format.locale, words);
    setFaults(found.faults);
    setNotice(null);
    if (Object.keys(found.faults).length > 0) return showFault();
    if (help.current?.ended) return refuse(t('ui.ended.refused'));
    if (editing.conflicts.length > 0) return refuse(t('ui.merge.open'));
    places.current = found.places;
    const whole = { ...fixed, ...found.input, id: record.recordId, version: record.version };
    if (offline || help.current?.queued) return park(whole, newIdempotencyKey(), false);
    if (await write(whole)) {
      toast({ tone: 'ok', text: t('ui.saved') });
      return leave(target);
    }
    const { code, key } = attempt.current;
    if (code === 'OFFLINE') return park(whole, key, navigator.onLine);
    // A write of an earlier build goes on in the current one.
    if (code === 'PERSISTED_QUERY_NOT_FOUND') return park(whole, key, false);
    // The newer version comes and is merged into what was typed.
    help.current?.check(code);
    showFault(code);
  };

  // From beside the fields it is taken as well, once the help of the form is there.
  const saveByKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || !['s', 'Enter'].includes(event.key)) return;
    event.preventDefault();
    void save();
  };

  return (
    <form className="record-form quantities" ref={form} onSubmit={save} onKeyDown={saveByKey} noValidate>
      <DraftOffer<QuantityValues>
        record={record}
        drafts={drafts}
        onContinue={(id, left) => {
          setDraftId(id);
          restore(left);
        }}
      />
      {helped && (
        <Suspense>
          <FormHelp
            record={record}
            editing={editing}
            guard={guard}
            handle={help}
            title={title}
            draftId={draftId}
            live={edited.live}
            refresh={refresh}
            save={() => void save()}
            label={label}
            show={show}
          />
        </Suspense>
      )}
      {failure && <Notice tone="danger" title={failure} />}
      <fieldset className="form-grid">
        <legend className="visually-hidden">{t('ui.entry.head')}</legend>
        {head.map(({ name, label, type }) => (
          <Field
            key={name}
            label={label}
            type={type}
            value={values[name] ?? ''}
            error={errors[name]}
            onChange={({ target }) => patch((now) => ({ ...now, [name]: target.value }))}
          />
        ))}
      </fieldset>
      <div className="mini-list" tabIndex={0}>
        <table className="table quantity-lines">
          <thead>
            <tr>
              <th className="num">{t('ui.entry.position')}</th>
              <th>{t('ui.entry.article')}</th>
              <th>{t('ui.entry.name')}</th>
              {columns.map(({ name, label }) => (
                <th key={name} className="num">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {values.lines.map((line, at) => {
              const wrong = [...new Set(faultsOf(errors, at))];
              const noteId = `quantities-${at}-note`;
              return (
                <tr key={line.position}>
                  <td className="num subtle position">{line.position}</td>
                  <td className="tabn">{line.sku}</td>
                  <td className="name">
                    {line.description}
                    {wrong.length > 0 && (
                      <p className="field-error" id={noteId}>
                        <Icon name="error" />
                        {wrong.join(' ')}
                      </p>
                    )}
                  </td>
                  {columns.map(({ name, label }) => {
                    const isWrong = errors[`lines.${at}.${name}`] !== undefined;
                    return (
                      <td key={name} className="num" data-label={label}>
                        <span
                          className={isWrong ? 'input-wrap quantity-input is-invalid' : 'input-wrap quantity-input'}
                        >
                          <input
                            className="num"
                            inputMode="decimal"
                            aria-label={`${label}, ${t('ui.entry.positionAt', { position: at + 1 })}`}
                            aria-invalid={isWrong || undefined}
                            aria-describedby={isWrong ? noteId : undefined}
                            value={line[name] ?? ''}
                            onChange={({ target }) =>
                              patch((now) => ({ ...now, lines: now.lines.with(at, { ...line, [name]: target.value }) }))
                            }
                            onFocus={(event) => event.target.select()}
                          />
                        </span>
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div className="record-actions">
        <Button type="submit" kind="primary" busy={isBusy}>
          {t('ui.save')}
          <kbd className="kbd only-desk">{t('ui.key.ctrl')} S</kbd>
        </Button>
        <a className="btn" href={target}>
          {t('ui.cancel')}
        </a>
      </div>
    </form>
  );
}

/** What is wrong with a line, whichever of its fields the graph names. */
const faultsOf = (errors: Readonly<Record<string, string>>, at: number): string[] =>
  Object.entries(errors).flatMap(([path, message]) => (path.startsWith(`lines.${at}.`) ? [message] : []));
