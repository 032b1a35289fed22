'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { newIdempotencyKey, request } from '#graphql/client.ts';
import type { GraphFault } from '#graphql/operation.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from './Button.tsx';
import { parseDecimal } from './decimal-input.ts';
import { Field, SelectField, TextField } from './Field.tsx';
import { Notice } from './States.tsx';
import { toast } from './Toast.tsx';

export interface FormField {
  /** Place in the input, parts joined by dots: `billingAddress.city`. */
  readonly name: string;
  readonly label: string;
  readonly kind:
    | 'text'
    | 'email'
    | 'date'
    | 'decimal'
    | 'integer'
    | 'select'
    | 'choices'
    | 'note'
    | 'password'
    | 'yesNo';
  readonly required?: boolean;
  readonly hint?: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly wide?: boolean;
}

export interface FormSection {
  readonly title: string;
  readonly fields: readonly FormField[];
}

export type FormValues = Readonly<Record<string, string | readonly string[]>>;

export interface RecordFormProps {
  readonly operation: { readonly id: string; readonly name: string; readonly writes?: true; readonly keyed?: true };
  /** Field of the mutation, and of the object in its payload. */
  readonly mutation: string;
  readonly object: string;
  readonly sections: readonly FormSection[];
  readonly values: FormValues;
  /** Sent along unchanged: the id and version of the record that is edited. */
  readonly fixed?: Readonly<Record<string, unknown>>;
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
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly fields?: readonly { readonly path: string; readonly message: string }[];
  } | null;
  readonly [object: string]: unknown;
}

/**
 * The one form for records. Errors that the graph finds stand at their fields; a retry of the same input is the same
 * write; leaving with unsaved changes is asked about.
 */
export function RecordForm(props: RecordFormProps) {
  const { t, format } = useLanguage();
  const router = useRouter();
  const [values, setValues] = useState<FormValues>(props.values);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const attempt = useRef({ input: '', key: '' });
  const form = useRef<HTMLFormElement>(null);
  const changed = values !== props.values;

  useEffect(() => {
    if (!changed) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [changed]);

  const set = (name: string, value: string | readonly string[]) => {
    setValues((now) => ({ ...now, [name]: value }));
    setErrors(({ [name]: _, ...rest }) => rest);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { input, faults } = readInput(props, values, format.locale, {
      required: t('ui.form.required'),
      number: t('ui.form.notANumber'),
    });
    setErrors(faults);
    setFailure(null);
    if (Object.keys(faults).length > 0) return focusFirst(form.current);
    const text = JSON.stringify(input);
    if (attempt.current.input !== text) attempt.current = { input: text, key: newIdempotencyKey() };
    setBusy(true);
    try {
      const data = await request<Record<string, Payload>, object>(props.operation as never, {
        input: props.operation.keyed ? { ...input, idempotencyKey: attempt.current.key } : input,
      });
      const payload = data[props.mutation];
      if (payload?.error) {
        setFailure(payload.error.message);
        setErrors(Object.fromEntries((payload.error.fields ?? []).map(({ path, message }) => [path, message])));
        focusFirst(form.current);
        return;
      }
      // Done: from now on the same input is a new write.
      attempt.current = { input: '', key: '' };
      const saved = payload?.[props.object] as { id?: string } | null;
      toast({ tone: 'ok', text: props.saved });
      if (payload) props.onSaved?.(payload);
      if (props.again) setValues(props.values);
      if (props.target) router.push(props.target.replace('{id}', saved?.id ?? ''));
      router.refresh();
    } catch (error) {
      setFailure((error as GraphFault).code === 'OFFLINE' ? t('ui.offline') : (error as Error).message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="record-form" ref={form} onSubmit={submit} noValidate>
      {failure && <Notice tone="danger" title={failure} />}
      {props.sections.map((section) => (
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

function FormInput({
  field,
  value,
  error,
  set,
}: {
  field: FormField;
  value: string | readonly string[];
  error: string | undefined;
  set: (name: string, value: string | readonly string[]) => void;
}) {
  const { name, label, kind, required, hint, options = [] } = field;
  const common = { label, hint, error, required, name } as const;
  if (kind === 'choices') {
    const chosen = value as readonly string[];
    return (
      <fieldset className="field">
        <legend className="field-label">{label}</legend>
        <div className="choices">
          {options.map((option) => (
            <label className="choice" key={option.value}>
              <input
                className="check"
                type="checkbox"
                aria-invalid={error ? true : undefined}
                checked={chosen.includes(option.value)}
                onChange={() =>
                  set(
                    name,
                    chosen.includes(option.value)
                      ? chosen.filter((each) => each !== option.value)
                      : [...chosen, option.value],
                  )
                }
              />
              {option.label}
            </label>
          ))}
        </div>
        {error && <p className="field-error">{error}</p>}
      </fieldset>
    );
  }
  if (kind === 'select' || kind === 'yesNo') {
    return (
      <SelectField {...common} value={value as string} onChange={(event) => set(name, event.target.value)}>
        {!required && <option value="" />}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </SelectField>
    );
  }
  if (kind === 'note') {
    return (
      <div className="record-wide">
        <TextField {...common} value={value as string} onChange={(event) => set(name, event.target.value)} />
      </div>
    );
  }
  return (
    <div className={field.wide ? 'record-wide' : undefined}>
      <Field
        {...common}
        type={kind === 'decimal' || kind === 'integer' ? 'text' : kind}
        inputMode={kind === 'decimal' ? 'decimal' : kind === 'integer' ? 'numeric' : undefined}
        autoComplete={kind === 'password' ? 'new-password' : 'off'}
        value={value as string}
        onChange={(event) => set(name, event.target.value)}
      />
    </div>
  );
}

/** The input as the graph takes it: nested by path, numbers plain, empty fields null. */
export function readInput(
  props: Pick<RecordFormProps, 'sections' | 'values' | 'fixed'>,
  values: FormValues,
  locale: 'de' | 'en',
  words: { required: string; number: string },
): { input: Record<string, unknown>; faults: Record<string, string> } {
  const faults: Record<string, string> = {};
  const input: Record<string, unknown> = { ...props.fixed };
  for (const { name, kind, required } of props.sections.flatMap((section) => section.fields)) {
    const value = values[name] ?? '';
    if (typeof value !== 'string') {
      if (required && value.length === 0) faults[name] = words.required;
      put(input, name, value);
      continue;
    }
    const text = kind === 'password' ? value : value.trim();
    if (text === '') {
      if (required) faults[name] = words.required;
      put(input, name, null);
    } else if (kind === 'decimal') {
      const decimal = parseDecimal(text, locale);
      if (decimal === null) faults[name] = words.number;
      put(input, name, decimal);
    } else if (kind === 'integer') {
      if (!/^-?\d{1,9}$/.test(text)) faults[name] = words.number;
      put(input, name, Number(text));
    } else put(input, name, kind === 'yesNo' ? text === 'true' : text);
  }
  return { input: withoutEmptyGroups(input), faults };
}

function put(input: Record<string, unknown>, path: string, value: unknown): void {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    input[first] = value;
    return;
  }
  input[first] ??= {};
  put(input[first] as Record<string, unknown>, rest.join('.'), value);
}

/** A group of which nothing is filled in, such as an address, is absent as a whole. */
function withoutEmptyGroups(input: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      const isGroup = value !== null && typeof value === 'object' && !Array.isArray(value);
      return [name, isGroup && Object.values(value).every((each) => each === null) ? null : value];
    }),
  );
}

function focusFirst(form: HTMLFormElement | null): void {
  setTimeout(() => form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
}
