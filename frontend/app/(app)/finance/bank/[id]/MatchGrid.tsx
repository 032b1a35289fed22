'use client';

import { amountOf } from '@valeo/money/money.ts';
import { FindAccounts, type FindAccountsData, FindOpenItems } from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Combobox } from '#ui/Combobox.tsx';
import { Icon } from '#ui/Icon.tsx';
import { useLineGrid } from '#ui/use-line-grid.ts';
import { emptyPart, isUsed, type MatchItem, type MatchPart, offered, openOf, restOf } from './match-draft.ts';

type FoundAccount = NonNullable<FindAccountsData['ledgerAccounts']>['edges'][number]['node'];
type Found =
  | { readonly id: string; readonly item: MatchItem; readonly account: null }
  | { readonly id: string; readonly item: null; readonly account: FoundAccount };

type PartField = 'account' | 'amount' | 'taxCode' | 'text';

/** Open items and accounts in one search: what a payer means and what an accountant means stand side by side. */
const find = async (text: string, signal: AbortSignal): Promise<readonly Found[]> => {
  const [{ openItems }, { ledgerAccounts }] = await Promise.all([
    request(
      FindOpenItems,
      {
        filter: {
          status: { in: ['OPEN', 'PARTIAL'] },
          or: [{ reference: { contains: text } }, { partnerName: { contains: text } }],
        },
      },
      signal,
    ),
    request(
      FindAccounts,
      {
        filter: {
          active: { eq: true },
          kind: { in: ['GENERAL', 'DEBTOR', 'CREDITOR'] },
          or: [{ number: { startsWith: text } }, { name: { contains: text } }],
        },
      },
      signal,
    ),
  ]);
  return [
    ...(openItems?.edges ?? []).map(({ node }): Found => ({ id: node.id, item: node, account: null })),
    ...(ledgerAccounts?.edges ?? []).map(({ node }): Found => ({ id: node.id, item: null, account: node })),
  ];
};

/** Where a bank transaction goes, edited in place like the lines of an entry; `=` takes what is not assigned yet. */
export function MatchGrid({
  paid,
  parts,
  taxCodes,
  errors,
  onChange,
}: {
  paid: string;
  parts: readonly MatchPart[];
  taxCodes: readonly { readonly code: string; readonly name: string }[];
  /** By place, such as `0.amount`. */
  errors: Readonly<Record<string, string>>;
  onChange(parts: readonly MatchPart[]): void;
}) {
  const { t, format } = useLanguage();
  const { grid, focus, set, remove, onKeyDown } = useLineGrid<MatchPart, PartField>({
    lines: parts,
    first: 'account',
    isUsed,
    emptyLine: emptyPart,
    next: (field) => (field === 'account' ? 'amount' : null),
    onEquals(at, field) {
      if (field !== 'amount') return false;
      set(at, { amount: typed(amountOf(restWithout(at))) });
      return true;
    },
    onChange,
  });
  const restWithout = (at: number) =>
    restOf(
      paid,
      parts.filter((_, index) => index !== at),
      format.locale,
    );
  const typed = (amount: string) => format.decimal(amount, 2);
  const pick = (at: number, { item, account }: Found) => {
    const rest = restWithout(at);
    if (item)
      set(at, {
        item,
        account: '',
        name: item.partnerName,
        amount: typed(offered(item, paid, rest)),
        taxCode: '',
      });
    else
      set(at, {
        item: null,
        account: account.number,
        name: account.name,
        amount: rest === 0n ? '' : typed(amountOf(rest)),
        taxCode: account.defaultTaxCode ?? '',
      });
  };

  return (
    <div className="line-grid line-grid--match" role="grid" aria-label={t('ui.match.parts')} ref={grid}>
      <div className="line-row line-row--head" role="row">
        {(['target', 'name', 'amount', 'taxCode', 'text'] as const).map((name) => (
          <div key={name} className={name === 'amount' ? 'line-cell num' : 'line-cell'} role="columnheader">
            {t(`ui.match.${name}`)}
          </div>
        ))}
        <div className="line-cell" role="columnheader">
          <span className="visually-hidden">{t('ui.entry.remove')}</span>
        </div>
      </div>
      {parts.map((part, at) => {
        const place = { position: at + 1 };
        const fault = (name: PartField) => errors[`${at}.${name}`];
        const cell = (name: PartField) => (fault(name) ? 'line-cell is-invalid' : 'line-cell');
        const rowFaults = Object.entries(errors).filter(([path]) => path.startsWith(`${at}.`));
        return (
          <div key={part.key} role="presentation" data-row={at} className="line-group">
            <div className={isUsed(part) ? 'line-row' : 'line-row line-row--new'} role="row">
              <div className={cell('account')} role="gridcell" data-col="account" data-label={t('ui.match.target')}>
                <Combobox
                  label={t('ui.match.targetAt', place)}
                  text={part.item ? part.item.reference : part.account}
                  nothing={t('ui.match.nothing')}
                  invalid={Boolean(fault('account'))}
                  search={find}
                  codeOf={({ item, account }) => item?.reference ?? account?.number ?? ''}
                  render={({ item, account }) =>
                    item ? (
                      <>
                        <span className="tabn muted truncate">{item.reference}</span>
                        <span className="truncate">
                          <span className="only-phone tabn">{item.reference}</span> {item.partnerName}
                        </span>
                        <span className="subtle tabn">{format.date(item.dueOn)}</span>
                        <span className="num">{format.amount(amountOf(openOf(item, paid)))}</span>
                      </>
                    ) : (
                      <>
                        <span className="tabn muted">{account.number}</span>
                        <span className="truncate">
                          <span className="only-phone tabn">{account.number}</span> {account.name}
                        </span>
                        <span className="subtle">{account.defaultTaxCode}</span>
                        <span className="subtle">{t('ui.journal.account')}</span>
                      </>
                    )
                  }
                  onPick={(found, here) => {
                    pick(at, found);
                    if (here) focus(at, 'amount', true);
                  }}
                  onKeyDown={(event) => onKeyDown(event, at, 'account')}
                />
              </div>
              <div className="line-cell" role="gridcell" data-col="name">
                <span className="truncate">{part.name}</span>
              </div>
              <div className={cell('amount')} role="gridcell" data-col="amount" data-label={t('ui.match.amount')}>
                <input
                  className="num"
                  inputMode="decimal"
                  aria-label={t('ui.match.amountAt', place)}
                  aria-invalid={fault('amount') ? true : undefined}
                  value={part.amount}
                  onChange={(event) => set(at, { amount: event.target.value })}
                  onFocus={(event) => event.target.select()}
                  onKeyDown={(event) => onKeyDown(event, at, 'amount')}
                />
              </div>
              <div className={cell('taxCode')} role="gridcell" data-col="taxCode" data-label={t('ui.match.taxCode')}>
                <select
                  aria-label={t('ui.match.taxCodeAt', place)}
                  aria-invalid={fault('taxCode') ? true : undefined}
                  disabled={part.item !== null}
                  value={part.taxCode}
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
              <div className={cell('text')} role="gridcell" data-col="text" data-label={t('ui.match.text')}>
                <input
                  aria-label={t('ui.match.textAt', place)}
                  maxLength={200}
                  disabled={part.item !== null}
                  value={part.text}
                  onChange={(event) => set(at, { text: event.target.value })}
                  onKeyDown={(event) => onKeyDown(event, at, 'text')}
                />
              </div>
              <div className="line-cell" role="gridcell" data-col="x">
                {isUsed(part) && (
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
                <p className="field-error">
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
