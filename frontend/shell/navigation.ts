import type { MessageKey } from '#i18n/translate.ts';
import type { IconName } from '#ui/Icon.tsx';

export interface NavigationItem {
  readonly label: Extract<MessageKey, `nav.${string}`>;
  readonly href: string;
  readonly icon: IconName;
  /** The letter that leads here after `G`. */
  readonly go: string;
}

export interface NavigationGroup {
  readonly title: Extract<MessageKey, `nav.${string}`> | null;
  readonly items: readonly NavigationItem[];
}

/** The map of the app. */
export const navigation: readonly NavigationGroup[] = [
  {
    title: null,
    items: [
      { label: 'nav.dashboard', href: '/', icon: 'dash', go: 'D' },
      { label: 'nav.tasks', href: '/tasks', icon: 'tasks', go: 'V' },
    ],
  },
  {
    title: 'nav.sales',
    items: [
      { label: 'nav.quotes', href: '/sales/quotes', icon: 'quote', go: 'Q' },
      { label: 'nav.salesOrders', href: '/sales/orders', icon: 'order', go: 'O' },
      { label: 'nav.deliveries', href: '/sales/deliveries', icon: 'truck', go: 'L' },
      { label: 'nav.invoices', href: '/sales/invoices', icon: 'invoice', go: 'R' },
    ],
  },
  {
    title: 'nav.crm',
    items: [
      { label: 'nav.partners', href: '/crm/partners', icon: 'users', go: 'P' },
      { label: 'nav.opportunities', href: '/crm/opportunities', icon: 'target', go: 'C' },
      { label: 'nav.activities', href: '/crm/activities', icon: 'note', go: 'T' },
    ],
  },
  {
    title: 'nav.inventoryAndPurchasing',
    items: [
      { label: 'nav.articles', href: '/inventory/articles', icon: 'box', go: 'A' },
      { label: 'nav.stockMovements', href: '/inventory/stock-movements', icon: 'moves', go: 'M' },
      { label: 'nav.warehouses', href: '/inventory/warehouses', icon: 'warehouse', go: 'H' },
      { label: 'nav.purchaseOrders', href: '/purchasing/orders', icon: 'cart', go: 'B' },
      { label: 'nav.receipts', href: '/purchasing/receipts', icon: 'download', go: 'W' },
      { label: 'nav.supplierInvoices', href: '/purchasing/invoices', icon: 'bill', go: 'E' },
    ],
  },
  {
    title: 'nav.finance',
    items: [
      { label: 'nav.journal', href: '/finance/journal', icon: 'book', go: 'J' },
      { label: 'nav.trialBalance', href: '/finance/trial-balance', icon: 'sum', go: 'S' },
      { label: 'nav.openItems', href: '/finance/open-items', icon: 'open', go: 'F' },
      { label: 'nav.accounts', href: '/finance/accounts', icon: 'percent', go: 'K' },
      { label: 'nav.bank', href: '/finance/bank', icon: 'bank', go: 'N' },
      { label: 'nav.periods', href: '/finance/periods', icon: 'lock', go: 'Z' },
    ],
  },
];

/** What one must be allowed to read for a page; null for pages that everybody has. */
export function readingOf(href: string): string | null {
  const area = /^\/(sales|crm|inventory|purchasing|finance)\//.exec(href)?.[1];
  return area ? `${area}:read` : null;
}

/** What the navigation, the command palette and the phone's overview offer to a reader. */
export function navigationFor(permissions: readonly string[]): readonly NavigationGroup[] {
  const mayRead = ({ href }: NavigationItem): boolean => {
    const permission = readingOf(href);
    return permission === null || permissions.includes(permission);
  };
  return navigation
    .map((group) => ({ ...group, items: group.items.filter(mayRead) }))
    .filter(({ items }) => items.length > 0);
}
