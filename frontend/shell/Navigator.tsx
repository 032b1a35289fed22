'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useTransition } from 'react';
import { chooseDisplay } from './display.ts';
import { goTo } from './leaving.ts';
import { runShortcut } from './shortcuts.ts';

const prefetchAgainMs = 30_000;
/** A pointer that only passes over a link leaves it within this time. */
const passingMs = 60;

/**
 * One set of listeners for the whole document, so that pages stay plain HTML: links navigate without a reload and load
 * ahead when a reader is about to use them, menus move by arrow keys, display choices apply at once, keys run actions.
 * Until it is there, links and forms work as the browser has them. A page that is long in coming is announced by a line at the top.
 */
export function Navigator({ openPalette, openKeys }: { openPalette: () => void; openKeys: () => void }) {
  const router = useRouter();
  const [going, start] = useTransition();

  useEffect(() => {
    const ahead = new Map<string, number>();
    let intended: ReturnType<typeof setTimeout> | undefined;

    const onClick = (event: MouseEvent) => {
      const target = event.target as Element;
      const choice = target.closest<HTMLElement>('[data-display]');
      if (choice) return chooseDisplay(choice.dataset.display as string, () => router.refresh());
      if (event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const href = internalLink(target);
      if (!href) return;
      event.preventDefault();
      clearTimeout(intended);
      document.querySelector<HTMLElement>('[popover]:popover-open')?.hidePopover();
      const stay = target.closest('[data-stay]') !== null;
      start(() => router.push(href, { scroll: !stay }));
    };
    // Never within the event itself: what it changes is shown first.
    const onIntent = (event: Event) => {
      clearTimeout(intended);
      const href = internalLink(event.target as Element);
      if (!href || Date.now() - (ahead.get(href) ?? 0) < prefetchAgainMs) return;
      intended = setTimeout(
        () => {
          ahead.set(href, Date.now());
          router.prefetch(href);
        },
        event.type === 'touchstart' ? 0 : passingMs,
      );
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openPalette();
        return;
      }
      if (!event.defaultPrevented) runShortcut(event, openKeys);
    };

    const onChange = (event: Event) => {
      const field = event.target as HTMLSelectElement;
      if (!field.matches?.('[data-submit]') || !field.form) return;
      const query = new URLSearchParams([...new FormData(field.form)].map(([name, value]) => [name, String(value)]));
      start(() => goTo(router, `${new URL(field.form?.action ?? '', location.href).pathname}?${query}`));
    };

    document.addEventListener('change', onChange);
    document.addEventListener('click', onClick);
    document.addEventListener('pointerover', onIntent, { passive: true });
    document.addEventListener('touchstart', onIntent, { passive: true });
    document.addEventListener('focusin', onIntent);
    document.addEventListener('keydown', onKeyDown);
    for (const event of window.earlyKeys ?? []) {
      onKeyDown(event);
      // What was typed after it was meant for the dialog.
      if (event.key === '?' || event.ctrlKey || event.metaKey) break;
    }
    window.earlyKeys = undefined;
    return () => {
      clearTimeout(intended);
      document.removeEventListener('change', onChange);
      document.removeEventListener('click', onClick);
      document.removeEventListener('pointerover', onIntent);
      document.removeEventListener('touchstart', onIntent);
      document.removeEventListener('focusin', onIntent);
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [router, openPalette, openKeys]);

  return going ? <div className="going" /> : null;
}

/** The target of a link that this app answers itself; null for everything the browser should handle. */
function internalLink(target: Element): string | null {
  const link = target.closest?.<HTMLAnchorElement>('a[href]');
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return null;
  const href = link.getAttribute('href') as string;
  if (href.startsWith('#') || link.dataset.native !== undefined) return null;
  return link.pathname + link.search + link.hash;
}
