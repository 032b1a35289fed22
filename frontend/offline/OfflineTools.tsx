'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useLanguage } from '#i18n/client.tsx';
import { keepFocus } from '#shell/keep-focus.ts';
import { Icon } from '#ui/Icon.tsx';
import { toast } from '#ui/Toast.tsx';
import { foundConnection, lostConnection, useConnection } from './connection.ts';
import { sendCurrent } from './current-operations.ts';
import { LeaveCompany } from './LeaveCompany.tsx';
import { keepLookups } from './lookup.ts';
import { isThere } from './reach.ts';
import { replayAlone } from './replay-alone.ts';
import { pageOwner } from './session.ts';
import { watchSession } from './session-watch.ts';
import { useOutbox } from './use-outbox.ts';

const askAgainMs = 5000;
/** Longest pause between two tries to send what waits; they begin with the one above and double. */
const sendAgainMaxMs = 300_000;
/** Screens that work is begun on, so that it can be begun without a connection. */
const screens = [
  '/',
  '/outbox',
  '/crm/activities/new',
  '/crm/partners/new',
  '/inventory/articles/new',
  '/sales/invoices/new',
  '/sales/orders/new',
];

/** The state of the connection and of what waits to be sent, in the top bar; sends it as soon as that is possible. */
export default function OfflineTools() {
  const { t, format } = useLanguage();
  const router = useRouter();
  const path = usePathname();
  const { offline, keptAt } = useConnection();
  const [slot, setSlot] = useState<Element | null>(null);
  const writes = useOutbox();
  const waiting = writes?.filter((write) => write.state === 'waiting').length ?? 0;
  const failed = (writes?.length ?? 0) - waiting;

  useEffect(() => setSlot(document.getElementById('connection-slot')), []);
  useEffect(() => void register(), []);
  // Nobody needs it before the page has settled, as this does.
  useEffect(() => keepFocus(), []);
  const session = useRef<ReturnType<typeof watchSession> | null>(null);
  useEffect(() => {
    session.current = watchSession();
    return session.current.stop;
  }, []);
  useEffect(() => {
    // The frame around a page that was navigated to would still be that of the other session.
    if (session.current?.isLost()) return location.reload();
    keepPages([path + location.search]);
  }, [path]);

  useEffect(() => {
    const lost = () => lostConnection();
    const ask = () => void isThere().then((there) => there && foundConnection());
    addEventListener('offline', lost);
    addEventListener('online', ask);
    const timer = offline ? setInterval(ask, askAgainMs) : undefined;
    return () => {
      removeEventListener('offline', lost);
      removeEventListener('online', ask);
      clearInterval(timer);
    };
  }, [offline]);

  // What is shown in place of a current page gives way to it; a page that was current is left to its reader.
  const wasKept = useRef(keptAt);
  useEffect(() => {
    if (wasKept.current && !offline && !isForm(location.pathname)) router.refresh();
    wasKept.current = keptAt;
  }, [offline, keptAt, router]);

  useEffect(() => {
    const owner = pageOwner()?.owner;
    if (offline || waiting === 0 || !owner) return;
    let stopped = false;
    let pauseMs = askAgainMs;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const send = async () => {
      let sent = 0;
      const reason = await replayAlone(owner, async (write, input) => {
        const answer = await sendCurrent(write, input);
        if ('done' in answer && answer.done) sent += 1;
        return answer;
      });
      if (reason === 'OFFLINE' && !stopped) lostConnection();
      // Each entry that leaves begins this effect anew, and what was begun first sends the rest: it says so all the same.
      if (sent === 0) return;
      toast({ tone: 'ok', text: t('ui.outbox.sent', { count: sent }) });
      if (!reason && !isForm(location.pathname)) router.refresh();
    };
    const keepSending = async () => {
      await send().catch(() => undefined);
      if (stopped) return;
      timer = setTimeout(keepSending, pauseMs);
      pauseMs = Math.min(pauseMs * 2, sendAgainMaxMs);
    };
    void keepSending();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [offline, waiting, router, t]);

  const label = offline ? t('ui.connection.offline') : t('ui.outbox.waiting', { count: waiting });
  const detail = offline && keptAt ? t('ui.connection.asOf', { time: format.dateTime(keptAt) }) : '';
  return (
    <>
      {slot &&
        (offline || waiting > 0 || failed > 0) &&
        createPortal(
          <a
            className={
              failed > 0 ? 'connection connection--failed' : offline ? 'connection connection--offline' : 'connection'
            }
            href="/outbox"
            title={[label, detail].filter(Boolean).join(' · ')}
          >
            <Icon name={failed > 0 ? 'alert' : offline ? 'offline' : 'retry'} />
            <span className="connection-text">
              {failed > 0 ? t('ui.outbox.failed', { count: failed }) : label}
              {detail && <small>{detail}</small>}
            </span>
            {(waiting > 0 || failed > 0) && <span className="connection-count tabn">{waiting + failed}</span>}
          </a>,
          slot,
        )}
      <span className="visually-hidden" role="status">
        {offline ? `${label}. ${t('ui.connection.text')}` : ''}
      </span>
      <LeaveCompany writes={writes?.length ?? 0} />
    </>
  );
}

const isForm = (path: string): boolean => /\/(new|edit)$/.test(path);

/** Without a service worker everything works, only not without a connection. */
async function register(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
  // The first worker of a browser does not control the page that brought it yet.
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ type: 'keep', urls: [...screens, location.pathname + location.search] });
  const owner = pageOwner()?.owner;
  const isSaving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  if (owner && !isSaving) await keepLookups(owner).catch(() => undefined);
}

function keepPages(urls: readonly string[]): void {
  navigator.serviceWorker?.controller?.postMessage({ type: 'keep', urls });
}
