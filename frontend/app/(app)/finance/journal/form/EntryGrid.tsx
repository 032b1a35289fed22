'use client';

import { useLanguage } from '#i18n/client.tsx';
import { Icon } from '#ui/Icon.tsx';
import { useLineGrid } from '#ui/use-line-grid.ts';
import { AccountBox } from './AccountBox.tsx';
import { balanced, type EntryLine, emptyLine, isUsed } from './draft.ts';

type LineField = 'account' | 'debit' | 'credit' | 'taxCode' | 'text';

export interface TaxCode {
  readonly code: string;
  readonly name: string;
}

/** Lines of an entry, edited in place; `=` takes what debit and credit differ by. */
export function EntryGrid({
  lines,
  taxCodes,
  errors,
  onChange,
}: {
  lines: readonly EntryLine[];
  taxCodes: readonly TaxCode[];
  /** By path, such as `lines.0.account`. */
  errors: Readonly<Record<string, string>>;
  onChange(lines: readonly EntryLine[]): void;
}) {
  const { t, format } = useLanguage();
  const { grid, focus, set, remove, onKeyDown } = useLineGrid<EntryLine, LineField>({
    lines,
    first: 'account',
    isUsed,
    emptyLine,
    next(field, line) {
      if (field === 'account') return 'debit';
      return field === 'debit' && line.debit.trim() === '' ? 'credit' : null;
    },
    copied: (above, field) =>
      field === 'account' ? { account: above.account, accountName: above.accountName } : { [field]: above[field] },
    onEquals(at, field) {
      if (field !== 'debit' && field !== 'credit') return false;
      const amounts = balanced(lines, at, format.locale);
      set(at, amounts);
      focus(at, amounts.credit ? 'credit' : 'debit');
      return true;
    },
    onChange,
  });
  /** A line has one side: what is typed on one empties the other. */
  const setAmount = (at: number, side: 'debit' | 'credit', typed: string) =>
    set(at, typed === '' ? { [side]: '' } : { debit: '', credit: '', [side]: typed });

  return (
    <div className="line-grid line-grid--entry" role="grid" aria-label={t('ui.journal.lines')} ref={grid}>
      <div className="line-row line-row--head" role="row">
        {heads.map(([name, numeric]) => (
          <div key={name} className={numeric ? 'line-cell num' : 'line-cell'} role="columnheader">
            {t(`ui.journal.${name}`)}
          </div>
        ))}
        <div className="line-cell" role="columnheader">
          <span className="visually-hidden">{t('ui.entry.remove')}</span>
        </div>
      </div>
      {lines.map((line, at) => {
        const place = { position: at + 1 };
        const fault = (name: LineField) => errors[`lines.${at}.${name}`];
        const cell = (name: LineField) => (fault(name) ? 'line-cell is-invalid' : 'line-cell');
        const rowFaults = Object.entries(errors).filter(([path]) => `${path}.`.startsWith(`lines.${at}.`));
        return (
          <div key={line.key} role="presentation" data-row={at} className="line-group">
            <div className={isUsed(line) ? 'line-row' : 'line-row line-row--new'} role="row">
              <div className="line-cell num subtle" role="rowheader" data-col="pos">
                {at + 1}
              </div>
              <div className={cell('account')} role="gridcell" data-col="account" data-label={t('ui.journal.account')}>
                <AccountBox
                  label={t('ui.journal.accountAt', place)}
                  text={line.account}
                  invalid={Boolean(fault('account'))}
                  onPick={(account, here) => {
                    set(at, {
                      account: account.number,
                      accountName: account.name,
                      taxCode: account.defaultTaxCode ?? '',
                    });
                    if (here) focus(at, 'debit');
                  }}
                  onKeyDown={(event) => onKeyDown(event, at, 'account')}
                />
              </div>
              <div className="line-cell" role="gridcell" data-col="name">
                <span className="truncate">{line.accountName}</span>
              </div>
              {(['debit', 'credit'] as const).map((side) => (
                <div
                  key={side}
                  className={cell(side)}
                  role="gridcell"
                  data-col={side}
                  data-label={t(`ui.journal.${side}`)}
                >
                  <input
                    className="num"
                    inputMode="decimal"
                    aria-label={t(`ui.journal.${side}At`, place)}
                    aria-invalid={fault(side) ? true : undefined}
                    value={line[side]}
                    onChange={(event) => setAmount(at, side, event.target.value)}
                    onFocus={(event) => event.target.select()}
                    onKeyDown={(event) => onKeyDown(event, at, side)}
                  />
                </div>
              ))}
              <div className={cell('taxCode')} role="gridcell" data-col="taxCode" data-label={t('ui.journal.taxCode')}>
                <select
                  aria-label={t('ui.journal.taxCodeAt', place)}
                  aria-invalid={fault('taxCode') ? true : undefined}
                  value={line.taxCode}
                  onChange={(event) => set(at, { taxCode: event.target.value })}
                  onKeyDown={(event) => onKeyDown(event, at, 'taxCode')}
                >
                  <option value="" />
                  {taxCodes.map((tax) => (
                    <option key={tax.code} value={tax.code} title={tax.name}>
                      {tax.code}
                    </option>
                  ))}
                </select>
              </div>
              <div className={cell('text')} role="gridcell" data-col="text" data-label={t('ui.journal.lineText')}>
                <input
                  aria-label={t('ui.journal.lineTextAt', place)}
                  maxLength={200}
                  value={line.text}
                  onChange={(event) => set(at, { text: event.target.value })}
                  onKeyDown={(event) => onKeyDown(event, at, 'text')}
                />
              </div>
              <div className="line-cell" role="gridcell" data-col="x">
                {isUsed(line) && (
                  <button
                    type="button"
                    className="subtle"
                    tabIndex={-1}
                    aria-label={t('ui.journal.removeAt', place)}
                    onClick={() => remove(at)}
                  >
                    <Icon name="x" size="sm" />
                  </button>
                )}
              </div>
            </div>
            {rowFaults.length > 0 && (
              <div className="line-row--err">
                <p className="field-error" id={`line-${at}`}>
                  <Icon name="error" />
                  {rowFaults.map(([, message]) => message).join(' ')}
                </p>
              </div>
            )}
          </div>
        );
      })}
    </div>
  );
}

const heads = [
  ['position', true],
  ['account', false],
  ['name', false],
  ['debit', true],
  ['credit', true],
  ['taxCode', false],
  ['lineText', false],
] as const;
