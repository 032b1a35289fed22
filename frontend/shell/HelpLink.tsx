'use client';

import { usePathname } from 'next/navigation';
import { topicOf } from '#guide/topics.ts';
import { Icon } from '#ui/Icon.tsx';

/** Leads to the chapter of the guide that is about the page in view. */
export function HelpLink({ label }: { label: string }) {
  const path = usePathname();
  return (
    <a
      className="nav-item"
      href={`/help/${topicOf(path)}`}
      title={label}
      aria-current={path.startsWith('/help') ? 'page' : undefined}
    >
      <Icon name="info" />
      <span>{label}</span>
    </a>
  );
}
