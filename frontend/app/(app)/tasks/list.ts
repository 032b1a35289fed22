import { CancelTask, RetryTask, TasksGroups, TasksList, TasksLive } from '#graphql/_generated/operations.ts';
import type { Translate } from '#i18n/translate.ts';
import { bulkQuestion } from '#lists/bulk-question.ts';
import { columnsIn, valuesOf } from '#lists/columns.ts';
import type { ListDefinition, SavedView } from '#ui/DataTable/definition.ts';

export function taskList(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const kind = valuesOf(t, 'TaskKind', { IMPORT_SALES: null });
  const status = valuesOf(t, 'TaskStatus', {
    QUEUED: 'draft',
    RUNNING: 'part',
    SUCCEEDED: 'paid',
    FAILED: 'over',
    CANCELLED: 'void',
  });
  return {
    connection: 'tasks',
    operation: TasksList,
    live: TasksLive,
    label: t('nav.tasks'),
    href: '/tasks/{id}',
    search: ['message'],
    defaultSort: '-createdAt',
    pinned: 1,
    bulk: [
      {
        key: 'cancel',
        label: t('bulk.cancelTasks'),
        question: bulkQuestion(t, 'bulk.cancelTasks.question'),
        icon: 'x',
        operation: CancelTask,
        permission: 'platform:write',
        when: { path: 'status', in: ['QUEUED', 'RUNNING'], filter: { status: { in: ['QUEUED', 'RUNNING'] } } },
      },
      {
        key: 'retry',
        label: t('bulk.retryTasks'),
        question: bulkQuestion(t, 'bulk.retryTasks.question'),
        icon: 'retry',
        operation: RetryTask,
        permission: 'platform:write',
        when: { path: 'status', in: ['FAILED'], filter: { status: { eq: 'FAILED' } } },
      },
    ],
    groups: { operation: TasksGroups, columns: ['status', 'kind'], sums: [] },
    columns: [
      column('link', 'kind', { width: 200, values: kind, filter: true, filterType: 'enum', card: 'title' }),
      column('status', 'status', { values: status, filter: true, card: 'state' }),
      column('share', 'progress', { width: 110, card: 'end' }),
      column('text', 'message', { filter: true, card: 'sub' }),
      column('text', 'error', { width: 200, spare: true }),
      column('yesNo', 'dryRun', { width: 110 }),
      column('dateTime', 'createdAt', { sort: true, filter: true }),
      column('dateTime', 'startedAt', { spare: true }),
      column('dateTime', 'finishedAt'),
    ],
    empty: {
      title: t('empty.tasks.title'),
      text: t('empty.tasks.text'),
      action: { label: t('action.import'), href: '/tasks/import', permission: 'platform:write' },
    },
  };
}

export function taskListViews(t: Translate): readonly SavedView[] {
  return [
    { name: t('view.all'), query: '' },
    { name: t('view.running'), query: 'f=status:in:QUEUED,RUNNING' },
    { name: t('view.failed'), query: 'f=status:in:FAILED' },
  ];
}
