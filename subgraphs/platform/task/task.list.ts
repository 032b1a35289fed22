import { dateTime, enumeration, localText } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { task } from './task.tables.ts';

export const tasks = defineList({
  type: 'Task',
  field: 'task',
  plural: 'tasks',
  description: 'Background tasks of the company, newest first.',
  table: task,
  permission: 'platform:read',
  filters: {
    kind: enumeration('TaskKind', task.kind),
    status: enumeration('TaskStatus', task.status),
    message: localText({ de: task.messageDe, en: task.messageEn }),
    createdAt: dateTime(task.createdAt),
  },
  groups: ['kind', 'status'],
  sorts: { createdAt: task.createdAt },
  defaultOrder: [{ by: 'createdAt', direction: 'DESC' }],
  countedBy: 'status',
});
