import {
  EditOpportunity,
  OpportunitiesGroups,
  OpportunitiesList,
  OpportunitiesLive,
  OpportunityEntry,
} from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { columnsIn, valuesOf } from '#lists/columns.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';

export function opportunityList(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const stage = valuesOf(t, 'OpportunityStage', {
    NEW: 'draft',
    QUALIFIED: 'open',
    PROPOSAL: 'open',
    NEGOTIATION: 'part',
    WON: 'paid',
    LOST: 'void',
  });
  return {
    connection: 'opportunities',
    operation: OpportunitiesList,
    label: t('nav.opportunities'),
    href: null,
    search: ['title'],
    defaultSort: '-createdAt',
    pinned: 1,
    live: OpportunitiesLive,
    edit: { operation: EditOpportunity, field: 'opportunity', read: OpportunityEntry, permission: 'crm:write' },
    groups: { operation: OpportunitiesGroups, columns: ['stage', 'expectedCloseOn'], sums: ['expectedAmount'] },
    columns: [
      column('text', 'title', {
        edit: true,
        required: true,
        width: 280,
        sort: true,
        filter: true,
        look: 'medium',
        card: 'title',
      }),
      column('text', 'partner', {
        path: 'partner.name',
        countryPath: 'partner.country',
        href: '/crm/partners/{partner.id}',
        card: 'sub',
      }),
      column('status', 'stage', { edit: true, required: true, values: stage, filter: true, card: 'state' }),
      column('amount', 'expectedAmount', {
        edit: true,
        required: true,
        width: 130,
        sort: true,
        filter: true,
        card: 'end',
      }),
      column('percent', 'probability', { edit: true, required: true, whole: true, width: 124 }),
      column('date', 'expectedCloseOn', { edit: true, required: true, width: 124, sort: true, filter: true }),
      column('dateTime', 'createdAt', { sort: true, filter: true }),
      column('text', 'note', { edit: true, width: 240, spare: true }),
    ],
    empty: {
      title: t('empty.opportunities.title'),
      text: t('empty.opportunities.text'),
      action: { label: t('action.newOpportunity'), href: '/crm/opportunities/new', permission: 'crm:write' },
    },
  };
}

export function opportunityListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.all'), query: '' },
    { name: t('view.open'), query: 'f=stage:in:NEW,QUALIFIED,PROPOSAL,NEGOTIATION' },
    { name: t('view.won'), query: 'f=stage:in:WON' },
    { name: t('view.lost'), query: 'f=stage:in:LOST' },
  ];
}
