import { useId } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Combobox } from './Combobox.tsx';
import type { Country } from './countries.ts';
import { Icon } from './Icon.tsx';

/** Chooses a country, by its name in the language of the page or by its two letters. */
export function CountryField({
  label,
  value,
  required,
  error,
  onPick,
}: {
  label: string;
  /** Two letters; empty for none. */
  value: string;
  required: boolean | undefined;
  error: string | undefined;
  onPick: (code: string) => void;
}) {
  const { t, format } = useLanguage();
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}{' '}
        {required && (
          <span className="req" aria-hidden="true">
            *
          </span>
        )}
      </label>
      <div className={error ? 'input-wrap is-invalid combo-anchor' : 'input-wrap combo-anchor'} data-narrow="">
        <Combobox<Country>
          inputId={id}
          label={label}
          text={value && format.country(value)}
          nothing={t('ui.form.noCountry')}
          required={required}
          invalid={Boolean(error)}
          describedBy={error ? `${id}-note` : undefined}
          search={async (text) => (await import('./countries.ts')).findCountries(text, format)}
          codeOf={(country) => country.id}
          render={({ id: code, name }) => (
            <>
              <span className="tabn muted">{code}</span>
              <span className="truncate">{name}</span>
            </>
          )}
          onPick={(country) => onPick(country.id)}
          onClear={required ? undefined : () => onPick('')}
        />
      </div>
      {error && (
        <p className="field-error" id={`${id}-note`}>
          <Icon name="error" />
          {error}
        </p>
      )}
    </div>
  );
}
