'use client';

import { useEffect, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Button, ButtonLink } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { forgetOwner } from './queue.ts';
import { pageOwner } from './session.ts';

/**
 * Stands before signing out and before another company while something waits to be sent: both forget what is in this
 * browser, so they are asked about.
 */
export function LeaveCompany({ writes }: { writes: number }) {
  const { t } = useLanguage();
  const [leaving, setLeaving] = useState<HTMLElement | null>(null);

  useEffect(() => {
    if (writes === 0) return;
    const stop = (event: Event) => {
      const way = wayOut(event);
      if (!way) return;
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
  }, [writes]);

  if (!leaving) return null;
  const close = () => setLeaving(null);
  const leave = async () => {
    const owner = pageOwner()?.owner;
    if (owner) await forgetOwner(owner);
    close();
    if (leaving instanceof HTMLFormElement) leaving.submit();
    else setTimeout(() => leaving.click());
  };
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
