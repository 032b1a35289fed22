'use client';

import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Button, ButtonLink } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { foundConnection, lostConnection, useConnection } from './connection.ts';
import { isThere } from './reach.ts';
import { pageOwner } from './session.ts';
import { forgetStore } from './store.ts';

/**
 * Stands before signing out and before another company while something waits to be sent: both forget what is in this
 * browser, so they are asked about. Without a connection neither can be done, and nothing is forgotten.
 */
export function LeaveCompany({ writes }: { writes: number }) {
  const { t } = useLanguage();
  const { offline } = useConnection();
  const [leaving, setLeaving] = useState<HTMLElement | null>(null);
  const allowed = useRef<HTMLElement | null>(null);

  useEffect(() => {
    if (writes === 0 && !offline) return;
    const stop = (event: Event) => {
      const way = wayOut(event);
      if (!way || way === allowed.current) return;
      event.preventDefault();
      event.stopPropagation();
      setLeaving(way);
    };
    document.addEventListener('submit', stop, true);
    document.addEventListener('click', stop, true);
    return () => {
      document.removeEventListener('submit', stop, true);
      document.removeEventListener('click', stop, true);
    };
  }, [writes, offline]);

  if (!leaving) return null;
  const close = () => setLeaving(null);
  const leave = async () => {
    if (!(await isThere())) return lostConnection();
    foundConnection();
    close();
    if (leaving instanceof HTMLFormElement) {
      const owner = pageOwner()?.owner;
      if (owner) await forgetStore(owner);
      return leaving.submit();
    }
    // Whoever gets into the other company leaves nothing behind; who is refused keeps everything.
    allowed.current = leaving;
    setTimeout(() => {
      leaving.click();
      allowed.current = null;
    });
  };
  if (offline) {
    return (
      <Dialog
        title={t('ui.outbox.stayTitle')}
        onClose={close}
        actions={<Button onClick={close}>{t('ui.close')}</Button>}
      >
        <p>{t('ui.outbox.stayText')}</p>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t('ui.outbox.leaveTitle')}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{t('ui.cancel')}</Button>
          <ButtonLink href="/outbox">{t('ui.outbox.show')}</ButtonLink>
          <Button kind="danger" onClick={leave}>
            {t('ui.outbox.leave')}
          </Button>
        </>
      }
    >
      <p>{t('ui.outbox.leaveText', { count: writes })}</p>
    </Dialog>
  );
}

/** The form that signs out, or the choice of another company, that an event is about. */
function wayOut(event: Event): HTMLElement | null {
  const target = event.target as HTMLElement;
  if (event.type === 'submit') return target.getAttribute('action') === '/auth/sign-out' ? target : null;
  return target.closest<HTMLElement>('[data-company][aria-checked=false]');
}
