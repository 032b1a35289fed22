'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import {
  DashboardOpenItemsLive,
  DashboardOpportunitiesLive,
  DashboardSalesLive,
  DashboardStockLive,
  DashboardTasksLive,
} from '#graphql/_generated/operations.ts';
import { listenWhileVisible, subscribe } from '#graphql/client.ts';
import type { Operation } from '#graphql/operation.ts';
import type { Layout } from './layout.ts';
import { isWidgetName, type Part, widgetKinds } from './widgets.ts';

type Live = Operation<unknown, Record<string, never>>;

/** What tells that a part has changed, the most telling first. */
const sources: readonly { readonly operation: Live; readonly parts: readonly Part[] }[] = [
  { operation: DashboardOpenItemsLive as Live, parts: ['receivables', 'payables', 'largest'] },
  { operation: DashboardSalesLive as Live, parts: ['sales', 'invoices'] },
  { operation: DashboardTasksLive as Live, parts: ['tasks'] },
  { operation: DashboardStockLive as Live, parts: ['stock'] },
  { operation: DashboardOpportunitiesLive as Live, parts: ['pipeline'] },
];

/** A browser has six connections to share among its tabs. */
const mostStreams = 3;
const gatherMs = 1500;

/** How old something may become that no stream tells of. */
const unheardMs = 60_000;

/**
 * Fetches the dashboard again soon after something that it shows was changed, by whomever; when its reader comes back to it; and from
 * time to time while it shows what none of its streams tells of, such as saved views.
 */
export function useDashboardLive(layout: Layout, paused: boolean): void {
  const router = useRouter();
  const parts = [...new Set(layout.map(({ id }) => (isWidgetName(id) ? widgetKinds[id].part : 'view')))].join(' ');
  useEffect(() => {
    if (paused || parts === '') return;
    const shown = parts.split(' ');
    const wanted = sources.filter((source) => source.parts.some((part) => shown.includes(part))).slice(0, mostStreams);
    const heard = wanted.flatMap((source) => source.parts) as readonly string[];
    const isAllHeard = shown.every((part) => heard.includes(part));
    let isBack = false;
    let due: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      due ??= setTimeout(() => {
        due = undefined;
        router.refresh();
      }, gatherMs);
    };
    const stop = listenWhileVisible(() => {
      if (isBack) refresh();
      isBack = true;
      const stops = wanted.map(({ operation }) => subscribe(operation, {}, refresh));
      const timer = isAllHeard ? undefined : setInterval(refresh, unheardMs);
      return () => {
        clearInterval(timer);
        for (const end of stops) end();
      };
    });
    return () => {
      clearTimeout(due);
      stop();
    };
  }, [parts, paused, router]);
}
