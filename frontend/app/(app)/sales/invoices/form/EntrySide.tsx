'use client';

import type { ReactNode } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Notice } from '#ui/States.tsx';
import type { DraftTotals } from './draft.ts';
import { labelOf } from './LineGrid.tsx';

/** Beside an invoice being written: its sums, what is wrong with it, and the keys that help. */
export function EntrySide({
  totals,
  errors,
  failure,
  children,
}: {
  totals: DraftTotals;
  errors: Readonly<Record<string, string>>;
  failure: string | null;
  /** What to think of, below the sums. */
  children?: ReactNode;
}) {
  const { t, format } = useLanguage();
  const errorPaths = Object.keys(errors);
  return (
    <aside className="entry-side" aria-label={t('ui.entry.sums')} tabIndex={0}>
      <dl className="totals" aria-live="polite">
        <div>
          <dt>{t('ui.entry.net')}</dt>
          <dd className="num">{format.money(totals.net)}</dd>
        </div>
        {totals.groups.map((group) => (
          <div key={group.taxCode}>
            <dt>{t('ui.entry.vat', { rate: format.decimal(group.rate), code: group.taxCode })}</dt>
            <dd className="num">{format.money(group.tax)}</dd>
          </div>
        ))}
        <div className="total">
          <dt>{t('ui.entry.gross')}</dt>
          <dd className="num">{format.money(totals.gross)}</dd>
        </div>
      </dl>
      {children}
      {errorPaths.length > 0 ? (
        <Notice tone="danger" title={failure ?? t('ui.entry.check', { count: errorPaths.length })}>
          {errorPaths.slice(0, 6).map((path) => {
            const [, row] = /^lines\.(\d+)\./.exec(path) ?? [];
            return (
              <a key={path} href={row ? `#line-${row}` : '#main'} className="error-link">
                {row
                  ? `${t('ui.entry.positionAt', { position: Number(row) + 1 })}: ${t(`ui.entry.${labelOf(path)}`)}`
                  : errors[path]}
              </a>
            );
          })}
        </Notice>
      ) : (
        failure && <Notice tone="danger" title={failure} />
      )}
      <section className="keys-box">
        <h2 className="field-label entry-title">{t('ui.entry.keys')}</h2>
        <dl className="keys">
          {(
            [
              ['next', [t('ui.key.enter')]],
              ['rows', ['↑', '↓']],
              ['copy', [t('ui.key.ctrl'), 'D']],
              ['remove', [t('ui.key.ctrl'), t('ui.key.delete')]],
            ] as const
          ).map(([name, keys]) => (
            <div key={name} className="keys-row">
              <dt>{t(`ui.entry.key.${name}`)}</dt>
              <dd>
                {keys.map((each) => (
                  <kbd className="kbd" key={each}>
                    {each}
                  </kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </aside>
  );
}
