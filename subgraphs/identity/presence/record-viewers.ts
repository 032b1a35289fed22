import type { Ctx } from '@valeo/kit/context.ts';
import { standardError } from '@valeo/kit/errors.ts';
import { isId, newId } from '@valeo/kit/ids.ts';
import { picked } from '@valeo/kit/picked.ts';
import type { ChangeEvent } from '@valeo/kit/pubsub.ts';
import { inArray } from 'drizzle-orm';
import { membership } from '../user/user.tables.ts';

// Who looks at what is told from subscriber to subscriber and stored nowhere: it is gone with the process that knew it.

const TYPE = 'presence.Record';
const AGAIN_MS = 20_000;
/** A process that ended without a word is missed after this. */
const MISSED_AFTER_MS = 50_000;
const SHOWN_MAX = 50;

interface Announcement extends ChangeEvent {
  readonly connection: string;
  readonly userId: string;
  readonly editing: boolean;
  /** `came` asks the others to say that they are there. */
  readonly kind: 'came' | 'here' | 'left';
}

interface Seen {
  readonly userId: string;
  readonly editing: boolean;
  readonly until: number;
}

type Viewers = readonly { readonly userId: string; readonly editing: boolean }[];

interface Arguments {
  readonly recordId: string;
  readonly editing?: boolean | null;
}

/** Colleagues at a record, and the caller among them for as long as the subscription lasts. */
export const recordViewers = {
  Subscription: {
    recordViewers: {
      subscribe(_: unknown, { recordId, editing }: Arguments, ctx: Ctx): AsyncIterableIterator<Viewers> {
        const { tenantId, userId } = ctx.caller;
        if (!isId(recordId)) throw standardError('NOT_FOUND', ctx.locale);
        const { pubsub } = ctx.services;
        const record = recordId.toLowerCase();
        const connection = newId();
        const seen = new Map<string, Seen>();
        let shown = '';

        const announce = (kind: Announcement['kind']): void => {
          // API clients watch without being seen.
          const announcement: Announcement = {
            id: newId(),
            tenantId,
            type: TYPE,
            op: 'updated',
            entityId: record,
            at: new Date().toISOString(),
            connection,
            userId: userId ?? '',
            editing: editing ?? false,
            kind,
          };
          pubsub.publish([announcement]).catch(() => undefined);
        };
        const events = picked(pubsub.subscribe(tenantId, TYPE), (event) => {
          if (event.entityId !== record) return undefined;
          const { kind, ...heard } = event as Announcement;
          const until = Date.now() + MISSED_AFTER_MS;
          if (kind === 'left') seen.delete(heard.connection);
          else seen.set(heard.connection, { userId: heard.userId, editing: heard.editing, until });
          if (kind === 'came' && heard.connection !== connection) announce('here');
          const viewers = others(seen, userId);
          const text = JSON.stringify(viewers);
          if (text === shown) return undefined;
          shown = text;
          return viewers;
        });
        const again = setInterval(announce, AGAIN_MS, 'here').unref();
        announce('came');
        return {
          ...events,
          return() {
            clearInterval(again);
            announce('left');
            return events.return?.() as Promise<IteratorResult<Viewers>>;
          },
          [Symbol.asyncIterator]() {
            return this;
          },
        };
      },
      async resolve(viewers: Viewers, _: unknown, ctx: Ctx) {
        if (viewers.length === 0) return [];
        const tx = await ctx.read();
        const people = await tx.db
          .select({ id: membership.id, name: membership.name })
          .from(membership)
          .where(
            inArray(
              membership.id,
              viewers.map((viewer) => viewer.userId),
            ),
          );
        return people.map((person) => ({
          ...person,
          editing: viewers.some((viewer) => viewer.userId === person.id && viewer.editing),
        }));
      },
    },
  },
};

/** Each colleague once, whatever number of tabs they have open; those who were not heard of lately are gone. */
function others(seen: Map<string, Seen>, own: string | null): Viewers {
  const people = new Map<string, boolean>();
  for (const [connection, { userId, editing, until }] of seen) {
    if (until < Date.now()) seen.delete(connection);
    else if (userId && userId !== own) people.set(userId, editing || (people.get(userId) ?? false));
  }
  return [...people]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .slice(0, SHOWN_MAX)
    .map(([userId, editing]) => ({ userId, editing }));
}
