'use client';

import { usePathname } from 'next/navigation';
import { Icon, type IconName } from '#ui/Icon.tsx';
import { creationFor } from './creation-for.ts';
import type { Creation } from './places.ts';

export interface NavLink {
  readonly href: string;
  readonly icon: IconName;
  readonly label: string;
  /** The letter that leads here after `G`. */
  readonly go?: string;
}

/** Items of the navigation that know which of them is the current one. */
export function NavLinks({ items }: { items: readonly NavLink[] }) {
  const path = usePathname();
  return (
    <ul>
      {items.map(({ href, icon, label, go }) => (
        <li key={href}>
          <a
            className="nav-item"
            href={href}
            title={label}
            data-go={go}
            aria-current={isCurrent(path, href) ? 'page' : undefined}
          >
            <Icon name={icon} />
            <span>{label}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The same for the bar at the foot of a phone, where an item stands for a whole area. Who may begin nothing is offered nothing. */
export function BottomLinks({
  items,
  creations,
}: {
  items: readonly (NavLink & { area: string })[];
  creations: readonly Creation[];
}) {
  const path = usePathname();
  const links = items.map(({ href, icon, label, area }) => (
    <a key={href} href={href} aria-current={(area === '/' ? path === '/' : path.startsWith(area)) ? 'true' : undefined}>
      <Icon name={icon} />
      {label}
    </a>
  ));
  const creation = creationFor(path, creations);
  if (!creation) return links;
  links.splice(
    2,
    0,
    <a key="new" className="bottombar-new" href={creation.href}>
      <span>
        <Icon name="plus" />
      </span>
      <span className="visually-hidden">{creation.label}</span>
    </a>,
  );
  return links;
}

function isCurrent(path: string, href: string): boolean {
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
}
