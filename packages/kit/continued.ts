import type { Ctx } from './context.ts';
import { type ChangeEvent, missed } from './pubsub.ts';

/** Events that one reader may have missed and still gets; whoever was away longer reads anew. */
const REPLAYED_MAX = 1000;

interface KeptEvent {
  readonly id: string;
  readonly op: ChangeEvent['op'];
  readonly entity_ids: string[] | null;
  readonly at: string;
}

/**
 * Events of the caller's company and a type: from now on, or after the last one that the caller has seen. What it missed comes
 * first, each at least once; where that is no longer known, one event says so.
 */
export function changesOf(ctx: Ctx, type: string): AsyncIterableIterator<ChangeEvent> {
  const { tenantId } = ctx.caller;
  // Before looking back, so that nothing falls in between.
  const live = ctx.services.pubsub.subscribe(tenantId, type);
  const { lastEventId } = ctx.call;
  if (lastEventId === undefined) return live;
  const looking = eventsAfter(ctx, tenantId, type, lastEventId);
  // A client that goes away before it reads leaves nobody who waits for this.
  looking.catch(() => {});
  let past: ChangeEvent[] | undefined;
  const seen = new Set<string>();
  return {
    async next() {
      if (!past) {
        past = await looking;
        for (const { id } of past) if (id) seen.add(id);
      }
      const value = past.shift();
      if (value) return { done: false, value };
      for (;;) {
        const step = await live.next();
        if (step.done || !seen.has(step.value.id)) return step;
      }
    },
    return: () => live.return?.() ?? Promise.resolve({ done: true, value: undefined }),
    throw: (error) => live.throw?.(error) ?? Promise.reject(error),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function eventsAfter(ctx: Ctx, tenantId: string, type: string, lastEventId: string): Promise<ChangeEvent[]> {
  const gap = [missed(tenantId, type)];
  if (!/^\d{1,18}$/.test(lastEventId)) return gap;
  const tx = await ctx.services.database.read(ctx.session());
  try {
    const [last] = await tx.query('SELECT 1 FROM kit.event WHERE position = $1', [lastEventId], 'event_known');
    if (!last) return gap;
    // Of an event with several records the reader may have seen the first ones only.
    const rows = await tx.query<KeptEvent>(
      `SELECT position AS id, op, entity_ids, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at FROM kit.event
       WHERE tenant_id = $1 AND type = $2 AND (position > $3 OR position = $3 AND cardinality(entity_ids) > 1)
       ORDER BY position LIMIT ${REPLAYED_MAX + 1}`,
      [tenantId, type, lastEventId],
      'events_after',
    );
    if (rows.length > REPLAYED_MAX) return gap;
    return rows.flatMap(({ id, op, entity_ids, at }) =>
      (entity_ids ?? [null]).map((entityId) => ({ id, tenantId, type, op, entityId, at })),
    );
  } finally {
    await tx.close();
  }
}
