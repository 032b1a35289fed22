import { boolean, enumeration, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { account } from './account.tables.ts';

export const ledgerAccounts = defineList({
  type: 'LedgerAccount',
  field: 'ledgerAccount',
  plural: 'ledgerAccounts',
  description: 'Accounts of the chart and personal accounts, by number.',
  table: account,
  permission: 'finance:read',
  filters: {
    number: text(account.number),
    name: text(account.name),
    kind: enumeration('LedgerAccountKind', account.kind),
    type: enumeration('LedgerAccountType', account.type),
    active: boolean(account.active),
  },
  groups: ['kind', 'type', 'active'],
  sorts: { number: account.number, name: account.name },
  defaultOrder: [{ by: 'number', direction: 'ASC' }],
  countedBy: 'kind',
});
