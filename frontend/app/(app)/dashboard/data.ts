import { cache } from 'react';
import { Dashboard, DashboardChoice, type DashboardData } from '#graphql/_generated/operations.ts';
import type { Parts } from '#graphql/operation.ts';
import { ask, askParts } from '#graphql/server.ts';
import { defaultLayout, type Layout, parseLayout } from './layout.ts';
import { isWidgetName, type Part, widgetKinds } from './widgets.ts';

export interface KeptView {
  /** `views/<list>/<name>` */
  readonly key: string;
  readonly value: unknown;
}

/** What a new company has already; its first invoice ends the first steps. */
export interface StepsDone {
  readonly partner: boolean;
  readonly article: boolean;
}

/** What the reader has arranged, and the saved views that can be put on the dashboard. */
export const dashboardChoice = cache(async (permissions: readonly string[]) => {
  const { viewer, partners, articles, invoices } = await ask(DashboardChoice, {});
  const own = viewer?.dashboard.find((choice) => choice.own && choice.key === 'dashboard');
  const layout: Layout = parseLayout(own?.value) ?? defaultLayout(permissions);
  const views: readonly KeptView[] = viewer?.views ?? [];
  // A count that did not come is no reason to take the company for an empty one.
  const isNew = invoices?.totalCount === 0 && !viewer?.steps.some((step) => step.own);
  const steps: StepsDone | null = isNew
    ? { partner: (partners?.totalCount ?? 1) > 0, article: (articles?.totalCount ?? 1) > 0 }
    : null;
  return { layout, views, steps };
});

/** One query for everything on the dashboard, in the graph's own parallelism; parts that nobody shows are not asked for. */
export function dashboardData(layout: Layout): Promise<Parts<DashboardData>> {
  const shown = new Set(layout.flatMap(({ id }) => (isWidgetName(id) ? [widgetKinds[id].part] : [])));
  const wanted = (part: Part) => shown.has(part);
  return askParts(Dashboard, {
    sales: wanted('sales'),
    receivables: wanted('receivables'),
    payables: wanted('payables'),
    largest: wanted('largest'),
    invoices: wanted('invoices'),
    orders: wanted('orders'),
    pipeline: wanted('pipeline'),
    activities: wanted('activities'),
    stock: wanted('stock'),
    purchases: wanted('purchases'),
    tasks: wanted('tasks'),
  });
}
