import type { MessageKey } from '#i18n/translate.ts';

/** Parts of the one query that fills the dashboard; each is asked for only when a widget shows it. */
export type Part =
  | 'sales'
  | 'receivables'
  | 'payables'
  | 'largest'
  | 'invoices'
  | 'orders'
  | 'pipeline'
  | 'activities'
  | 'stock'
  | 'purchases'
  | 'tasks';

export interface WidgetKind {
  readonly title: Extract<MessageKey, `dashboard.${string}` | `nav.${string}`>;
  readonly part: Part;
  /** Who may not read this is not offered the widget. */
  readonly permission: string;
  /** Columns of twelve, and rows of 44 px. */
  readonly size: { readonly w: number; readonly h: number };
  readonly least: { readonly w: number; readonly h: number };
}

const figure = { size: { w: 3, h: 2 }, least: { w: 2, h: 2 } };
const list = { size: { w: 4, h: 6 }, least: { w: 3, h: 3 } };

/** Everything that can stand on a dashboard, besides saved views of lists. */
export const widgetKinds = {
  yearRevenue: { title: 'dashboard.widget.yearRevenue', part: 'sales', permission: 'sales:read', ...figure },
  monthRevenue: { title: 'dashboard.widget.monthRevenue', part: 'sales', permission: 'sales:read', ...figure },
  receivables: { title: 'dashboard.widget.receivables', part: 'receivables', permission: 'finance:read', ...figure },
  overdue: { title: 'dashboard.widget.overdue', part: 'receivables', permission: 'finance:read', ...figure },
  payables: { title: 'dashboard.widget.payables', part: 'payables', permission: 'finance:read', ...figure },
  revenue: {
    title: 'dashboard.revenue',
    part: 'sales',
    permission: 'sales:read',
    size: { w: 8, h: 6 },
    least: { w: 4, h: 5 },
  },
  ageing: { title: 'dashboard.ageing', part: 'receivables', permission: 'finance:read', ...list },
  pipeline: { title: 'dashboard.pipeline', part: 'pipeline', permission: 'crm:read', ...list },
  newestInvoices: { title: 'dashboard.newest', part: 'invoices', permission: 'sales:read', ...list },
  largestItems: { title: 'dashboard.largest', part: 'largest', permission: 'finance:read', ...list },
  ordersToShip: { title: 'dashboard.ordersToShip', part: 'orders', permission: 'sales:read', ...list },
  stockAlerts: { title: 'dashboard.stockAlerts', part: 'stock', permission: 'inventory:read', ...list },
  openPurchases: { title: 'dashboard.openPurchases', part: 'purchases', permission: 'purchasing:read', ...list },
  activities: { title: 'nav.activities', part: 'activities', permission: 'crm:read', ...list },
  tasks: { title: 'nav.tasks', part: 'tasks', permission: 'platform:read', ...list },
} satisfies Readonly<Record<string, WidgetKind>>;

export type WidgetName = keyof typeof widgetKinds;

export const isWidgetName = (name: string): name is WidgetName => Object.hasOwn(widgetKinds, name);

/** Widgets of someone who looks after the whole company, who sells, and who keeps the stock. */
const defaults: readonly { readonly when: string; readonly widgets: readonly WidgetName[] }[] = [
  {
    when: 'finance:read',
    widgets: [
      'yearRevenue',
      'monthRevenue',
      'receivables',
      'overdue',
      'revenue',
      'ageing',
      'newestInvoices',
      'largestItems',
      'stockAlerts',
      'tasks',
      'pipeline',
      'ordersToShip',
    ],
  },
  {
    when: 'sales:post',
    widgets: ['yearRevenue', 'monthRevenue', 'revenue', 'pipeline', 'ordersToShip', 'newestInvoices', 'activities'],
  },
  { when: 'platform:read', widgets: ['stockAlerts', 'ordersToShip', 'openPurchases', 'activities', 'tasks'] },
];

/** What a role sees before anyone arranged anything. */
export function defaultWidgets(permissions: readonly string[]): readonly WidgetName[] {
  const preset = defaults.find(({ when }) => permissions.includes(when))?.widgets ?? [];
  return preset.filter((name) => permissions.includes(widgetKinds[name].permission));
}

const beginnings = [
  { when: 'sales:post', label: 'action.newInvoice', href: '/sales/invoices/new' },
  { when: 'purchasing:post', label: 'action.newPurchaseOrder', href: '/purchasing/orders/new' },
  { when: 'inventory:write', label: 'action.adjustStock', href: '/inventory/stock-movements/new' },
  { when: 'sales:write', label: 'action.newInvoice', href: '/sales/invoices/new' },
] as const;

/** What a role begins most often. */
export const beginningFor = (permissions: readonly string[]) =>
  beginnings.find(({ when }) => permissions.includes(when));
