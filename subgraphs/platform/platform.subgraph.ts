import { defineSubgraph } from '@valeo/kit/subgraph.ts';
import { attachFile } from './attachment/attach-file.ts';
import { attachments } from './attachment/attachment.list.ts';
import { attachmentResolvers } from './attachment/attachment.resolvers.ts';
import { dropAttachments } from './attachment/drop-attachments.ts';
import { removeAttachment } from './attachment/remove-attachment.ts';
import { notifications } from './notification/notification.list.ts';
import { createNotification, markNotificationRead } from './notification/notification.mutations.ts';
import { platformResolvers } from './platform.resolvers.ts';
import { platformTexts } from './platform.texts.ts';
import { tasks } from './task/task.list.ts';
import { cancelTask, retryTask, startTask } from './task/task.mutations.ts';
import { taskProgress } from './task/task-progress.ts';

/** Background tasks, files and what they are attached to, notifications and the outbox relay. */
export const platform = defineSubgraph({
  name: 'platform',
  folder: import.meta.dirname,
  lists: [tasks, notifications, attachments],
  mutations: [startTask, cancelTask, retryTask, createNotification, markNotificationRead, attachFile, removeAttachment],
  resolvers: [platformResolvers, taskProgress, attachmentResolvers],
  texts: platformTexts,
  appendOnly: ['file', 'file_chunk'],
  derived: ['task'],
  global: ['worker_pulse'],
  consumers: [dropAttachments],
});
