'use client';

import { usePathname } from 'next/navigation';
import { Icon } from '#ui/Icon.tsx';

/** Leads to the chapter of the guide that is about the page in view. */
export function HelpLink({ label, topicOfArea }: { label: string; topicOfArea: Readonly<Record<string, string>> }) {
  const path = usePathname();
  const topic = topicOfArea[`/${path.split('/')[1]}`] ?? 'start';
  return (
    <a
      className="nav-item"
      href={`/help/${topic}`}
      title={label}
      aria-current={path.startsWith('/help') ? 'page' : undefined}
    >
      <Icon name="info" />
      <span>{label}</span>
    </a>
  );
}
