import {
  PaletteCrm,
  PaletteFinance,
  PaletteInventory,
  PalettePurchasing,
  PaletteSales,
  PaletteTasks,
} from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import type { Formats } from '#i18n/format.ts';
import type { IconName } from '#ui/Icon.tsx';
import type { PaletteEntry } from './CommandPalette.tsx';
import { drawnIcon } from './page-actions.ts';

const navigationLinks = (): HTMLAnchorElement[] => [...document.querySelectorAll<HTMLAnchorElement>('.nav a.nav-item')];
const iconOf = (link: HTMLElement | undefined): IconName => ((link && drawnIcon(link)) ?? 'right') as IconName;

/** The pages of the app, read from the navigation on screen: whoever sees an entry there may go there. */
export function navigationEntries(group: string, go: (href: string) => void): PaletteEntry[] {
  return navigationLinks().map((link) => {
    const href = link.getAttribute('href') as string;
    return { id: href, group, icon: iconOf(link), label: link.title, run: () => go(href) };
  });
}

/** What the menu of the reader offers besides pages: the language, and to sign out. */
export function menuActions() {
  const items = document.querySelectorAll<HTMLElement>('#user-menu :is([data-display^="locale="], form button)');
  return [...items].map((item, at) => ({
    id: `menu ${at}`,
    icon: (item.dataset.display ? 'globe' : (drawnIcon(item) ?? 'right')) as IconName,
    label: item.textContent?.trim() ?? '',
    run: () => item.click(),
  }));
}

export interface SourceTools {
  readonly format: Formats;
  /** What the reader may read. Domains that they may not are not asked. */
  readonly permissions: readonly string[];
  go(href: string): void;
}

export interface Found {
  readonly entries: readonly PaletteEntry[];
  /** Names of the lists that could not be searched. */
  readonly failed: readonly string[];
}

/** Records whose number or name fits. A domain that cannot answer leaves the others standing, and its lists are named. */
export async function searchRecords(text: string, tools: SourceTools, signal: AbortSignal): Promise<Found> {
  const links = new Map(navigationLinks().map((link) => [link.getAttribute('href'), link]));
  const name = (list: string) => links.get(list)?.title ?? '';
  const asked = domains.filter(({ permission }) => tools.permissions.includes(permission));
  const answers = await Promise.all(
    asked.map(async ({ lists, search }): Promise<readonly (readonly Hit[] | null)[]> => {
      try {
        return await search(text, tools.format, signal);
      } catch {
        return lists.map(() => null);
      }
    }),
  );
  const kinds = asked.flatMap(({ lists }, at) => lists.map((list, each) => ({ list, hits: answers[at]?.[each] })));
  return {
    entries: kinds.flatMap(({ list, hits }) =>
      (hits ?? []).map(({ href = list, id, ...shown }) => ({
        ...shown,
        id,
        group: name(list),
        icon: iconOf(links.get(list)),
        run: () => tools.go(href),
      })),
    ),
    failed: kinds.filter(({ hits }) => !hits).map(({ list }) => name(list)),
  };
}

/** A record that was found, and the page it leads to. */
interface Hit extends Pick<PaletteEntry, 'id' | 'label' | 'detail' | 'end'> {
  readonly href: string;
}

interface Domain {
  readonly permission: string;
  readonly lists: readonly string[];
  /** Hits for each of the lists, null for one that was not searched. */
  search(text: string, format: Formats, signal: AbortSignal): Promise<readonly (readonly Hit[] | null)[]>;
}

type Connection<Node> = { readonly edges: readonly { readonly node: Node }[] } | null;

const hits = <Node>(found: Connection<Node>, show: (node: Node) => Hit): readonly Hit[] | null =>
  found && found.edges.map(({ node }) => show(node));

const joined = (...parts: readonly (string | null | undefined)[]): string => parts.filter(Boolean).join(', ');

/** Lists whose records have no page of their own show the one that is looked for. */
const listed = (list: string, text: string): string => `${list}?q=${encodeURIComponent(text)}`;

