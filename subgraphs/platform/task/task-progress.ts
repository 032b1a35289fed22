import { entryChanges } from '@valeo/kit/subgraph.ts';
import { tasks } from './task.list.ts';

/** The task each time it gets on: the changes of the list's entry under the name that users of tasks look for. */
export const taskProgress = { Subscription: { taskProgress: entryChanges('platform', tasks) } };
