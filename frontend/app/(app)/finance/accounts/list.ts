import {
  EditLedgerAccount,
  LedgerAccountEntry,
  LedgerAccountsGroups,
  LedgerAccountsList,
  LedgerAccountsLive,
} from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { columnsIn, valuesOf } from '#lists/columns.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';

export function accountList(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const kind = valuesOf(t, 'LedgerAccountKind', { GENERAL: null, CONTROL: null, DEBTOR: null, CREDITOR: null });
  const type = valuesOf(t, 'LedgerAccountType', {
    ASSET_NON_CURRENT: null,
    ASSET_FIXED: null,
    ASSET_CURRENT: null,
    ASSET_CASH: null,
    ASSET_RECEIVABLE: null,
    ASSET_PREPAYMENTS: null,
    LIABILITY_CURRENT: null,
    LIABILITY_PAYABLE: null,
    LIABILITY_NON_CURRENT: null,
    EQUITY: null,
    INCOME: null,
    INCOME_OTHER: null,
    EXPENSE: null,
    EXPENSE_DEPRECIATION: null,
    OFF_BALANCE: null,
  });
  return {
    connection: 'ledgerAccounts',
    operation: LedgerAccountsList,
    label: t('nav.accounts'),
    href: '/finance/accounts/{number}',
    search: ['number', 'name'],
    defaultSort: 'number',
    pinned: 1,
    live: LedgerAccountsLive,
    edit: {
      operation: EditLedgerAccount,
      field: 'ledgerAccount',
      read: LedgerAccountEntry,
      permission: 'finance:write',
    },
    groups: { operation: LedgerAccountsGroups, columns: ['kind', 'type', 'active'], sums: [] },
    columns: [
      column('link', 'number', { width: 104, sort: true, filter: true, card: 'sub' }),
      column('text', 'name', { edit: true, required: true, sort: true, filter: true, card: 'title' }),
      column('text', 'kind', { width: 150, values: kind, filter: true, filterType: 'enum', card: 'state' }),
      column('text', 'type', { width: 240, values: type, filter: true, filterType: 'enum', look: 'muted' }),
      column('code', 'defaultTaxCode', { width: 110, card: 'end' }),
      column('yesNo', 'automatic', { width: 110 }),
      column('yesNo', 'active', { edit: true, filter: true }),
      column('text', 'hgbPosition', { width: 200, spare: true }),
    ],
    empty: { title: t('empty.accounts.title'), text: t('empty.accounts.text') },
  };
}

export function accountListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.all'), query: '' },
    { name: t('view.general'), query: 'f=kind:in:GENERAL,CONTROL' },
    { name: t('view.debtors'), query: 'f=kind:in:DEBTOR' },
    { name: t('view.creditors'), query: 'f=kind:in:CREDITOR' },
  ];
}
