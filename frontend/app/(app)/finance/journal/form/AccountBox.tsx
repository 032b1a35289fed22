'use client';

import { FindAccounts, type FindAccountsData } from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Combobox, type ComboboxProps } from '#ui/Combobox.tsx';

export type FoundAccount = NonNullable<FindAccountsData['ledgerAccounts']>['edges'][number]['node'];

/** Accounts that can be posted to, by number or name: those of the chart and those of partners, no control accounts. */
const findAccounts = (text: string, signal: AbortSignal): Promise<readonly FoundAccount[]> =>
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
  ).then(({ ledgerAccounts }) => ledgerAccounts?.edges.map((edge) => edge.node) ?? []);

/** Chooses the account that a line is posted to. */
export function AccountBox(
  props: Pick<ComboboxProps<FoundAccount>, 'label' | 'text' | 'invalid' | 'onPick' | 'onKeyDown' | 'autoFocus'>,
) {
  const { t } = useLanguage();
  const kinds = { DEBTOR: t('ui.journal.debtor'), CREDITOR: t('ui.journal.creditor'), GENERAL: '', CONTROL: '' };
  return (
    <Combobox
      {...props}
      nothing={t('ui.journal.noAccount')}
      search={findAccounts}
      codeOf={(account) => account.number}
      render={(account) => (
        <>
          <span className="tabn muted">{account.number}</span>
          <span className="truncate">
            <span className="only-phone tabn">{account.number}</span> {account.name}
          </span>
          <span className="subtle">{account.defaultTaxCode}</span>
          <span className="subtle">{kinds[account.kind]}</span>
        </>
      )}
    />
  );
}
