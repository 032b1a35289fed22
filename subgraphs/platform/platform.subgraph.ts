import { defineSubgraph } from '@valeo/kit/subgraph.ts';
import { notifications } from './notification/notification.list.ts';
import { createNotification, markNotificationRead } from './notification/notification.mutations.ts';
import { platformResolvers } from './platform.resolvers.ts';
import { platformTexts } from './platform.texts.ts';
import { tasks } from './task/task.list.ts';
import { cancelTask, retryTask, startTask } from './task/task.mutations.ts';
import { taskProgress } from './task/task-progress.ts';

/** Background tasks, files, notifications and the outbox relay. */
export const platform = defineSubgraph({
  name: 'platform',
  folder: import.meta.dirname,
  lists: [tasks, notifications],
  mutations: [startTask, cancelTask, retryTask, createNotification, markNotificationRead],
  resolvers: [platformResolvers, taskProgress],
  texts: platformTexts,
  appendOnly: ['file', 'file_chunk'],
  derived: ['task'],
  global: ['worker_pulse'],
});
