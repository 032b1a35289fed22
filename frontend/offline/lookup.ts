import { LookupArticles, LookupCustomers } from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import { allOf, inStore, outboxOf } from './store.ts';

// What forms can refer to without a connection: the latest customers and articles, and what waits in the outbox.

const refreshAfterMs = 12 * 3_600_000;
const pagesMax = 4;
const shownMax = 8;

export type LookupKind = 'customer' | 'article';

interface Entry<Node> {
  readonly owner: string;
  readonly id: string;
  readonly kind: LookupKind | 'state';
  readonly text: string;
  readonly node: Node;
}

/** Fetches the latest customers and articles, unless that was done today. */
export async function keepLookups(owner: string): Promise<void> {
  const known = await allOf<Entry<{ at: number }>>(owner, 'lookups');
  const state = known.find((entry) => entry.kind === 'state');
  if (state && Date.now() - state.node.at < refreshAfterMs) return;
  const entries: Entry<object>[] = [];
  for (let after: string | null = null, page = 0; page < pagesMax; page += 1) {
    const { businessPartners }: Awaited<ReturnType<typeof customersFrom>> = await customersFrom(after);
    for (const { node } of businessPartners?.edges ?? []) {
      entries.push({ owner, id: node.id, kind: 'customer', text: `${node.number} ${node.name}`.toLowerCase(), node });
    }
    after = businessPartners?.pageInfo.hasNextPage ? (businessPartners.pageInfo.endCursor ?? null) : null;
    if (!after) break;
  }
  for (let after: string | null = null, page = 0; page < pagesMax; page += 1) {
    const { articles }: Awaited<ReturnType<typeof articlesFrom>> = await articlesFrom(after);
    for (const { node } of articles?.edges ?? []) {
      entries.push({ owner, id: node.id, kind: 'article', text: `${node.sku} ${node.name}`.toLowerCase(), node });
    }
    after = articles?.pageInfo.hasNextPage ? (articles.pageInfo.endCursor ?? null) : null;
    if (!after) break;
  }
  entries.push({ owner, id: 'state', kind: 'state', text: '', node: { at: Date.now() } });
  await inStore(['lookups'], 'readwrite', (transaction) => {
    const store = transaction.objectStore('lookups');
    // Of anybody who was here before as well: they are fetched again for whoever comes back.
    store.clear();
    for (const entry of entries) store.put(entry);
    return undefined;
  });
}

const customersFrom = (after: string | null) => request(LookupCustomers, { after });
const articlesFrom = (after: string | null) => request(LookupArticles, { after });

/** Finds among what is kept; what was created without a connection comes first. */
export async function findKept<Node extends { readonly id: string }>(
  owner: string,
  kind: LookupKind,
  text: string,
  fromWrite: (input: Readonly<Record<string, unknown>>, id: string) => Node,
): Promise<readonly Node[]> {
  const wanted = text.toLowerCase();
  const writes = await outboxOf(owner).writes();
  const form = kind === 'customer' ? 'crm.partner' : 'inventory.article';
  const own = writes
    .filter(
      (write) =>
        write.form === form && write.makes && `${write.input.sku ?? ''} ${write.title}`.toLowerCase().includes(wanted),
    )
    .map((write) => fromWrite(write.input, write.makes as string));
  const kept = await allOf<Entry<Node>>(owner, 'lookups');
  const found = kept.filter((entry) => entry.kind === kind && entry.text.includes(wanted)).map((entry) => entry.node);
  return [...own, ...found].slice(0, shownMax);
}
