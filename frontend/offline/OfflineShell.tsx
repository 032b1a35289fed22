'use client';

import { useRouter } from 'next/navigation';
import { Suspense, startTransition, useEffect, useState } from 'react';
import { late } from '#ui/late.tsx';
import { whenSettled } from '#ui/when-settled.ts';
import { lostConnection, useConnection } from './connection.ts';
import { onSessionEnd } from './session.ts';

const OfflineTools = late(() => import('./OfflineTools.tsx'));
const SignInAgain = late(() => import('./SignInAgain.tsx'));

/**
 * What every page does for times without a connection, as little of it as possible before the page has settled: hears
 * from the service worker what is shown, fetches the rest when it is wanted, asks for the password when a session ends.
 */
export function OfflineShell() {
  const router = useRouter();
  const [settled, setSettled] = useState(false);
  const [signedIn, setSignedIn] = useState<((done: boolean) => void) | null>(null);
  const { offline } = useConnection();

  useEffect(() => {
    const stop = whenSettled(() => startTransition(() => setSettled(true)));
    const worker = navigator.serviceWorker;
    const onMessage = ({
      data,
    }: MessageEvent<{ type: string; offline?: boolean; fresh?: boolean; keptAt?: string }>) => {
      if (data.type !== 'shown') return;
      if (data.offline) lostConnection(data.keptAt ?? null);
      else if (data.fresh) router.refresh();
    };
    worker?.addEventListener('message', onMessage);
    worker?.controller?.postMessage({ type: 'state' });
    return () => {
      stop();
      worker?.removeEventListener('message', onMessage);
    };
  }, [router]);

  useEffect(() => {
    onSessionEnd(
      () =>
        new Promise((resolve) => {
          setSignedIn(() => (done: boolean) => {
            setSignedIn(null);
            resolve(done);
          });
        }),
    );
    return () => onSessionEnd(null);
  }, []);

  return (
    <Suspense>
      {(settled || offline) && <OfflineTools />}
      {signedIn && <SignInAgain onDone={signedIn} />}
    </Suspense>
  );
}
