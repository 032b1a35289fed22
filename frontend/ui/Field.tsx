import { type ComponentProps, type ReactNode, useId } from 'react';
import { Icon } from './Icon.tsx';

interface Common {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Replaces the hint and names the way out. */
  readonly error?: string | null;
  readonly required?: boolean;
}

/** Label above, control, hint or error below: wired together for screen readers. */
function Frame({
  label,
  hint,
  error,
  required,
  id,
  children,
  end,
}: Common & { id: string; end?: ReactNode; children: ReactNode }) {
  return (
    <div className="field">
      <div className="field-top">
        <label className="field-label" htmlFor={id}>
          {label}
          {required && (
            <span className="req" aria-hidden="true">
              {' *'}
            </span>
          )}
        </label>
        {end}
      </div>
      {children}
      {error ? (
        <p className="field-error" id={`${id}-note`}>
          <Icon name="error" />
          {error}
        </p>
      ) : (
        hint && (
          <p className="field-hint" id={`${id}-note`}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}

export function Field({
  label,
  hint,
  error,
  required,
  affix,
  end,
  ...input
}: Common & { affix?: ReactNode; end?: ReactNode } & ComponentProps<'input'>) {
  const own = useId();
  const id = input.id ?? own;
  const described = {
    id,
    required,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': error || hint ? `${id}-note` : undefined,
  } as const;
  return (
    <Frame label={label} hint={hint} error={error} required={required} id={id} end={end}>
      {affix ? (
        <span className={error ? 'input-wrap is-invalid' : 'input-wrap'}>
          <input {...input} {...described} />
          <span className="affix">{affix}</span>
        </span>
      ) : (
        <input {...input} {...described} className={input.className ? `input ${input.className}` : 'input'} />
      )}
    </Frame>
  );
}

export function SelectField({ label, hint, error, required, children, ...select }: Common & ComponentProps<'select'>) {
  const own = useId();
  const id = select.id ?? own;
  return (
    <Frame label={label} hint={hint} error={error} required={required} id={id}>
      <span className="select">
        <select
          {...select}
          id={id}
          required={required}
          className="input"
          aria-invalid={error ? true : undefined}
          aria-describedby={error || hint ? `${id}-note` : undefined}
        >
          {children}
        </select>
        <Icon name="down" />
      </span>
    </Frame>
  );
}

export function TextField({ label, hint, error, required, ...area }: Common & ComponentProps<'textarea'>) {
  const own = useId();
  const id = area.id ?? own;
  return (
    <Frame label={label} hint={hint} error={error} required={required} id={id}>
      <textarea
        {...area}
        id={id}
        required={required}
        className="input"
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? `${id}-note` : undefined}
      />
    </Frame>
  );
}
