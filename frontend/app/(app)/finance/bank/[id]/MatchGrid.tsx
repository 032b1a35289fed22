'use client';

import { amountOf } from '@valeo/money/money.ts';
import { FindAccounts, type FindAccountsData, FindOpenItems } from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Combobox } from '#ui/Combobox.tsx';
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
  taxCodes: readonly TaxCode[];
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
    <LineFrame
      label={t('ui.match.parts')}
      kind="match"
      heads={(['target', 'name', 'amount', 'taxCode', 'text'] as const).map((name) => ({
        label: t(`ui.match.${name}`),
        isNumeric: name === 'amount',
      }))}
      grid={grid}
    >
      {parts.map((part, at) => {
        const place = { position: at + 1 };
        const isInvalid = (name: PartField) => `${at}.${name}` in errors;
        return (
          <LineRow
            key={part.key}
            at={at}
            isUsed={isUsed(part)}
            faults={Object.entries(errors).flatMap(([path, message]) => (path.startsWith(`${at}.`) ? message : []))}
            removeLabel={t('ui.journal.removeAt', place)}
            onRemove={() => remove(at)}
          >
            <LineCell name="account" head={t('ui.match.target')} isInvalid={isInvalid('account')}>
              <Combobox
                label={t('ui.match.targetAt', place)}
                text={part.item ? part.item.reference : part.account}
                nothing={t('ui.match.nothing')}
                invalid={isInvalid('account')}
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
            </LineCell>
            <LineName>{part.name}</LineName>
            <LineNumber
              name="amount"
              head={t('ui.match.amount')}
              isInvalid={isInvalid('amount')}
              label={t('ui.match.amountAt', place)}
              value={part.amount}
              onChange={(event) => set(at, { amount: event.target.value })}
              onKeyDown={(event) => onKeyDown(event, at, 'amount')}
            />
            <LineTaxCode
              head={t('ui.match.taxCode')}
              isInvalid={isInvalid('taxCode')}
              label={t('ui.match.taxCodeAt', place)}
              taxCodes={taxCodes}
              isOptional
              disabled={part.item !== null}
              value={part.taxCode}
              onChange={(event) => set(at, { taxCode: event.target.value })}
              onKeyDown={(event) => onKeyDown(event, at, 'taxCode')}
            />
            <LineText
              name="text"
              head={t('ui.match.text')}
              isInvalid={isInvalid('text')}
              label={t('ui.match.textAt', place)}
              maxLength={200}
              disabled={part.item !== null}
              value={part.text}
              onChange={(event) => set(at, { text: event.target.value })}
              onKeyDown={(event) => onKeyDown(event, at, 'text')}
            />
          </LineRow>
        );
      })}
    </LineFrame>
  );
}
