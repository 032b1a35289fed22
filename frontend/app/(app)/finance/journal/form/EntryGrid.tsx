'use client';

import { useLanguage } from '#i18n/client.tsx';
import {
  LineCell,
  LineFrame,
  LineName,
  LineNumber,
  LineRow,
  LineTaxCode,
  LineText,
  type TaxCode,
} from '#ui/LineParts.tsx';
import { useLineGrid } from '#ui/use-line-grid.ts';
import { useLinePaste } from '#ui/use-line-paste.ts';
import { AccountBox } from './AccountBox.tsx';
import { balanced, type EntryLine, emptyLine, isUsed } from './draft.ts';

type LineField = 'account' | 'debit' | 'credit' | 'taxCode' | 'text';

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

  const paste = useLinePaste(
    lines,
    onChange,
    async (text, at, from) => {
      const { pastedEntryLines } = await import('./paste.ts');
      return pastedEntryLines(text, at, from, format, taxCodes);
    },
    (next) => focus(next, 'account', true),
  );

  return (
    <LineFrame
      label={t('ui.journal.lines')}
      kind="entry"
      heads={heads.map(([name, isNumeric]) => ({ label: t(`ui.journal.${name}`), isNumeric }))}
      grid={grid}
      onPaste={paste}
    >
      {lines.map((line, at) => {
        const place = { position: at + 1 };
        // Only pasting leaves a number that names no account.
        const isUnknown = line.account !== '' && line.accountName === '';
        const isInvalid = (name: LineField) => `lines.${at}.${name}` in errors || (isUnknown && name === 'account');
        return (
          <LineRow
            key={line.key}
            at={at}
            isUsed={isUsed(line)}
            isNumbered
            faults={[
              ...(isUnknown ? [t('ui.paste.noAccount', { number: line.account })] : []),
              ...Object.entries(errors).flatMap(([path, message]) =>
                `${path}.`.startsWith(`lines.${at}.`) && !(isUnknown && path.endsWith('.account')) ? message : [],
              ),
            ]}
            removeLabel={t('ui.journal.removeAt', place)}
            onRemove={() => remove(at)}
          >
            <LineCell name="account" head={t('ui.journal.account')} isInvalid={isInvalid('account')}>
              <AccountBox
                label={t('ui.journal.accountAt', place)}
                text={line.account}
                invalid={isInvalid('account')}
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
            </LineCell>
            <LineName>{line.accountName}</LineName>
            {(['debit', 'credit'] as const).map((side) => (
              <LineNumber
                key={side}
                name={side}
                head={t(`ui.journal.${side}`)}
                isInvalid={isInvalid(side)}
                label={t(`ui.journal.${side}At`, place)}
                value={line[side]}
                onChange={(event) => setAmount(at, side, event.target.value)}
                onKeyDown={(event) => onKeyDown(event, at, side)}
              />
            ))}
            <LineTaxCode
              head={t('ui.journal.taxCode')}
              isInvalid={isInvalid('taxCode')}
              label={t('ui.journal.taxCodeAt', place)}
              taxCodes={taxCodes}
              isOptional
              value={line.taxCode}
              onChange={(event) => set(at, { taxCode: event.target.value })}
              onKeyDown={(event) => onKeyDown(event, at, 'taxCode')}
            />
            <LineText
              name="text"
              head={t('ui.journal.lineText')}
              isInvalid={isInvalid('text')}
              label={t('ui.journal.lineTextAt', place)}
              maxLength={200}
              value={line.text}
              onChange={(event) => set(at, { text: event.target.value })}
              onKeyDown={(event) => onKeyDown(event, at, 'text')}
            />
          </LineRow>
        );
      })}
    </LineFrame>
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
