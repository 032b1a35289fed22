import type { MessageKey } from '#i18n/translate.ts';
import type { IconName } from '#ui/Icon.tsx';
import { readingOf } from './navigation.ts';

interface PhoneArea {
  readonly href: string;
  readonly area: string;
  readonly icon: IconName;
  readonly label: Extract<MessageKey, `nav.${string}`>;
}

/** What the foot of a phone has room for, between the dashboard and the overview of everything. */
const room = 2;

const areas: readonly PhoneArea[] = [
  { href: '/sales/invoices', area: '/sales', icon: 'invoice', label: 'nav.sales' },
  { href: '/inventory/articles', area: '/inventory', icon: 'box', label: 'nav.inventory' },
  { href: '/purchasing/orders', area: '/purchasing', icon: 'cart', label: 'nav.purchasing' },
  { href: '/crm/partners', area: '/crm', icon: 'users', label: 'nav.crm' },
  { href: '/finance/journal', area: '/finance', icon: 'book', label: 'nav.finance' },
];

/** The areas of which somebody may read at least the list that they begin with. */
export const phoneAreasFor = (permissions: readonly string[]): readonly PhoneArea[] =>
  areas.filter(({ href }) => permissions.includes(readingOf(href) ?? '')).slice(0, room);
