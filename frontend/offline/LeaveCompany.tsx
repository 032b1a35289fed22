'use client';

import { useEffect, useRef, useState } from 'react';
import { SessionOwner } from '#graphql/_generated/operations.ts';
import { requestOnce } from '#graphql/client.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button, ButtonLink } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { foundConnection, lostConnection, useConnection } from './connection.ts';
import { isThere } from './reach.ts';
import { pageOwner, signInAgain } from './session.ts';
import { forgetStore } from './store.ts';

/**
 * Stands before signing out and before another company: both forget what is in this browser, so they are asked about while
 * something waits to be sent. Without a connection neither can be done, and nothing is forgotten. Nobody signs out somebody else,
 * whom another tab has let in meanwhile.
 */
export function LeaveCompany({ writes }: { writes: number }) {
  const { t } = useLanguage();
  const { offline } = useConnection();
  const [leaving, setLeaving] = useState<HTMLElement | null>(null);
  const allowed = useRef<HTMLElement | null>(null);

  useEffect(() => {
    const leaveBy = async (way: HTMLElement) => {
      if (way instanceof HTMLFormElement && !offline) {
        if (!(await isThere())) lostConnection();
        else if (!(await isOwnSession())) return;
        else if (writes === 0) return pass(way, allowed);
      }
      setLeaving(way);
    };
    const stop = (event: Event) => {
      const way = wayOut(event);
      if (!way || way === allowed.current) return;
      if (writes === 0 && !offline && !(way instanceof HTMLFormElement)) return;
      event.preventDefault();
      event.stopPropagation();
      // The menu that a dialog would close goes first, and gives the focus back to where the dialog will leave it.
      way.closest<HTMLElement>('[popover]')?.hidePopover?.();
      void leaveBy(way);
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
      if (!(await isOwnSession())) return;
      const owner = pageOwner()?.owner;
      if (owner) await forgetStore(owner);
    }
    // Whoever gets into the other company leaves nothing behind; who is refused keeps everything.
    setTimeout(() => pass(leaving, allowed));
  };
  if (offline) {
    return (
      <Dialog
        title={t('ui.outbox.stayTitle')}
        text={t('ui.outbox.stayText')}
        onClose={close}
        actions={<Button onClick={close}>{t('ui.close')}</Button>}
      />
    );
  }
  return (
    <Dialog
      title={t('ui.outbox.leaveTitle')}
      text={t('ui.outbox.leaveText', { count: writes })}
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
    />
  );
}

/** The form that signs out, or the choice of another company, that an event is about. */
function wayOut(event: Event): HTMLElement | null {
  const target = event.target as HTMLElement;
  if (event.type === 'submit') return target.getAttribute('action') === '/auth/sign-out' ? target : null;
  return target.closest<HTMLElement>('[data-company][aria-checked=false]');
}

/** Goes the way as if nothing stood before it: everything else that waits for the click or the form hears of it. */
function pass(way: HTMLElement, allowed: { current: HTMLElement | null }): void {
  allowed.current = way;
  if (way instanceof HTMLFormElement) way.requestSubmit();
  else way.click();
  allowed.current = null;
}

/** Whether the session that would end is that of this page, if need be after its reader has come back to it. */
async function isOwnSession(): Promise<boolean> {
  const answer = await requestOnce(SessionOwner, {}, undefined, {}).catch(() => null);
  const viewer = answer?.viewer;
  // Nobody is there, or nobody knows: the server looks again.
  return !viewer || `${viewer.company.id}.${viewer.id}` === pageOwner()?.owner || signInAgain();
}
