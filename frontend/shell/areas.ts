import type { Translate } from '#i18n/translate.ts';
import type { NavLink } from './NavLinks.tsx';
import { readingOf } from './navigation.ts';

/** The areas in the order in which they are wanted on the way. */
const areas = [
  { href: '/sales/invoices', area: '/sales', icon: 'invoice', label: 'nav.sales' },
  { href: '/inventory/articles', area: '/inventory', icon: 'box', label: 'nav.inventory' },
  { href: '/finance/journal', area: '/finance', icon: 'book', label: 'nav.finance' },
  { href: '/purchasing/orders', area: '/purchasing', icon: 'cart', label: 'nav.purchasing' },
  { href: '/crm/partners', area: '/crm', icon: 'users', label: 'nav.crm' },
] as const;

/** How many of them the bar has room for, beside the start, the new record and the rest. */
const areasMax = 2;

/** The bar at the foot of a phone, with areas that its reader may read. */
export function bottomAreas(t: Translate, permissions: readonly string[]): readonly (NavLink & { area: string })[] {
  const own = areas.filter(({ href }) => permissions.includes(readingOf(href) ?? ''));
  return [
    { href: '/', area: '/', icon: 'dash', label: t('nav.dashboard') },
    ...own.slice(0, areasMax).map((each) => ({ ...each, label: t(each.label) })),
    { href: '/more', area: '/more', icon: 'menu', label: t('nav.more') },
  ];
}
