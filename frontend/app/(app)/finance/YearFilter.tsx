import type { ReactNode } from 'react';
import { language } from '#i18n/server.ts';
import { yearsToChoose } from './year.ts';

interface Choice {
  readonly label: string;
  readonly value: string | number;
  readonly options: readonly { readonly value: string | number; readonly name: string }[];
}

/** Chooses the year of a page, and where it has months the month: sent at once, and by a button where no script runs. */
export async function YearFilter({
  action,
  className = 'filterbar',
  year,
  withEntries,
  month,
  children,
}: {
  action: string;
  className?: string;
  year: number;
  withEntries: readonly number[];
  month?: Choice;
  children?: ReactNode;
}) {
  const { t } = await language();
  const years = yearsToChoose(withEntries, year).map((each) => ({ value: each, name: String(each) }));
  return (
    <form className={className} action={action}>
      <Chip name="year" className="chip-val tabn" label={t('balance.year')} value={year} options={years} />
      {month && <Chip name="month" className="chip-val" {...month} />}
      <noscript>
        <button type="submit" className="btn btn--sm">
          {t('action.show')}
        </button>
      </noscript>
      {children}
    </form>
  );
}

function Chip({ name, className, label, value, options }: Choice & { name: string; className: string }) {
  return (
    <label className="chip">
      <span className="chip-key">{label}</span>
      <select name={name} className={className} defaultValue={value} data-submit>
        {options.map((each) => (
          <option key={each.value} value={each.value}>
            {each.name}
          </option>
        ))}
      </select>
    </label>
  );
}
