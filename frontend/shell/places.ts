import { guideIn } from '#guide/guide.ts';
import { topics } from '#guide/topics.ts';
import type { Locale, PlainKey, Translate } from '#i18n/translate.ts';
import type { IconName } from '#ui/icons.ts';

/** A page that the navigation does not name, and the palette finds. */
export interface Place {
  readonly group: string;
  readonly icon: IconName;
  readonly label: string;
  readonly href: string;
}

/** A page where something new begins, and the lists on which it is what a reader most likely means by "new". */
export interface Creation {
  readonly label: string;
  readonly href: string;
  readonly lists: readonly string[];
}

/** The sections of the settings, and what one must be allowed to do to see each. */
export const settingsSections = [
  ['profile', null],
  ['company', 'company:read'],
  ['people', 'company:read'],
  ['roles', 'company:read'],
  ['sessions', null],
  ['clients', 'clients:manage'],
  ['speed', 'company:manage'],
] as const;

export type SettingsSection = (typeof settingsSections)[number][0];

/** Everything that can be begun, the most frequent first: where a list is not about any of it, the first one is meant. */
const creations: readonly (readonly [label: PlainKey, permission: string, href: string, ...lists: string[]])[] = [
  ['action.newInvoice', 'sales:write', '/sales/invoices/new', '/sales/invoices'],
  ['action.newQuote', 'sales:write', '/sales/quotes/new', '/sales/quotes'],
  ['action.newSalesOrder', 'sales:write', '/sales/orders/new', '/sales/orders', '/sales/deliveries'],
  ['action.newPartner', 'crm:write', '/crm/partners/new', '/crm/partners'],
  ['action.newOpportunity', 'crm:write', '/crm/opportunities/new', '/crm/opportunities'],
  ['action.newActivity', 'crm:write', '/crm/activities/new', '/crm/activities'],
  ['action.adjustStock', 'inventory:write', '/inventory/stock-movements/new', '/inventory/stock-movements'],
  ['action.newWarehouse', 'inventory:write', '/inventory/warehouses/new', '/inventory/warehouses'],
  ['action.newArticle', 'inventory:write', '/inventory/articles/new', '/inventory'],
  [
    'action.newPurchaseOrder',
    'purchasing:write',
    '/purchasing/orders/new',
    '/purchasing/orders',
    '/purchasing/receipts',
  ],
  ['action.newSupplierInvoice', 'purchasing:write', '/purchasing/invoices/new', '/purchasing/invoices'],
  ['action.newEntry', 'finance:post', '/finance/journal/new', '/finance/journal'],
  ['action.newBankTransaction', 'finance:write', '/finance/bank/new', '/finance/bank'],
  ['action.newAccount', 'finance:write', '/finance/accounts/new', '/finance/accounts'],
  ['action.import', 'platform:write', '/tasks/import', '/tasks'],
  ['action.newRole', 'users:manage', '/settings/roles/new', '/settings/roles'],
];

const allowed = (permission: string | null, permissions: readonly string[]): boolean =>
  permission === null || permissions.includes(permission);

export const sectionsFor = (permissions: readonly string[]): readonly SettingsSection[] =>
  settingsSections.filter(([, permission]) => allowed(permission, permissions)).map(([name]) => name);

export const creationsFor = (t: Translate, permissions: readonly string[]): readonly Creation[] =>
  creations
    .filter(([, permission]) => allowed(permission, permissions))
    .map(([label, , href, ...lists]) => ({ label: t(label), href, lists }));

/** Sections of the settings and chapters of the guide. */
export function placesFor(t: Translate, locale: Locale, permissions: readonly string[]): readonly Place[] {
  const guide = guideIn(locale);
  return [
    ...sectionsFor(permissions).map((name) => ({
      group: t('nav.settings'),
      icon: 'settings' as const,
      label: t(`settings.${name}`),
      href: `/settings?tab=${name}`,
    })),
    ...topics.map(({ name, icon }) => ({
      group: t('nav.help'),
      icon,
      label: guide[name].title,
      href: `/help/${name}`,
    })),
  ];
}
