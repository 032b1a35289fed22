import type { MessageKey } from '#i18n/translate.ts';
import type { IconName } from '#ui/Icon.tsx';

export interface NavigationItem {
  readonly label: Extract<MessageKey, `nav.${string}`>;
  readonly href: string;
  readonly icon: IconName;
}

export interface NavigationGroup {
  readonly title: Extract<MessageKey, `nav.${string}`> | null;
  readonly items: readonly NavigationItem[];
}

/** The map of the app: what the navigation, the command palette and the phone's overview offer. */
export const navigation: readonly NavigationGroup[] = [
  {
    title: null,
    items: [
      { label: 'nav.dashboard', href: '/', icon: 'dash' },
      { label: 'nav.tasks', href: '/tasks', icon: 'tasks' },
    ],
  },
  {
    title: 'nav.sales',
    items: [
      { label: 'nav.quotes', href: '/sales/quotes', icon: 'quote' },
      { label: 'nav.salesOrders', href: '/sales/orders', icon: 'order' },
      { label: 'nav.deliveries', href: '/sales/deliveries', icon: 'truck' },
      { label: 'nav.invoices', href: '/sales/invoices', icon: 'invoice' },
    ],
  },
  {
    title: 'nav.crm',
    items: [
      { label: 'nav.partners', href: '/crm/partners', icon: 'users' },
      { label: 'nav.opportunities', href: '/crm/opportunities', icon: 'target' },
      { label: 'nav.activities', href: '/crm/activities', icon: 'note' },
    ],
  },
  {
    title: 'nav.inventoryAndPurchasing',
    items: [
      { label: 'nav.articles', href: '/inventory/articles', icon: 'box' },
      { label: 'nav.stockMovements', href: '/inventory/stock-movements', icon: 'moves' },
      { label: 'nav.purchaseOrders', href: '/purchasing/orders', icon: 'cart' },
      { label: 'nav.receipts', href: '/purchasing/receipts', icon: 'download' },
      { label: 'nav.supplierInvoices', href: '/purchasing/invoices', icon: 'bill' },
    ],
  },
  {
    title: 'nav.finance',
    items: [
      { label: 'nav.journal', href: '/finance/journal', icon: 'book' },
      { label: 'nav.trialBalance', href: '/finance/trial-balance', icon: 'sum' },
      { label: 'nav.openItems', href: '/finance/open-items', icon: 'open' },
      { label: 'nav.accounts', href: '/finance/accounts', icon: 'percent' },
      { label: 'nav.bank', href: '/finance/bank', icon: 'bank' },
    ],
  },
];
