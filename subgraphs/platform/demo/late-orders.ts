import type { TaskRun } from '@valeo/kit/task.ts';
import { readTable } from './demo-data.ts';

const NOTIFY =
  'mutation ($input: CreateNotificationInput!) { createNotification(input: $input) { error { message } } }';
const DAY_MS = 86_400_000;

/** Tells the second company of each order that was shipped after the day the customer had asked for: 37 in the data. */
export async function notifyLateOrders(run: TaskRun): Promise<void> {
  for (const { orderID, requiredDate = '', shippedDate = '' } of readTable('northwind/orders')) {
    if (!(shippedDate > requiredDate)) continue;
    const days = Math.round((Date.parse(shippedDate.slice(0, 10)) - Date.parse(requiredDate.slice(0, 10))) / DAY_MS);
    const input = {
      kind: 'WARNING',
      title: `Order ${orderID} was shipped ${days === 1 ? 'a day' : `${days} days`} late`,
      body: `The customer had asked for ${requiredDate.slice(0, 10)}, it was shipped on ${shippedDate.slice(0, 10)}.`,
      link: '/sales/orders',
      idempotencyKey: `late order ${orderID}`,
    };
    const { createNotification } = await run.graph<{ createNotification: { error: { message: string } | null } }>(
      NOTIFY,
      { input },
    );
    if (createNotification.error) throw new Error(createNotification.error.message);
  }
}
