'use client';

import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { Notice } from '#ui/States.tsx';
import type { EntrySums as Sums } from './draft.ts';

/** Beside an entry being typed: what debit and credit add up to, what is wrong with it, and the keys that help. */
export function EntrySums({
  sums,
  errors,
  failure,
  onBalance,
}: {
  sums: Sums;
  errors: Readonly<Record<string, string>>;
  failure: string | null;
  onBalance(): void;
}) {
  const { t, format } = useLanguage();
  const isOff = sums.difference !== '0.00';
  const places = Object.entries(errors);
  return (
    <aside className="entry-side" aria-label={t('ui.entry.sums')} tabIndex={0}>
      <dl className="totals" aria-live="polite">
        <div>
          <dt>{t('ui.journal.debit')}</dt>
          <dd className="num">{format.money(sums.debit)}</dd>
        </div>
        <div>
          <dt>{t('ui.journal.credit')}</dt>
          <dd className="num">{format.money(sums.credit)}</dd>
        </div>
        <div className="total">
          <dt>{t('ui.journal.difference')}</dt>
          <dd className={isOff ? 'num late' : 'num'}>{format.money(sums.difference)}</dd>
        </div>
      </dl>
      {isOff && (
        <Button size="sm" icon="sum" onClick={onBalance}>
          {t('ui.journal.balance')}
        </Button>
      )}
      {places.length > 0 ? (
        <Notice tone="danger" title={failure ?? t('ui.entry.check', { count: places.length })}>
          {places.slice(0, 6).map(([path, message]) => {
            const [, row] = /^lines\.(\d+)/.exec(path) ?? [];
            return (
              <a key={path} href={row ? `#line-${row}` : '#main'} className="error-link">
                {row ? `${t('ui.journal.lineAt', { position: Number(row) + 1 })}: ${message}` : message}
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
              ['ui.entry.key.next', [t('ui.key.enter')]],
              ['ui.journal.key.balance', ['=']],
              ['ui.entry.key.rows', ['↑', '↓']],
              ['ui.entry.key.copy', [t('ui.key.ctrl'), 'D']],
              ['ui.journal.key.remove', [t('ui.key.ctrl'), t('ui.key.delete')]],
            ] as const
          ).map(([name, keys]) => (
            <div key={name} className="keys-row">
              <dt>{t(name)}</dt>
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
