import {
  FindArticles,
  type FindArticlesData,
  FindCustomers,
  type FindCustomersData,
} from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import type { GraphFault } from '#graphql/operation.ts';
import { pageOwner } from '#offline/session.ts';

export type FoundCustomer = NonNullable<FindCustomersData['businessPartners']>['edges'][number]['node'];
export type FoundArticle = NonNullable<FindArticlesData['articles']>['edges'][number]['node'];

/** Customers by number or name; without a connection among those that are kept and those in the outbox. */
export const findCustomers = (text: string, signal: AbortSignal): Promise<readonly FoundCustomer[]> =>
  request(
    FindCustomers,
    {
      filter: { kinds: { contains: 'CUSTOMER' }, or: [{ number: { startsWith: text } }, { name: { contains: text } }] },
    },
    signal,
  ).then(
    ({ businessPartners }) => businessPartners?.edges.map((edge) => edge.node) ?? [],
    (fault) =>
      kept(fault, 'customer', text, (input, id) => ({
        id,
        number: '',
        name: String(input.name),
        country: String(input.country),
        city: (input.billingAddress as { city?: string } | null)?.city ?? '',
        paymentTermDays: Number(input.paymentTermDays ?? 14),
      })),
  );

/** Articles by number or name, likewise. */
export const findArticles = (text: string, signal: AbortSignal): Promise<readonly FoundArticle[]> =>
  request(
    FindArticles,
    { filter: { active: { eq: true }, or: [{ sku: { startsWith: text } }, { name: { contains: text } }] } },
    signal,
  ).then(
    ({ articles }) => articles?.edges.map((edge) => edge.node) ?? [],
    (fault) =>
      kept(fault, 'article', text, (input, id) => ({
        id,
        sku: String(input.sku),
        name: String(input.name),
        unit: String(input.unit),
        price: String(input.price),
        taxCode: String(input.taxCode),
        onHand: '0',
      })),
  );

async function kept<Node extends { readonly id: string }>(
  fault: GraphFault,
  kind: 'customer' | 'article',
  text: string,
  fromWrite: (input: Readonly<Record<string, unknown>>, id: string) => Node,
): Promise<readonly Node[]> {
  const owner = pageOwner()?.owner;
  if (fault.code !== 'OFFLINE' || !owner) throw fault;
  const { findKept } = await import('#offline/lookup.ts');
  return findKept(owner, kind, text, fromWrite);
}
