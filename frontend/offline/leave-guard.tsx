'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { LEAVING } from '#shell/leaving.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';

/**
 * Asks before a changed form is left, by a link, by the palette, by going back or by closing the tab. Going back cannot be stopped, so an
 * entry of the same address stands in the history as long as there is something to lose, and takes the first step back.
 */
export function useLeaveGuard(changed: boolean) {
  const router = useRouter();
  const [asked, setAsked] = useState<string | null>(null);
  const state = useRef({ guarding: false, released: false });

  useEffect(() => {
    if (!changed || state.current.released) return;
    if (!state.current.guarding) {
      state.current.guarding = true;
      history.pushState(history.state, '', location.href);
    }
    const onUnload = (event: BeforeUnloadEvent) => {
      if (!state.current.released) event.preventDefault();
    };
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
    addEventListener('beforeunload', onUnload);
    addEventListener(LEAVING, onLeaving);
    document.addEventListener('click', onClick, true);
    addEventListener('popstate', onBack);
    return () => {
      removeEventListener('beforeunload', onUnload);
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
      /** Where the reader wants to go: a path, or empty for back. Null when nothing is asked. */
      asked: asked !== null,
      release() {
        state.current.released = true;
      },
      leave,
      stay() {
        if (!state.current.guarding) {
          state.current.guarding = true;
          history.pushState(history.state, '', location.href);
        }
        setAsked(null);
      },
      go() {
        state.current.released = true;
        setAsked(null);
        if (asked) leave(asked);
        else history.back();
      },
    };
  }, [asked, router]);
}

export function LeaveDialog({
  keeps,
  onStay,
  onKeep,
  onDiscard,
}: {
  /** What was typed can be kept as a draft. */
  keeps: boolean;
  onStay: () => void;
  onKeep: () => void;
  onDiscard: () => void;
}) {
  const { t } = useLanguage();
  return (
    <Dialog
      title={t('ui.leave.title')}
      onClose={onStay}
      actions={
        <>
          <Button kind="ghost" onClick={onDiscard}>
            {t('ui.leave.discard')}
          </Button>
          {keeps && <Button onClick={onKeep}>{t('ui.leave.keep')}</Button>}
          <Button kind="primary" onClick={onStay} data-focus>
            {t('ui.leave.stay')}
          </Button>
        </>
      }
    >
      <p>{t(keeps ? 'ui.leave.text' : 'ui.leave.textLost')}</p>
    </Dialog>
  );
}
