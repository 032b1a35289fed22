import {
  BusinessPartnerEntry,
  BusinessPartnersGroups,
  BusinessPartnersList,
  BusinessPartnersLive,
  EditBusinessPartner,
} from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { columnsIn, valuesOf } from '#lists/columns.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';

export function partnerList(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const kinds = valuesOf(t, 'BusinessPartnerKind', { CUSTOMER: null, SUPPLIER: null, PROSPECT: null });
  return {
    connection: 'businessPartners',
    operation: BusinessPartnersList,
    label: t('nav.partners'),
    href: '/crm/partners/{id}',
    search: ['name', 'number'],
    defaultSort: 'name',
    pinned: 1,
    live: BusinessPartnersLive,
    edit: {
      operation: EditBusinessPartner,
      field: 'businessPartner',
      read: BusinessPartnerEntry,
      permission: 'crm:write',
    },
    groups: { operation: BusinessPartnersGroups, columns: ['kinds', 'country', 'city'], sums: [] },
    columns: [
      column('link', 'number', { width: 104, sort: true, filter: true, card: 'sub' }),
      column('text', 'name', { edit: true, required: true, sort: true, filter: true, look: 'medium', card: 'title' }),
      column('text', 'kinds', { width: 150, values: kinds, filter: true, filterType: 'set', card: 'state' }),
      column('country', 'country', { edit: true, required: true, sort: true, filter: true, card: 'end' }),
      column('text', 'city', { width: 140, sort: true, filter: true }),
      column('code', 'vatId', { edit: true, width: 130, filter: true, look: 'muted' }),
      column('text', 'email', { edit: true, width: 200, filter: true, look: 'muted' }),
      column('text', 'phone', { edit: true, width: 140, spare: true }),
      column('quantity', 'paymentTermDays', { edit: true, required: true, whole: true, width: 110 }),
      column('amount', 'creditLimit', { edit: true, spare: true }),
      column('dateTime', 'createdAt', { sort: true, filter: true, spare: true }),
    ],
    empty: {
      title: t('empty.partners.title'),
      text: t('empty.partners.text'),
      action: { label: t('action.newPartner'), href: '/crm/partners/new', permission: 'crm:write' },
    },
  };
}

export function partnerListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.all'), query: '' },
    { name: t('view.customers'), query: 'f=kinds:contains:CUSTOMER' },
    { name: t('view.suppliers'), query: 'f=kinds:contains:SUPPLIER' },
    { name: t('view.prospects'), query: 'f=kinds:contains:PROSPECT' },
  ];
}
