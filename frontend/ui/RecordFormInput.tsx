'use client';

import { useId } from 'react';
import { CountryField } from './CountryField.tsx';
import { Field, SelectField, TextField } from './Field.tsx';
import { PartnerField } from './PartnerField.tsx';
import type { FormField } from './record-input.ts';

/** One field of a record form, by its kind. */
export function FormInput({
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
  const errorId = useId();
  const common = { label, hint, error, required, name } as const;
  if (kind === 'choices') {
    const chosen = value as readonly string[];
    return (
      <fieldset className="field" aria-describedby={error ? errorId : undefined}>
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
        {error && (
          <p className="field-error" id={errorId}>
            {error}
          </p>
        )}
      </fieldset>
    );
  }
  if (kind === 'partner') {
    const [id, partnerName = '', detail = ''] = value as readonly string[];
    return (
      <PartnerField
        label={label}
        required={required ?? false}
        value={id ? { id, name: partnerName, detail } : null}
        error={error}
        onPick={(partner) => set(name, [partner.id, partner.name, partner.detail])}
        onClear={() => set(name, [])}
      />
    );
  }
  if (kind === 'country') {
    const pick = (code: string) => set(name, code);
    return <CountryField label={label} required={required} value={value as string} error={error} onPick={pick} />;
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
