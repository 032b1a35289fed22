import type { Task } from '@valeo/kit/task.ts';
import { importSales } from '../import/import-sales.ts';

/** Every kind of task by its name in the graph. */
export const TASKS: ReadonlyMap<string, Task> = new Map([importSales].map((task) => [task.kind, task]));
