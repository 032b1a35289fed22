import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useRef, useState } from 'react';
import { LEAVING } from '#shell/leaving.ts';
import { pageOwner } from './session.ts';

export type LeaveGuard = ReturnType<typeof useLeaveGuard>;

/**
 * Stops a changed form from being left, by a link, by the palette, by going back or by closing the tab, until its reader was asked.
 * It holds from the first key; the dialog that asks comes later. Going back cannot be stopped, so an entry of the same address stands
 * in the history as long as there is something to lose, and takes the first step back. Before signing in nobody is there to ask.
 */
export function useLeaveGuard(changed: boolean) {
  const router = useRouter();
  const [asked, setAsked] = useState<string | null>(null);
  const state = useRef({ guarding: false, released: false });

  useEffect(() => {
    // A form that is used again has something to lose again.
    if (!changed) state.current.released = false;
    if (!changed || state.current.released) return;
    const onUnload = (event: BeforeUnloadEvent) => {
      if (!state.current.released) event.preventDefault();
    };
    addEventListener('beforeunload', onUnload);
    return () => removeEventListener('beforeunload', onUnload);
  }, [changed]);

  useEffect(() => {
    if (!changed || state.current.released || !pageOwner()) return;
    if (!state.current.guarding) {
      state.current.guarding = true;
      history.pushState(history.state, '', location.href);
    }
    const onClick = (event: MouseEvent) => {
      const link = (event.target as Element).closest?.<HTMLAnchorElement>('a[href]');
      if (!link || state.current.released || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
      if (link.getAttribute('href')?.startsWith('#')) return;
      event.preventDefault();
      event.stopPropagation();
      setAsked(link.pathname + link.search + link.hash);
    };
    const onBack = () => {
      if (!state.current.guarding || state.current.released) return;
      state.current.guarding = false;
      setAsked('');
    };
    const onLeaving = (event: Event) => {
      if (state.current.released) return;
      event.preventDefault();
      setAsked((event as CustomEvent<string>).detail);
    };
    addEventListener(LEAVING, onLeaving);
    document.addEventListener('click', onClick, true);
    addEventListener('popstate', onBack);
    return () => {
      removeEventListener(LEAVING, onLeaving);
      document.removeEventListener('click', onClick, true);
      removeEventListener('popstate', onBack);
    };
  }, [changed]);

  return useMemo(() => {
    const leave = (href: string) => {
      if (state.current.guarding) router.replace(href);
      else router.push(href);
    };
    return {
      asked: asked !== null,
      /** Nothing is lost any more. */
      release() {
        state.current.released = true;
      },
      /** Goes to another page; back then leads to where the form was opened from. */
      leave,
      stay() {
        if (!state.current.guarding) {
          state.current.guarding = true;
          history.pushState(history.state, '', location.href);
        }
        setAsked(null);
      },
      /** Where the reader wanted to: a path, or back. */
      go() {
        state.current.released = true;
        setAsked(null);
        if (asked) leave(asked);
        else history.back();
      },
    };
  }, [asked, router]);
}
