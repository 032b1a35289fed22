import {
  ActivitiesGroups,
  ActivitiesList,
  ActivitiesLive,
  ActivityEntry,
  EditActivity,
} from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { bulkQuestion } from '#lists/bulk-question.ts';
import { columnsIn, lateLook, valuesOf } from '#lists/columns.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';

export function activityList(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const kind = valuesOf(t, 'ActivityKind', { CALL: null, EMAIL: null, MEETING: null, NOTE: null, TASK: null });
  const status = valuesOf(t, 'ActivityStatus', { OPEN: 'open', DONE: 'paid' });
  return {
    connection: 'activities',
    operation: ActivitiesList,
    label: t('nav.activities'),
    href: null,
    search: ['subject'],
    defaultSort: '-createdAt',
    pinned: 1,
    live: ActivitiesLive,
    edit: { operation: EditActivity, field: 'activity', read: ActivityEntry, permission: 'crm:write' },
    bulk: [
      {
        key: 'done',
        label: t('bulk.done'),
        question: bulkQuestion(t, 'bulk.done.question'),
        icon: 'check',
        operation: EditActivity,
        permission: 'crm:write',
        input: { doneAt: '{now}' },
        versioned: true,
        when: { path: 'status', in: ['OPEN'], filter: { status: { eq: 'OPEN' } } },
      },
    ],
    groups: { operation: ActivitiesGroups, columns: ['status', 'kind', 'dueOn'], sums: [] },
    columns: [
      column('text', 'subject', {
        edit: true,
        required: true,
        width: 320,
        sort: true,
        filter: true,
        look: 'medium',
        card: 'title',
      }),
      column('text', 'kind', {
        edit: true,
        required: true,
        width: 110,
        values: kind,
        filter: true,
        filterType: 'enum',
        card: 'sub',
      }),
      column('text', 'partner', {
        path: 'partner.name',
        countryPath: 'partner.country',
        href: '/crm/partners/{partner.id}',
      }),
      column('text', 'opportunity', { path: 'opportunity.title', width: 200, spare: true }),
      column('status', 'status', {
        values: { ...status, ...lateLook(t) },
        rules: [
          { path: 'status', is: 'DONE', value: 'DONE' },
          { path: 'dueOn', past: true, value: 'OVERDUE' },
        ],
        choices: Object.keys(status),
        filter: true,
        card: 'state',
      }),
      column('date', 'dueOn', { edit: true, sort: true, filter: true, card: 'end' }),
      column('text', 'body', { label: 'note', edit: true, width: 260, look: 'muted' }),
      column('dateTime', 'doneAt'),
      column('dateTime', 'createdAt', { sort: true, filter: true }),
    ],
    empty: {
      title: t('empty.activities.title'),
      text: t('empty.activities.text'),
      action: { label: t('action.newActivity'), href: '/crm/activities/new', permission: 'crm:write' },
    },
  };
}

export function activityListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.all'), query: '' },
    { name: t('view.open'), query: 'f=status:in:OPEN' },
    { name: t('view.overdue'), query: 'f=status:in:OPEN&f=dueOn:within:past&sort=dueOn' },
    { name: t('view.done'), query: 'f=status:in:DONE' },
  ];
}