const domains: readonly Domain[] = [
  {
    permission: 'crm:read',
    lists: ['/crm/partners', '/crm/opportunities', '/crm/activities'],
    async search(text, format, signal) {
      const found = await request(PaletteCrm, { text }, signal);
      return [
        hits(found.businessPartners, ({ id, number, name, country }) => ({
          id,
          href: `/crm/partners/${id}`,
          label: name,
          detail: joined(number, format.country(country)),
        })),
        hits(found.opportunities, ({ id, title, partner, expectedAmount }) => ({
          id,
          href: listed('/crm/opportunities', title),
          label: title,
          detail: partner?.name ?? '',
          end: format.money(expectedAmount.amount),
        })),
        hits(found.activities, ({ id, subject, partner, dueOn }) => ({
          id,
          href: listed('/crm/activities', subject),
          label: subject,
          detail: joined(partner?.name, dueOn && format.date(dueOn)),
        })),
      ];
    },
  },
  {
    permission: 'sales:read',
    lists: ['/sales/invoices', '/sales/orders', '/sales/quotes', '/sales/deliveries'],
    async search(text, format, signal) {
      const found = await request(PaletteSales, { text }, signal);
      const show = (list: string, node: SalesDocument, on: string): Hit => ({
        id: node.id,
        href: `${list}/${node.id}`,
        label: node.number ?? node.customerName,
        detail: joined(node.customerName, format.date(on)),
        ...(node.gross && { end: format.money(node.gross.amount) }),
      });
      return [
        hits(found.salesInvoices, (node) => show('/sales/invoices', node, node.issuedOn)),
        hits(found.salesOrders, (node) => show('/sales/orders', node, node.orderedOn)),
        hits(found.quotes, (node) => show('/sales/quotes', node, node.quotedOn)),
        hits(found.deliveries, (node) => show('/sales/deliveries', node, node.deliverOn)),
      ];
    },
  },
  {
    permission: 'inventory:read',
    lists: ['/inventory/articles'],
    async search(text, format, signal) {
      const { articles } = await request(PaletteInventory, { text }, signal);
      return [
        hits(articles, ({ id, name, sku, price }) => ({
          id,
          href: `/inventory/articles/${id}`,
          label: name,
          detail: sku,
          end: format.money(price),
        })),
      ];
    },
  },
  {
    permission: 'purchasing:read',
    lists: ['/purchasing/orders', '/purchasing/receipts', '/purchasing/invoices'],
    async search(text, format, signal) {
      const found = await request(PalettePurchasing, { text }, signal);
      return [
        hits(found.purchaseOrders, ({ id, number, supplierName, orderedOn, gross }) => ({
          id,
          href: `/purchasing/orders/${id}`,
          label: number,
          detail: joined(supplierName, format.date(orderedOn)),
          end: format.money(gross.amount),
        })),
        hits(found.goodsReceipts, ({ id, number, supplierName, receivedOn }) => ({
          id,
          href: `/purchasing/receipts/${id}`,
          label: number,
          detail: joined(supplierName, format.date(receivedOn)),
        })),
        hits(found.supplierInvoices, ({ id, number, supplierName, supplierNumber, issuedOn, gross }) => ({
          id,
          href: `/purchasing/invoices/${id}`,
          label: number,
          detail: joined(supplierName, supplierNumber, format.date(issuedOn)),
          end: format.money(gross.amount),
        })),
      ];
    },
  },
  {
    permission: 'finance:read',
    lists: ['/finance/accounts', '/finance/journal'],
    async search(text, format, signal) {
      const found = await request(PaletteFinance, { text }, signal);
      return [
        hits(found.ledgerAccounts, ({ id, number, name }) => ({
          id,
          href: `/finance/accounts/${number}`,
          label: `${number} ${name}`,
        })),
        hits(found.journalEntries, ({ id, number, text: words, postedOn, total }) => ({
          id,
          href: `/finance/journal/${id}`,
          label: number,
          detail: joined(words, format.date(postedOn)),
          end: format.money(total.amount),
        })),
      ];
    },
  },
  {
    permission: 'platform:read',
    lists: ['/tasks'],
    async search(text, format, signal) {
      const { tasks } = await request(PaletteTasks, { text }, signal);
      return [
        hits(tasks, ({ id, message, createdAt }) => ({
          id,
          href: `/tasks/${id}`,
          label: message ?? '',
          detail: format.dateTime(createdAt),
        })),
      ];
    },
  },
];

interface SalesDocument {
  readonly id: string;
  readonly number: string | null;
  readonly customerName: string;
  readonly gross?: { readonly amount: string };
}
